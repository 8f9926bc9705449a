import Glibc
import Hardware
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

/// What bars may be apart here: one processor for three agents and the cable between them.
private let tolerance: Int64 = 30_000_000
private let millisecond: Int64 = 1_000_000

@Suite("Nodes joined by a trigger wire", .inLab)
struct WiredTests {
    static let look = "look: {easeIn: 100ms, easeOut: 100ms}\nhold: 5s\n"

    private func tell(_ what: String, _ stairs: WiredStairs, _ apart: [Int64], after: Int64) {
        let delays = stairs.cable.delays.sorted()
        let median = delays.isEmpty ? 0 : delays[delays.count / 2]
        print(
            "wired, \(what): first light \(after / 1000) µs after the motion, bars \(apart.map { $0 / 1000 }) µs after it;",
            "the simulated cable is \(median / 1000) µs late, \((delays.last ?? 0) / 1000) at most")
    }

    /// How long after a motion the first bar lights, and how long after it each does, which is to be `delays`; then awaits
    /// that all are dark.
    private func expectLight(
        _ stairs: WiredStairs, from sensor: Int, _ what: String, delays: [Int64] = [0, 0, 0]
    ) async throws {
        let (moved, first, apart) = try await stairs.measure {
            let moved = try await stairs.move(sensor)
            let (first, apart) = try await stairs.firstLight(after: moved)
            _ = try await stairs.darkness(after: first)
            return (moved, first, apart)
        } at: { _, first, apart in
            apart.map { first + $0 }
        } isRight: { moved, first, apart in
            Self.isSoon(first - moved) && Self.isNear(apart, delays)
        }
        tell(what, stairs, apart, after: first - moved)
        #expect(Self.isSoon(first - moved), "\(first - moved)\n\(stairs.story)")
        #expect(Self.isNear(apart, delays), "\(apart)\n\(stairs.story)")
    }

    private static func isSoon(_ after: Int64) -> Bool { after >= 50 * millisecond && after < 200 * millisecond }

    private static func isNear(_ apart: [Int64], _ delays: [Int64]) -> Bool {
        zip(apart, delays).allSatisfy { abs($0 - $1 * millisecond) < tolerance }
    }

    @Test
    func `together, with no network at all: not even a socket`() async throws {
        try await WiredStairs.with(zone: Self.look) { stairs in
            for _ in 1...5 {
                try await expectLight(stairs, from: WiredStairs.bottom, "together")
            }
            for agent in stairs.agents.change({ $0 }) {
                let open = try WiredStairs.open(by: agent)
                #expect(open.contains { $0.contains("timerfd") }, "\(open)")
                #expect(!open.contains { $0.hasPrefix("socket:") }, "\(open)")
            }
        }
    }

    @Test(.enabled(if: TracedProcess.isPossible, "needs strace"))
    func `with no network at all, strace sees no socket while the wire lights the agents' bars`() async throws {
        try await WiredStairs.with(zone: Self.look, isTraced: true) { stairs in
            let moved = try await stairs.move(WiredStairs.bottom)
            let (first, _) = try await stairs.firstLight(after: moved)
            _ = try await stairs.darkness(after: first)
            for agent in stairs.traced.change({ $0 }) {
                agent.signal(SIGTERM)
                _ = try await agent.process.end(within: .seconds(20))
                let calls = try agent.calls()
                #expect(calls.contains("timerfd_create"), "\(calls)")
                #expect(!calls.contains("socket"), "\(calls)")
            }
            #expect(stairs.traced.change { $0.count } == WiredStairs.names.count)
        }
    }

    @Test
    func `a wave up from the bottom, and one down from the top, no network at all`() async throws {
        try await WiredStairs.with(zone: Self.look + "wave: {delay: 100ms}") { stairs in
            try await expectLight(stairs, from: WiredStairs.bottom, "up", delays: [0, 100, 200])
            try await expectLight(stairs, from: WiredStairs.top, "down", delays: [200, 100, 0])
        }
    }

