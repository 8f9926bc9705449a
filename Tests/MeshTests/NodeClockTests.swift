import Lighting
import Testing

@testable import Mesh

/// What a node makes of messages while its clock isn't the mesh's, and when that is set.
@Suite struct NodeClockTests {
    private static let top = NodeMotionTests.top

    /// A node whose clock is its system's guess: an hour slow.
    private static func guessing(sensors: [String] = []) -> TestNode {
        var node = TestNode.atWork("stair-02", sensors: sensors)
        _ = node.core.handle(.clock(isTrusted: false), at: at(-3600))
        node.hear(status: .online, of: "landing", at: at(-3600))
        return node
    }

    /// It learns the time: a step, and then all that follows.
    private static func learn(_ node: inout TestNode, at now: MeshInstant) -> [NodeAction] {
        node.core.handle(.clockStepped(.seconds(3600)), at: now) + node.core.handle(.clock(isTrusted: true), at: now)
    }

    @Test func `motion elsewhere is acted on as it arrives, and no light moves when the clock is set`() {
        var node = Self.guessing()
        node.hear(Self.top, NodeMotionTests.seen(at(5)), at: at(-3594.9))
        #expect(node.lights(at: at(-3594)) == [1])
        _ = Self.learn(&node, at: at(6))
        #expect(node.lights(at: at(6)) == [1] && node.lights(at: at(80)) == [1])
    }

    @Test func `motion that was over long ago isn't taken for new`() {
        var node = Self.guessing()
        // Its node has just reconnected, and says all again.
        node.hear(Self.top, NodeMotionTests.seen(at(-200), last: at(-190), motion: false), at: at(-3595))
        #expect(node.lights(at: at(-3594)) == [0])
        _ = Self.learn(&node, at: at(6))
        #expect(node.lights(at: at(7)) == [0])
    }

