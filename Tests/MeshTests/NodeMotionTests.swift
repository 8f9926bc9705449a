import Lighting
import Testing

@testable import Mesh

@Suite struct NodeMotionTests {
    static let bottom = Topic.sensor(node: "stair-01", sensor: "bottom")
    static let top = Topic.sensor(node: "landing", sensor: "top")

    static func seen(
        _ start: MeshInstant, last: MeshInstant? = nil, motion: Bool = true, origin: String = "landing/top"
    ) -> SensorMessage {
        let register = SensorRegister(
            start: start, origin: origin, firstMotion: start, lead: .milliseconds(5), lastEdge: start,
            lastMotion: last ?? start, motion: motion)
        return SensorMessage(
            motion: motion, lastEdge: start, lastMotion: last ?? start, failed: nil, registers: ["stairs": register])
    }

    @Test func `motion lights the bar beside it and is told to the others`() throws {
        var node = TestNode.atWork()
        let actions = node.motion(true, at: at(10))
        let message: SensorMessage = try #require(actions.last(Self.bottom))
        #expect(message.motion && message.lastEdge == at(10).nanoseconds)
        let part = try #require(message.zones["stairs"])
        #expect(part.start == at(10).nanoseconds && part.origin == "stair-01/bottom" && part.leadSeconds == 0.005)
        #expect(actions.publications.first?.keep == true)
        #expect(node.lights(at: at(10)) == [0])
        #expect(abs(node.lights(at: at(10.205))[0] - 0.5) < 0.01)
        #expect(node.lights(at: at(10.5)) == [1] && node.lights(at: at(30)) == [1])
        node.motion(false, at: at(30))
        #expect(node.lights(at: at(89.9)) == [1] && node.lights(at: at(92)) == [0])
    }