    @Test
    func `both ends at once: two waves that meet`() async throws {
        try await WiredStairs.with(zone: Self.look + "wave: {delay: 500ms}") { stairs in
            // Two that pull at once use up some of what a pulse may be off. The ends don't wait for the other's wave; the
            // second to speak does so within a few pulses.
            let (moved, first, apart, held) = try await stairs.measure(limit: 3 * millisecond) {
                let moved = MonotonicClock.now
                for sensor in [WiredStairs.bottom, WiredStairs.top] { try stairs.chip.pull(sensor, true) }
                let (first, apart) = try await stairs.firstLight(after: moved)
                for sensor in [WiredStairs.bottom, WiredStairs.top] { try stairs.chip.pull(sensor, false) }
                let ended = MonotonicClock.now
                return (moved, first, apart, try await stairs.darkness(after: ended).map { $0 - ended })
            } at: { _, first, apart, _ in
                apart.map { first + $0 }
            } isRight: { _, _, apart, held in
                Self.meets(apart) && held.allSatisfy { $0 > 4900 * millisecond }
            }
            tell("both ends", stairs, apart, after: first - moved)
            #expect(Self.meets(apart), "\(apart)\n\(stairs.story)")
            #expect(held.allSatisfy { $0 > 4900 * millisecond }, "\(held)\n\(stairs.story)")
        }
    }

    /// Whether two waves of 500 ms a bar have met.
    private static func meets(_ apart: [Int64]) -> Bool {
        apart[0] < 200 * millisecond && apart[2] < 200 * millisecond
            && apart[1] > 450 * millisecond && apart[1] < 700 * millisecond
    }

    @Test
    func `motion that goes on, and motion that comes again, keep the light on`() async throws {
        try await WiredStairs.with(zone: Self.look) { stairs in
            // What is read as another pulse says that somebody moves, as it is meant.
            let (moved, frames, again, dark) = try await stairs.measure(limit: 15 * millisecond) {
                // Longer than the hold.
                let moved = try await stairs.move(WiredStairs.bottom, for: .seconds(6))
                let frames = try WiredStairs.names.map { try stairs.frames(of: $0) }
                try await Task.sleep(for: .seconds(3))
                let again = try await stairs.move(WiredStairs.top)
                return (moved, frames, again, try await stairs.darkness(after: again))
            } at: { _, _, _, dark in
                dark
            } isRight: { moved, frames, again, dark in
                frames.allSatisfy { Self.stayLit($0, from: moved) } && Self.areHeld(dark.map { $0 - again })
            }
            for (name, frames) in zip(WiredStairs.names, frames) {
                #expect(Self.stayLit(frames, from: moved), "\(name) went dark while somebody moved\n\(stairs.story)")
            }
            let held = dark.map { $0 - again }
            #expect(Self.areHeld(held), "\(held)\n\(stairs.story)")
        }
    }

    private static func stayLit(_ frames: [TraceFrame], from moved: Int64) -> Bool {
        let later = frames.filter { $0.t > moved + 500 * millisecond }
        return frames.last?.isDark == false && later.allSatisfy { !$0.isDark }
    }

    /// Whether light was held for 5 s, and went together.
    private static func areHeld(_ held: [Int64]) -> Bool {
        held.allSatisfy { $0 > 4900 * millisecond && $0 < 5600 * millisecond }
            && (held.max() ?? 0) - (held.min() ?? 0) < tolerance
    }

