import Lighting
import Mesh
import Testing

@testable import Fleet

/// What somebody who may write below `fleet/` can do to an agent with a message: nothing that outlasts it.
@Suite struct HostileTests {
    private static let extremes = [
        "-9223372036854775808", "9223372036854775807", "1000000000", "1152921504606846976", "4102444800000000000", "-1",
        "1e300", "0.5",
    ]

    /// A message with each of its numbers in turn replaced by each extreme.
    private func variants(of message: some Encodable) -> [[UInt8]] {
        let text = JSON.encode(message)
        var numbers: [Range<Int>] = []
        var isText = false
        var start: Int?
        for (index, byte) in text.enumerated() {
            if byte == UInt8(ascii: "\""), text[max(index - 1, 0)] != UInt8(ascii: "\\") { isText.toggle() }
            let isNumber = !isText && (UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "-"))
            if isNumber, start == nil { start = index }
            if !isNumber, let first = start {
                numbers.append(first..<index)
                start = nil
            }
        }
        return numbers.flatMap { range in
            Self.extremes.map { Array(text[..<range.lowerBound]) + Array($0.utf8) + Array(text[range.upperBound...]) }
        }
    }

    private func claim(term: Int64, leads: Bool = true, priority: Int = 50) -> AgentClaim {
        AgentClaim(
            online: true, bootId: "z-1", version: "1", beat: 7, leads: leads, term: term, priority: priority,
            problem: nil)
    }

    @Test func `a claim whose priority is none is refused`() throws {
        for priority in [Int.min, -1, 101, .max] {
            #expect(throws: MessageError.self) { try claim(term: 1, priority: priority).validated() }
            var fleet = TestFleet(zones: ["stairs": stairs(4)])
            fleet.hear(.agent("z"), claim(term: 1, leads: false, priority: priority))
            #expect(fleet.lines.last?.contains("priority: \(priority) is not within 0…100") == true)
            fleet.handle(.disconnected)
            fleet.handle(.connected)
            fleet.hear(.agent("z"), claim(term: 1, leads: false, priority: priority))
            fleet.handle(.settled)
            fleet.run(seconds: 20)
            #expect(fleet.core.isLeading(at: fleet.now))
        }
    }

    @Test func `extreme numbers in claims, records and commands stop no agent, whether it leads or follows`() throws {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        var start = FleetCommand(.startRefresh, id: "start", zone: "stairs")
        start.version = "2"
        start.preferences = RefreshMessage.Preferences()
        start.preferences?.checkpointPercentages = [20, 50]
        fleet.nodes["stair-04"]?.fault = "dark"
        fleet.run(seconds: 40)
        #expect(fleet.command(FleetCommand(.sleep, id: "sleep", zone: "stairs"))?.done == true)
        #expect(fleet.command(FleetCommand(.wake, id: "wake", zone: "stairs"))?.done == true)
        #expect(fleet.command(start)?.done == true)
        fleet.run(seconds: 30)
        var group = try #require(fleet.group("stairs"))
        #expect(group.activities.contains { $0.isOpen } && group.refresh?.isOpen == true)
        group.stamp.term += 1
        group.activities[0].ended = fleet.now.nanoseconds
        group.activities[0].configuration = PlacesMessage(revision: 7, bars: ["bar": "stair-04"], sleepUntil: 5)
        var record = try #require(fleet.core.nodes["stair-04"]?.message)
        record.stamp.term += 1
        var hostile: [(topic: String, payload: [UInt8])] = []
        for status in [RefreshMessage.Status.inProgress, .baking, .rollbackInProgress] {
            group.refresh?.status = status
            group.refresh?.waitsUntil = fleet.now.nanoseconds
            hostile += variants(of: group).map { ("fleet/group/stairs", $0) }
        }
        for state in [LifecycleState.pending, .inService, .standby] {
            record.lifecycleState = state
            record.inServiceSince = 5
            hostile += variants(of: record).map { ("fleet/node/stair-04", $0) }
        }
        hostile += variants(of: claim(term: 3)).map { ("fleet/agent/z", $0) }
        hostile += variants(of: start).map { ("fleet/command", $0) }
        for message in hostile {
            let topic = "footlight/home/\(message.topic)"
            var leading = fleet
            leading.handle(.message(topic: topic, payload: message.payload))
            leading.run(seconds: 12)
            _ = leading.core.view(at: leading.now).groups["stairs"]?.refresh?.percentageComplete
            var following = fleet
            following.handle(.disconnected)
            following.handle(.connected)
            following.handle(.message(topic: topic, payload: message.payload, retained: true))
            following.handle(.settled)
            following.run(seconds: 12)
            #expect(following.core.isLeading(at: following.now), "\(String(decoding: message.payload, as: UTF8.self))")
        }
    }

    @Test(arguments: [999_999_999, 1_000_000_000] as [Int64])
    func `a claim of the last term keeps nobody from leading for longer than a dead agent's`(term: Int64) {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        fleet.hear(.agent("z"), claim(term: term))
        fleet.run(seconds: 20)
        #expect(fleet.core.isLeading(at: fleet.now))
        // The broker has it still, and says so after each connect: another time, and after its end.
        for isThere in [true, true, false, false] {
            fleet.handle(.disconnected)
            fleet.handle(.connected)
            if isThere { fleet.hear(.agent("z"), claim(term: term)) }
            fleet.handle(.settled)
            fleet.run(seconds: 20)
            #expect(fleet.core.isLeading(at: fleet.now))
        }
        fleet.handle(.message(topic: "footlight/home/fleet/agent/z", payload: []))
        fleet.nodes["stair-02"]?.fault = "dark"
        fleet.run(seconds: 40)
        #expect(fleet.actions(for: "stair-02").map(\.action) == ["restart"])
    }
}
