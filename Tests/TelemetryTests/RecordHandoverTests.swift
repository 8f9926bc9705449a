import Lighting
import Testing

@testable import Telemetry

@Suite("Records handed over by a way that loses, doubles and delays") struct RecordHandoverTests {
    /// A node, its way to collectors, and what these have on their disks.
    private struct World {
        var random: SplitMix64
        var handover = RecordHandover(RecordQueue(site: "home", node: "stair-01", boot: "1f0c"), seed: 1)
        var now: Int64 = 0
        var messages: [[UInt8]] = []
        var acknowledgements: [Int64] = []
        var stored: Set<Int64> = []
        var written: Int64 = 0

        mutating func step() {
            now += Int64.random(in: 0...3_000_000_000, using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0...2:
                for _ in 0..<Int.random(in: 1...25, using: &random) {
                    handover.record(.motion(MotionEvent(sensor: "bottom", motion: true)), of: Examples.start, at: now)
                    written += 1
                }
            case 3: handover.close()
            case 4: handover.open(within: .seconds(1), at: now)
            case 5: messages = []
            case 6: acknowledgements = []
            default: deliver()
            }
            if let message = handover.message(at: now) { messages.append(message) }
        }

        /// Messages and acknowledgements come in any order, some of them twice.
        mutating func deliver() {
            if let index = messages.indices.randomElement(using: &random) {
                let handed = HandedOver(messages[index], from: "stair-01", of: "home")
                if Bool.random(using: &random) { messages.remove(at: index) }
                stored.formUnion(handed.records.map(\.key.sequence))
                if let last = handed.last { acknowledgements.append(last.sequence) }
            }
            if let index = acknowledgements.indices.randomElement(using: &random) {
                let sequence = acknowledgements[index]
                if Bool.random(using: &random) { acknowledgements.remove(at: index) }
                let isTaken = handover.acknowledge(boot: "1f0c", through: sequence, at: now)
                #expect(isTaken)
            }
        }

        /// What neither waits nor is on a collector's disk.
        var missing: Set<Int64> {
            guard written > 0 else { return [] }
            let waiting = handover.queue.batch(records: .max, bytes: .max)?.payload ?? []
            let held = HandedOver(waiting, from: "stair-01", of: "home").records.map(\.key.sequence)
            return Set(1...written).subtracting(stored).subtracting(held)
        }
    }

    @Test(arguments: UInt64(0)..<20) func `nothing goes before somebody has it, and in the end all is there`(
        seed: UInt64
    ) {
        var world = World(random: SplitMix64(seed: seed))
        for number in 0..<60 {
            world.step()
            if number % 5 == 0 { #expect(world.missing.isEmpty) }
        }
        #expect(world.handover.queue.lost == 0, "no more than its memory holds")
        // What is still under way is lost; from now on there is somebody who hears.
        (world.messages, world.acknowledgements) = ([], [])
        world.handover.open(within: .zero, at: world.now)
        for _ in 0..<200 where world.handover.queue.count > 0 {
            world.now = max(world.now, min(world.handover.due, world.now + 61_000_000_000))
            if let message = world.handover.message(at: world.now) { world.messages.append(message) }
            world.deliver()
            // Old ones that come again do no harm, but take their time.
            if world.messages.count > 3 { world.messages.removeFirst() }
            if world.acknowledgements.count > 3 { world.acknowledgements.removeFirst() }
        }
        #expect(world.handover.queue.count == 0)
        #expect(world.stored.count == Int(world.written))
    }
}