    @Test func `whoever moves before the zone is known lights it as soon as it is`() throws {
        var node = TestNode()
        node.motion(true, at: at(1))
        node.connect(at: at(1.1))
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 1), at: at(1.2))
        #expect(try #require(node.core.nextDue(after: at(1.2))) <= at(1.2))
        let message: SensorMessage = try #require(node.tick(at: at(1.2)).last(Self.bottom))
        #expect(message.motion && message.lastEdge == at(1).nanoseconds)
        #expect(message.zones["stairs"]?.firstMotion == at(1.2).nanoseconds)
        #expect(node.lights(at: at(1.7)) == [1])
    }

    @Test func `another node's motion lights our bar when its wave comes`() {
        var node = TestNode.atWork("stair-02", sensors: [])
        node.hear(Self.top, Self.seen(at(10)), at: at(10.002))
        #expect(node.lights(at: at(10.054)) == [0] && node.lights(at: at(10.06))[0] > 0)
        // Its node goes without a word: it sees nothing any more.
        node.hear(status: .online, of: "landing", at: at(11))
        node.hear(status: .offline, of: "landing", at: at(20))
        #expect(node.lights(at: at(69.9)) == [1] && node.lights(at: at(71)) == [0])
    }

    @Test func `what a node only recalls after its restart takes nothing back that others know to be newer`() {
        var node = TestNode.atWork("stair-02", sensors: [])
        node.hear(status: .online, of: "landing", at: at(9))
        node.hear(Self.top, Self.seen(at(10), last: at(12)), at: at(12))
        // The broker had lost its last minutes before the sensor's node asked it what it had said.
        var older = Self.seen(at(-200), last: at(-190), motion: false)
        older.recalled = true
        node.hear(Self.top, older, at: at(20))
        #expect(node.lights(at: at(71.9)) == [1] && node.lights(at: at(74)) == [0], "the hold runs from what is known")
        // Its own word is its last one, though: its clock may have been set back.
        older.recalled = nil
        node.hear(Self.top, older, at: at(30))
        #expect(node.lights(at: at(33)) == [0])
    }

    @Test func `a fresh start in mid-activation is at once as lit as the others`() {
        var node = TestNode("stair-02", sensors: [])
        node.connect(at: at(100))
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 1), at: at(100))
        #expect(node.lights(at: at(100)) == [0])
        node.hear(status: .online, of: "landing", at: at(100))
        node.hear(Self.top, Self.seen(at(90)), at: at(100))
        #expect(node.lights(at: at(100)) == [1])
        // In the midst of the animation as well.
        var other = TestNode("stair-02", sensors: [])
        other.connect(at: at(90.2))
        other.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 1), at: at(90.2))
        other.hear(status: .online, of: "landing", at: at(90.2))
        other.hear(Self.top, Self.seen(at(90)), at: at(90.2))
        #expect(abs(other.lights(at: at(90.255))[0] - 0.5) < 0.01)
    }

    @Test func `what a sensor said holds when its zone has it again, and is taken back with the zone`() throws {
        var node = TestNode.atWork()
        node.motion(true, at: at(10))
        node.motion(false, at: at(11))
        let without = Zone(bars: stairs.bars, sensors: ["landing/top": .last], hold: .seconds(60))
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(without, revision: 11), at: at(12))
        #expect(node.lights(at: at(20)) == [0])
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 12), at: at(20))
        #expect(node.lights(at: at(30)) == [1] && node.lights(at: at(90)) == [0])
        let actions = node.hear(
            .siteConfiguration, SiteMessage(revision: 13, zones: [], timeZone: nil), at: at(30))
        let message: SensorMessage = try #require(actions.last(Self.bottom))
        #expect(message.zones.isEmpty)
    }

    @Test func `what a sensor said before its agent's restart is still true`() {
        var node = TestNode.atWork()
        let said = Self.seen(at(-20), last: at(-10), origin: "stair-01/bottom")
        let actions = node.hear(Self.bottom, said, at: at(2))
        // Its driver hasn't spoken yet: the motion is over, the hold is not.
        let message: SensorMessage? = actions.last(Self.bottom)
        #expect(message?.motion == false && message?.lastMotion == at(-10).nanoseconds && message?.recalled == true)
        #expect(node.lights(at: at(49))[0] > 0 && node.lights(at: at(51)) == [0])
        // Later echoes, and strangers, say nothing new of our own sensor.
        let news: SensorMessage? = node.motion(true, at: at(60)).last(Self.bottom)
        #expect(news?.recalled == nil, "what it has seen since is its own word")
        let own = node.core.sensors[0].message(unsynchronised: false)
        node.hear(Self.bottom, said, at: at(61))
        #expect(node.core.sensors[0].message(unsynchronised: false) == own)
    }

    @Test func `motion that goes on is renewed`() throws {
        var node = TestNode.atWork()
        node.motion(true, at: at(10))
        #expect(node.core.nextDue(after: at(10)).map { $0 <= at(20) } == true)
        #expect(node.tick(at: at(19)).published(Self.bottom).isEmpty)
        let renewed: SensorMessage = try #require(node.tick(at: at(20)).last(Self.bottom))
        #expect(renewed.lastMotion == at(20).nanoseconds && renewed.lastEdge == at(10).nanoseconds)
        #expect(renewed.zones["stairs"]?.start == at(10).nanoseconds)
        // Half the hold where that is shorter.
        var short = stairs
        short.hold = .seconds(6)
        var other = TestNode.atWork(zones: ["stairs": short])
        other.motion(true, at: at(10))
        #expect(other.tick(at: at(13)).published(Self.bottom).count == 1)
    }

    @Test func `a sensor that can't be read says so, and what it saw holds`() throws {
        var node = TestNode.atWork()
        node.motion(true, at: at(10))
        let gone = node.core.handle(.sensor("bottom", fault: "the chip is gone"), at: at(20))
        let message: SensorMessage = try #require(gone.last(Self.bottom))
        #expect(message.failed == "the chip is gone" && !message.motion && message.lastMotion == at(20).nanoseconds)
        #expect(message.zones["stairs"]?.start == at(10).nanoseconds)
        #expect(gone.warnings == ["sensor bottom: the chip is gone"])
        #expect(node.tick(at: at(20)).contains(.reportHealth))
        #expect(node.core.handle(.sensor("bottom", fault: "the chip is gone"), at: at(21)).isEmpty)
        #expect(node.lights(at: at(79.9)) == [1] && node.lights(at: at(82)) == [0])
        let health = try JSON.decode(HealthMessage.self, from: node.core.health(at: at(82), checks: []).payload)
        let check = try #require(health.checks.first { $0.check == "sensor/bottom" })
        #expect(!check.healthy && check.detail == "the chip is gone")
        let back = node.core.handle(.sensor("bottom", fault: nil), at: at(90))
        #expect(back.last(Self.bottom, as: SensorMessage.self)?.failed == nil)
        node.motion(true, at: at(91))
        #expect(node.lights(at: at(92)) == [1])
    }

    @Test func `what an earlier start of the agent said of a fault is taken back`() throws {
        var node = TestNode()
        node.connect(at: at(0))
        let said = SensorMessage(
            motion: false, lastEdge: at(-9), lastMotion: at(-8), failed: "the chip is gone", registers: [:])
        let actions = node.core.handle(
            .message(topic: Self.bottom.name(site: home), payload: JSON.encode(said), retained: true), at: at(0))
        let message: SensorMessage = try #require(actions.last(Self.bottom))
        #expect(message.failed == nil)
    }

    @Test func `a sensor that is stuck is left out until it pauses`() throws {
        var node = TestNode.atWork(stuckLimit: .seconds(120))
        node.motion(true, at: at(10))
        let stuck = node.tick(at: at(130))
        let message: SensorMessage = try #require(stuck.last(Self.bottom))
        #expect(message.failed?.contains("120 s without a pause") == true && message.zones.isEmpty)
        #expect(stuck.warnings.count == 1)
        #expect(node.lights(at: at(132)) == [0])
        #expect(message.stuck == true)
        // What it goes on saying is no news, and a command changes nothing.
        #expect(node.motion(true, at: at(140)).isEmpty)
        let command = ActionMessage(action: "trigger", id: "t", expires: at(1000).nanoseconds, sensor: "bottom")
        #expect(node.hear(.action(node: "stair-01"), command, at: at(140)).published(Self.bottom).isEmpty)
        #expect(node.core.sensors[0].failure != nil)
        let health = try JSON.decode(HealthMessage.self, from: node.core.health(at: at(140), checks: []).payload)
        #expect(health.checks.first { $0.check == "sensor/bottom" }?.healthy == false)
        let works = node.motion(false, at: at(150))
        #expect(works.last(Self.bottom, as: SensorMessage.self)?.failed == nil)
        #expect(works.last(Self.bottom, as: SensorMessage.self)?.stuck == nil)
        node.motion(true, at: at(160))
        #expect(node.lights(at: at(161)) == [1])
    }

    @Test func `what a command makes a sensor see doesn't count towards being stuck`() throws {
        var node = TestNode.atWork()
        let limit = try #require(node.core.sensors.first).description.stuckLimit
        let command = ActionMessage(
            action: "trigger", id: "t", expires: at(1000).nanoseconds, sensor: "bottom", seconds: 60)
        node.hear(.action(node: "stair-01"), command, at: at(10))
        node.motion(true, at: at(40))
        let sensor = try #require(node.core.sensors.first)
        #expect(sensor.lastEdge == at(10) && sensor.stuckAt == at(40) + limit)
    }

    @Test func `first light is told with its planned and its actual instant, once the bar is at rest`() throws {
        var node = TestNode.atWork("stair-02", sensors: [])
        node.hear(Self.top, Self.seen(at(10)), at: at(10.002))
        #expect(node.lights(at: at(10.054)) == [0])
        node.core.written(at: at(10.0541))
        _ = node.lights(at: at(10.056))
        node.core.written(at: at(10.0561))
        _ = node.lights(at: at(10.066))
        node.core.written(at: at(10.0661))
        let bar = Topic.bar(node: "stair-02", bar: "bar")
        #expect(node.tick(at: at(10.4)).published(bar).isEmpty)
        let report: BarMessage = try #require(node.tick(at: at(10.5)).last(bar))
        #expect(report.on && report.level == 1 && report.colour == "2700K")
        #expect(
            report.firstLight
                == .init(
                    zone: "stairs", activation: at(10).nanoseconds, planned: at(10.055).nanoseconds,
                    actual: at(10.0561).nanoseconds))
        #expect(node.tick(at: at(11)).published(bar).isEmpty)
    }

    @Test func `a node with sensors only tells of motion and lights nothing`() {
        var node = TestNode.atWork("landing", bars: [], sensors: ["top"])
        let actions = node.motion(true, of: "top", at: at(10))
        #expect(actions.published(Self.top).count == 1)
        #expect(node.lights(at: at(11)) == [] && node.core.restsAt == .distantPast)
        #expect(node.core.isKeeper(of: "stairs"))
    }

    @Test func `a node's only bar goes by the node's name, one of several by its own`() {
        let zone = Zone(bars: ["stair-01"], sensors: ["landing/top": .first])
        let own = Zone(bars: ["stair-01/left"], sensors: ["landing/top": .first])
        var only = TestNode.atWork(zones: ["stairs": zone])
        var several = TestNode.atWork(bars: ["left", "right"], zones: ["stairs": zone])
        var left = TestNode.atWork(bars: ["left", "right"], zones: ["stairs": own])
        only.hear(Self.top, Self.seen(at(10)), at: at(10))
        several.hear(Self.top, Self.seen(at(10)), at: at(10))
        left.hear(Self.top, Self.seen(at(10)), at: at(10))
        #expect(only.lights(at: at(11)) == [1])
        #expect(several.lights(at: at(11)) == [0, 0])
        #expect(left.lights(at: at(11)) == [1, 0])
    }

    @Test func `the end fades out`() {
        var node = TestNode.atWork()
        node.motion(true, at: at(10))
        #expect(node.lights(at: at(12)) == [1])
        _ = node.core.handle(.stop, at: at(12))
        #expect(abs(node.lights(at: at(12.2))[0] - 0.5) < 0.01)
        #expect(node.core.restsAt == at(12.4) && node.lights(at: at(12.4)) == [0])
    }
}