    @Test
    func `what the network says of motion is ignored; the wire isn't`() async throws {
        try await TestBroker.with { broker in
            let configuration = MQTTConfiguration(addresses: [broker.address], clientID: "test")
            try await MQTTClient.withClient(configuration) { client in
                try await WiredStairs.with(network: "brokers: [\(broker.address)]", zone: Self.look) { stairs in
                    let control = try ChildProcess(
                        try Programs.path("footlight-agent"),
                        [
                            "--config",
                            try stairs.folder.write(
                                """
                                site: home
                                node: stair-4
                                brokers: [\(broker.address)]
                                bars: [{name: bar, channels: white, output: {driver: trace, path: \(stairs.folder.path)/stair-4.jsonl}}]

                                """, to: "stair-4.yaml"),
                        ])
                    defer { control.signal(SIGKILL) }
                    var site = String(decoding: try stairs.folder.contents(of: "site.yaml"), as: UTF8.self)
                    site = site.replacing("stair-3]", with: "stair-3, stair-4]")
                    try stairs.folder.write(site, to: "site.yaml")
                    let apply = try ChildProcess(
                        try Programs.path("footlight"), ["apply", "\(stairs.folder.path)/site.yaml"],
                        environment: ["FOOTLIGHT_BROKER": "\(broker.address)"])
                    guard case .exit(0) = try await apply.end(within: .seconds(30)) else {
                        throw TestFailure(apply.output)
                    }
                    let states = try await client.messages(["footlight/home/node/+/bar/bar"])
                    // Somebody far away moves: who goes by the network lights up.
                    let said = MonotonicClock.now
                    let now = RealTimeClock.now
                    let register = """
                        {"motion":false,"lastEdge":\(now),"lastMotion":\(now),"zones":{"stairs":{"start":\(now),"origin":\
                        "far/away","firstMotion":\(now),"leadSeconds":0.05}}}
                        """
                    try await client.publish(
                        MQTTMessage(
                            topic: "footlight/home/node/far/sensor/away", payload: Array(register.utf8), retain: true))
                    try await withDeadline(.seconds(15), "stair-4 is lit by the network") {
                        for try await message in states where message.topic.contains("stair-4") {
                            if String(decoding: message.payload, as: UTF8.self).contains("\"on\":true") { return }
                        }
                    }
                    for name in WiredStairs.names {
                        let lit = try stairs.frames(of: name).contains { $0.t > said && !$0.isDark }
                        #expect(!lit, "\(name) was lit by the network")
                    }
                    try await expectLight(stairs, from: WiredStairs.top, "with a broker")
                    // And without it, since then or from the start.
                    try broker.kill()
                    try await expectLight(stairs, from: WiredStairs.bottom, "with the broker gone")
                }
            }
        }
    }

    @Test
    func `a line that is taken is told of, and the sensor beside the bar lights it all the same; later it joins`()
        async throws
    {
        let chip = try SimulatedChip()
        let folder = try TemporaryFolder("wired-alone")
        try folder.write(
            "site: home\nzones: {room: {bars: [lone], sensors: {lone/pir: first}, hold: 5s}}\n", to: "site.yaml")
        let file = try folder.write(
            """
            site: home
            node: lone
            network: off
            siteFile: \(folder.path)/site.yaml
            wire: {chip: \(chip.label), line: 0, bias: as-is}
            bars: [{name: bar, channels: white, output: {driver: trace, path: \(folder.path)/bar.jsonl}}]
            sensors: [{name: pir, input: {driver: gpio, chip: \(chip.label), line: 4}}]

            """, to: "lone.yaml")
        var holder: GPIOLine? = try GPIOLine.input(.offset(0, chip: chip.name), consumer: "somebody else")
        let agent = try ChildProcess(try Programs.path("footlight-agent"), ["--config", file])
        defer { agent.signal(SIGKILL) }
        try await onThread { try agent.waitForOutput("somebody else", within: .seconds(10)) }
        try chip.pull(4, true)
        try await eventually(within: .seconds(5), "the bar is lit") {
            try !folder.contents(of: "bar.jsonl").isEmpty
                && String(decoding: folder.contents(of: "bar.jsonl"), as: UTF8.self).contains("\"lightness\":0.9")
        }
        holder = nil
        #expect(holder == nil)
        try chip.pull(0, true)
        try await onThread { try agent.waitForOutput("wire: listens", within: .seconds(20)) }
    }

    @Test
    func `who has a line can be asked without touching it`() throws {
        let chip = try SimulatedChip()
        #expect(try GPIOLine.user(of: .offset(2, chip: chip.name)) == nil)
        let line = try GPIOLine.input(.offset(2, chip: chip.name), consumer: "somebody else")
        #expect(try GPIOLine.user(of: .offset(2, chip: chip.name)) == "somebody else")
        _ = line.descriptor
    }
}