    @Test func `a sensor whose clock isn't the mesh's says so, and says it again when it is`() throws {
        var node = Self.guessing(sensors: ["bottom"])
        let guess: SensorMessage = try #require(
            node.motion(true, at: at(-3590)).last(.sensor(node: "stair-02", sensor: "bottom")))
        #expect(guess.unsynchronised == true)
        let said: SensorMessage = try #require(
            Self.learn(&node, at: at(11)).last(.sensor(node: "stair-02", sensor: "bottom")))
        #expect(said.unsynchronised == nil && said.lastEdge == at(10).nanoseconds)
        // Others take the one as of its arrival, and the other at its word.
        var other = TestNode.atWork("stair-01")
        var message = NodeMotionTests.seen(at(-3590))
        message.unsynchronised = true
        other.hear(status: .online, of: "landing", at: at(10))
        other.hear(Self.top, message, at: at(10))
        #expect(other.core.zone("stairs")?.activation?.start == at(10))
        other.hear(Self.top, NodeMotionTests.seen(at(9.9)), at: at(11))
        #expect(other.core.zone("stairs")?.activation?.start == at(9.9))
    }

    @Test func `a sensor that never saw anything says so whatever becomes of the clock`() throws {
        var node = TestNode.atWork()
        let own = Topic.sensor(node: "stair-01", sensor: "bottom")
        let first: SensorMessage = try #require(node.motion(false, at: at(10)).last(own))
        #expect(first.lastMotion == 0 && first.lastEdge == 0)
        for step in [Duration.milliseconds(-1), .seconds(5)] {
            let said: SensorMessage = try #require(node.core.handle(.clockStepped(step), at: at(11)).last(own))
            #expect(said.lastMotion == 0 && said.lastEdge == 0)
        }
    }

    @Test func `what a sensor said before its node's start stays when it was while the clock gets right`() throws {
        let own = Topic.sensor(node: "stair-01", sensor: "bottom")
        let said = NodeMotionTests.seen(at(-20), last: at(-10), motion: false, origin: "stair-01/bottom")
        var node = TestNode()
        node.connect(at: at(0))
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 1), at: at(0))
        node.hear(own, retained: JSON.encode(said), at: at(0))
        node.settle(at: at(0.1))
        let lapse = try #require(node.core.zone("stairs")?.activation?.lapse)
        _ = node.core.handle(.clockStepped(.seconds(-2)), at: at(5))
        #expect(node.core.zone("stairs")?.activation?.lapse == lapse)
        // What it sees now is said by the clock that was set.
        node.motion(true, at: at(6))
        let again: SensorMessage = try #require(
            node.core.handle(.clockStepped(.seconds(-2)), at: at(5)).last(own))
        #expect(again.lastEdge == at(4).nanoseconds)
    }

    @Test func `commands wait until the clock is right`() {
        var node = Self.guessing()
        let instant = at(1).nanoseconds
        let text = #"{"issued": \#(instant), "ids": [], "zone": {"mode": "on", "start": \#(instant)}, "bars": {}}"#
        node.hear(.override(zone: "stairs"), text: text, at: at(-3595))
        _ = Self.learn(&node, at: at(6))
        #expect(node.lights(at: at(8)) == [1])
    }

    @Test func `what seemed to come from the future is read again when the clock has been set`() {
        var node = TestNode.atWork("stair-02", sensors: [])
        node.hear(status: .online, of: "landing", at: at(10))
        #expect(node.hear(Self.top, NodeMotionTests.seen(at(100)), at: at(10)).warnings.count == 1)
        #expect(node.lights(at: at(11)) == [0])
        _ = node.core.handle(.clockStepped(.seconds(90)), at: at(102))
        #expect(node.lights(at: at(103)) == [1])
    }

    @Test func `a command from the future holds when that has come, and motion doesn't`() {
        var node = TestNode.atWork("stair-02", sensors: [])
        node.hear(status: .online, of: "landing", at: at(10))
        node.hear(Self.top, NodeMotionTests.seen(at(100), last: at(101), motion: false), at: at(10))
        let text = #"{"issued": \#(at(200).nanoseconds), "ids": [], "bars": {}, "zone": {"mode": "on", "start": 0}}"#
        #expect(node.hear(.override(zone: "stairs"), text: text, at: at(11)).warnings.count == 1)
        node.tick(at: at(200.4))
        #expect(node.lights(at: at(200.4)) == [0])
        #expect(node.core.nextDue(after: at(200.4)) ?? .distantFuture <= at(200.5))
        node.tick(at: at(200.5))
        #expect(node.core.commandIssued(inZone: "stairs") == at(200).nanoseconds)
        #expect(node.lights(at: at(201)) == [1])
    }

    @Test func `what a command from the future says was before it never was`() {
        var node = TestNode.atWork("stair-02", sensors: [])
        let (on, off) = (at(190).nanoseconds, at(200.1).nanoseconds)
        let before = #"[{"mode": "on", "start": \#(on), "until": \#(off)}]"#
        let zone = #"{"mode": "auto", "start": \#(off), "before": \#(before)}"#
        let text = #"{"issued": \#(at(200).nanoseconds), "ids": [], "bars": {}, "zone": \#(zone)}"#
        #expect(node.hear(.override(zone: "stairs"), text: text, at: at(11)).warnings.count == 1)
        for second in [190.5, 198.5, 199.5, 200.05, 200.5, 201] {
            node.tick(at: at(second))
            #expect(node.lights(at: at(second)) == [0], "\(second)")
        }
        #expect(node.core.commandIssued(inZone: "stairs") == at(200).nanoseconds)
    }

    @Test func `of commands from the future only the newest holds when that has come`() {
        let topic = Topic.override(zone: "stairs")
        func command(_ mode: String, _ second: Double) -> [UInt8] {
            let zone = mode == "auto" ? "" : #", "zone": {"mode": "\#(mode)", "start": 0}"#
            return Array(#"{"issued": \#(at(second).nanoseconds), "ids": [], "bars": {}\#(zone)}"#.utf8)
        }
        let (old, new) = (command("on", 200), command("auto", 400))
        // From the node's memory, from the broker, or both from there, in any order.
        for (remembered, heard) in [(new, [old]), (old, [new]), (nil, [new, old]), (nil, [old, new])] {
            var node = TestNode.atWork("stair-02", sensors: [])
            if let remembered {
                _ = node.core.handle(.remembered(topic: topic.name(site: home), payload: remembered), at: at(9))
            }
            for bytes in heard { node.hear(topic, bytes: bytes, at: at(10)) }
            for second in [198.5, 200, 202, 399] { node.tick(at: at(second)) }
            #expect(node.lights(at: at(399)) == [0])
            node.tick(at: at(400.5))
            #expect(node.core.commandIssued(inZone: "stairs") == at(400).nanoseconds)
        }
    }

    @Test func `a node says when anything was said that is kept, but not by sensors that don't know the time`() {
        var node = Self.guessing()
        #expect(node.core.latestWord == nil)
        node.hear(Self.top, NodeMotionTests.seen(at(5), last: at(6), motion: false), at: at(-3594))
        #expect(node.core.latestWord == at(6))
        var guess = NodeMotionTests.seen(at(500), last: at(501), motion: false)
        guess.unsynchronised = true
        node.hear(Self.top, guess, at: at(-3593))
        let text = #"{"issued": \#(at(20).nanoseconds), "ids": [], "bars": {}}"#
        node.hear(.override(zone: "stairs"), text: text, at: at(-3592))
        #expect(node.core.latestWord == at(20))
    }

    @Test func `what a node said that is gone doesn't keep the zone dark in a time that was set back`() {
        var node = TestNode.atWork("stair-01", sensors: ["bottom"])
        node.hear(status: .online, of: "landing", at: at(3600))
        node.hear(Self.top, NodeMotionTests.seen(at(3600), last: at(3601), motion: false), at: at(3601))
        node.hear(status: .offline, of: "landing", at: at(3602))
        // Halves of a site meet, and the other half's time is an hour behind.
        _ = node.core.handle(.clockStepped(.seconds(-3600)), at: at(3))
        #expect(node.lights(at: at(3)) == [1], "held, as it was")
        #expect(node.lights(at: at(80)) == [0])
        _ = node.motion(true, at: at(90))
        #expect(node.lights(at: at(92)) == [1])
    }

    @Test func `what moved along with a time that was set back moves along when that is set forward again`() {
        var node = TestNode.atWork("stair-02", sensors: [])
        node.hear(status: .online, of: "landing", at: at(100))
        node.hear(Self.top, NodeMotionTests.seen(at(90), last: at(102), motion: false), at: at(102))
        // It goes to a broker where somebody began anew alone, and the sensor's node, whose time stays, comes after it.
        for (step, now) in [(-6.0, 98.0), (6, 115)] {
            _ = node.core.handle(.clockStepped(.milliseconds(Int(step * 1000))), at: at(now))
        }
        #expect(node.core.zone("stairs")?.activation?.start == at(90))
        #expect(node.lights(at: at(161.9)) == [1] && node.lights(at: at(164)) == [0])
        // What it says itself is by the time that is theirs.
        node.hear(Self.top, NodeMotionTests.seen(at(200), last: at(202), motion: false), at: at(202))
        _ = node.core.handle(.clockStepped(.seconds(6)), at: at(216))
        #expect(node.core.zone("stairs")?.activation?.start == at(200))
    }

    @Test func `what was taken as of its arrival moves along with the clock by which that was`() {
        var node = TestNode.atWork("stair-02", sensors: [])
        node.hear(status: .online, of: "landing", at: at(100))
        var guess = NodeMotionTests.seen(at(-3600))
        guess.unsynchronised = true
        node.hear(Self.top, guess, at: at(100))
        #expect(node.core.zone("stairs")?.activation?.start == at(100))
        _ = node.core.handle(.clockStepped(.seconds(30)), at: at(135))
        #expect(node.core.zone("stairs")?.activation?.start == at(130))
    }

    @Test func `what a sensor recalls has its time again after the clock was set back and forward`() throws {
        let own = Topic.sensor(node: "stair-01", sensor: "bottom")
        var node = TestNode.atWork()
        let said = NodeMotionTests.seen(at(90), last: at(99), motion: false, origin: "stair-01/bottom")
        node.hear(own, retained: JSON.encode(said), at: at(100))
        _ = node.core.handle(.clockStepped(.seconds(-10)), at: at(91))
        #expect(node.core.zone("stairs")?.activation?.start == at(80))
        let again: SensorMessage = try #require(node.core.handle(.clockStepped(.seconds(10)), at: at(110)).last(own))
        #expect(again.lastMotion == at(99).nanoseconds && again.recalled == true)
        #expect(node.core.zone("stairs")?.activation?.start == at(90))
    }

    @Test func `what was commanded in a time that was set back is overruled by what is commanded now`() throws {
        var node = TestNode.atWork("stair-01", sensors: [])
        func text(_ issued: Double) -> String {
            #"{"issued":\#(at(issued).nanoseconds),"ids":[],"bars":{},"zone":{"mode":"on","level":0.4,"#
                + #""start":\#(at(issued + 0.03).nanoseconds),"until":\#(at(issued + 9000).nanoseconds),"before":["#
                + #"{"mode":"off","start":\#(at(1).nanoseconds),"until":\#(at(issued + 0.03).nanoseconds)}]}}"#
        }
        node.hear(.override(zone: "stairs"), text: text(3601), at: at(3601))
        #expect(abs(node.lights(at: at(3604))[0] - 0.4) < 1e-9)
        let actions = node.core.handle(.clockStepped(.seconds(-3600)), at: at(5))
        #expect(node.core.commandIssued(inZone: "stairs") == at(1).nanoseconds)
        #expect(abs(node.lights(at: at(5))[0] - 0.4) < 1e-9, "as it was")
        let remembered = actions.contains {
            if case .remember("footlight/home/zone/stairs/override", let payload) = $0 {
                OverrideMessage.issued(in: payload) == at(1).nanoseconds
            } else {
                false
            }
        }
        #expect(remembered)
        // The broker, too, is to have it as it is.
        let told: OverrideMessage? = node.tick(at: at(9)).last(.override(zone: "stairs"))
        #expect(told?.issued == at(1).nanoseconds)
        let zone = try #require(try told?.overrides().zone)
        #expect(zone.start == at(1.03) && zone.until == at(9001))
        #expect(zone.before.first?.start == at(1) && zone.before.first?.until == at(1.03))
        node.hear(.set(zone: "stairs"), text: "off", at: at(10))
        #expect(node.lights(at: at(13)) == [0])
    }

    @Test func `what was commanded before a time that was set back stays as it was`() {
        var node = TestNode.atWork("stair-01", sensors: [])
        node.hear(.set(zone: "stairs"), text: "on", at: at(1))
        let issued = node.core.commandIssued(inZone: "stairs")
        _ = node.core.handle(.clockStepped(.seconds(-3)), at: at(5))
        #expect(node.core.commandIssued(inZone: "stairs") == issued)
    }

    @Test func `of two lives of a node the one that is told of last counts, whatever their clocks said`() {
        var node = TestNode.atWork("stair-02", sensors: [])
        func tell(_ state: NodeStatus.State, _ boot: String, started: Double, connection: Int = 1) {
            node.hear(
                .status(node: "landing"),
                NodeStatus(
                    state: state, bootId: boot, started: at(started).nanoseconds, connection: connection, version: "1",
                    bars: [], sensors: [], synchronised: false, priority: 0), at: at(20))
        }
        tell(.online, "a", started: 3600)
        tell(.offline, "a", started: 3600)
        tell(.online, "b", started: 0)
        #expect(node.core.presence.isOnline("landing"))
        // A will of an earlier connection, late.
        tell(.online, "b", started: 0, connection: 2)
        tell(.offline, "b", started: 0, connection: 1)
        #expect(node.core.presence.isOnline("landing"))
        tell(.offline, "b", started: 0, connection: 2)
        #expect(!node.core.presence.isOnline("landing"))
    }

    @Test func `who is there is known once the node's own birth has come back`() {
        var node = TestNode("stair-02", sensors: [])
        let actions = node.connect(at: at(1))
        let birth = actions.publications.first { $0.topic.hasSuffix("/status") }
        #expect(!node.core.knowsWhoIsThere)
        node.hear(.status(node: "stair-02"), bytes: birth?.payload ?? [], at: at(1.1))
        #expect(node.core.knowsWhoIsThere)
        node.connect(2, at: at(5))
        #expect(!node.core.knowsWhoIsThere)
    }
}
