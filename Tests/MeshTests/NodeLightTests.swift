import Lighting
import Testing

@testable import Mesh

@Suite("A zone that motion lights only when it is dark")
struct NodeLightTests {
    static let bottom = Topic.sensor(node: "stair-01", sensor: "bottom")
    static let window = Topic.light(node: "landing", light: "window")
    static var zone: Zone {
        var zone = stairs
        zone.hold = .seconds(10)
        zone.onlyWhenDark = DarkLimit(sensor: "landing/window", lux: 10)
        return zone
    }

    /// A node that knows who says how bright it is.
    static func node(triggers: NodeDescription.Triggers = .network) -> TestNode {
        var node = TestNode.atWork(zones: ["stairs": zone])
        node.hear(status: .online, of: "landing", at: at(1))
        return node
    }

    @Test
    func `it asks for the light sensor's readings, and for none where it has no say in it`() {
        var node = TestNode("stair-01")
        _ = node.connect(at: at(0))
        let actions = node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(Self.zone, revision: 1), at: at(0))
        #expect(actions.subscribed.contains("footlight/home/node/landing/light/window"))
        var bar = TestNode("stair-02", sensors: [])
        _ = bar.connect(at: at(0))
        let other = bar.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(Self.zone, revision: 1), at: at(0))
        #expect(!other.subscribed.contains { $0.contains("/light/") })
    }

    @Test
    func `each bar asks for them where there is a guide light, and shows that in the dark only`() throws {
        var zone = Self.zone
        zone.standby = Standby(level: Lightness(0.03))
        var bar = TestNode.atWork("stair-02", sensors: [], zones: ["stairs": zone])
        #expect(bar.core.filters.isTold("footlight/home/node/landing/light/window"))
        bar.hear(status: .online, of: "landing", at: at(1))
        #expect(bar.lights(at: at(2)) == [0.03], "nobody says that it isn't dark")
        bar.hear(Self.window, LightMessage(lux: 500), at: at(5))
        #expect(bar.lights(at: at(8)) == [0])
        bar.hear(Self.window, LightMessage(lux: 2), at: at(50))
        #expect(bar.lights(at: at(50)) == [0])
        #expect(bar.lights(at: at(53)) == [0.03])
        #expect(!bar.core.isLit, "that is nobody's light")
        var keeper = TestNode.atWork(zones: ["stairs": zone])
        let said = keeper.tick(at: at(5))
        let report: ZoneReport = try #require(said.last(.state(zone: "stairs")))
        #expect(report.state == "OFF" && report.reason == "standby")
        keeper.motion(true, at: at(10))
        #expect(keeper.lights(at: at(11)) == [1])
        #expect(keeper.core.isLit)
    }

    @Test
    func `a last reading that comes right after the zone's own light went still brings the guide light`() throws {
        var zone = Self.zone
        zone.standby = Standby(level: Lightness(0.03))
        var bar = TestNode.atWork("stair-02", sensors: [], zones: ["stairs": zone])
        bar.hear(status: .online, of: "landing", at: at(1))
        bar.hear(Self.window, LightMessage(lux: 500), at: at(5))
        func command(_ mode: String, at seconds: Double) {
            let instant = at(seconds).nanoseconds
            let text = #"{"issued":\#(instant),"ids":[],"bars":{},"zone":{"mode":"\#(mode)","start":\#(instant)}}"#
            bar.hear(.override(zone: "stairs"), text: text, at: at(seconds))
        }
        command("on", at: 10)
        #expect(bar.lights(at: at(15)) == [1])
        // Night comes while it is lit, and what it reads is its own light.
        bar.hear(Self.window, LightMessage(lux: 130), at: at(30))
        command("auto", at: 60)
        #expect(bar.lights(at: at(60)) == [1])
        let dark = at(62)
        #expect(bar.lights(at: dark) == [0])
        bar.hear(Self.window, LightMessage(lux: 2), at: dark)
        var woken = 0
        // No reading comes any more.
        while let due = bar.core.nextDue(after: dark), due < at(80), woken < 100 {
            bar.tick(at: due)
            woken += 1
        }
        #expect(bar.lights(at: at(80)) == [0.03] && woken < 20)
    }

    @Test
    func `a guide light follows a changed limit, and a light sensor that is gone, with nobody there`() {
        var zone = Self.zone
        zone.standby = Standby(level: Lightness(0.03))
        var bar = TestNode.atWork("stair-02", sensors: [], zones: ["stairs": zone])
        bar.hear(status: .online, of: "landing", at: at(1))
        bar.hear(Self.window, LightMessage(lux: 500), at: at(5))
        #expect(bar.lights(at: at(8)) == [0])
        // Its light sensor is gone: nobody says that it isn't dark, and nobody has to walk by for that.
        bar.hear(status: .offline, of: "landing", at: at(20))
        #expect(bar.lights(at: at(23)) == [0.03])
        bar.hear(status: .online, of: "landing", at: at(30))
        bar.hear(Self.window, LightMessage(lux: 500), at: at(30))
        #expect(bar.lights(at: at(33)) == [0])
        // Brighter than that it need not be: it isn't bright enough.
        zone.onlyWhenDark?.lux = 1000
        _ = bar.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(zone, revision: 2), at: at(40))
        #expect(bar.lights(at: at(43)) == [0.03])
        zone.onlyWhenDark?.lux = 10
        _ = bar.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(zone, revision: 3), at: at(50))
        #expect(bar.lights(at: at(53)) == [0])
        zone.onlyWhenDark = nil
        _ = bar.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(zone, revision: 4), at: at(60))
        #expect(bar.lights(at: at(63)) == [0.03])
    }

    @Test
    func `where nobody says how bright it is, and where its node is gone, it counts as dark`() {
        var node = Self.node()
        node.motion(true, at: at(2))
        #expect(node.lights(at: at(3)) == [1])
        node.motion(false, at: at(3))
        node.hear(Self.window, LightMessage(lux: 500), at: at(100))
        node.motion(true, at: at(110))
        #expect(node.lights(at: at(111)) == [0])
        node.motion(false, at: at(111))
        node.hear(status: .offline, of: "landing", at: at(120))
        node.motion(true, at: at(130))
        #expect(node.lights(at: at(131)) == [1])
    }

    @Test
    func `by day motion lights nothing, and the register has no part in the zone`() throws {
        var node = Self.node()
        node.hear(Self.window, LightMessage(lux: 500), at: at(2))
        let message: SensorMessage = try #require(node.motion(true, at: at(5)).last(Self.bottom))
        #expect(message.motion && message.zones.isEmpty)
        #expect(node.lights(at: at(6)) == [0])
        node.motion(false, at: at(7))
        #expect(node.lights(at: at(8)) == [0])
    }

    @Test
    func `who is there when it gets dark has light at once`() {
        var node = Self.node()
        node.hear(Self.window, LightMessage(lux: 20), at: at(2))
        node.motion(true, at: at(5))
        node.hear(Self.window, LightMessage(lux: 11), at: at(50))
        #expect(node.lights(at: at(51)) == [0])
        node.hear(Self.window, LightMessage(lux: 9), at: at(60))
        #expect(node.lights(at: at(60.5)) == [1])
    }

    @Test
    func `a reading that comes up to a second after motion began is judged by, also when the motion is over`() throws {
        for (delay, isLit) in [(0.0, true), (0.3, true), (1, true), (1.1, false)] {
            var node = Self.node()
            node.hear(Self.window, LightMessage(lux: 2000), at: at(2))
            node.motion(true, at: at(100))
            node.motion(false, at: at(100))
            let actions = node.hear(Self.window, LightMessage(lux: 3), at: at(100 + delay))
            let message: SensorMessage? = actions.last(Self.bottom)
            #expect(message?.zones["stairs"]?.start == (isLit ? at(100 + delay).nanoseconds : nil))
            #expect(message?.motion != true)
            #expect(node.lights(at: at(102)) == [isLit ? 1 : 0], "\(delay) s")
            #expect(node.lights(at: at(109.9)) == [isLit ? 1 : 0] && node.lights(at: at(112)) == [0])
            // Once is enough.
            #expect(node.hear(Self.window, LightMessage(lux: 2), at: at(112.5)).published(Self.bottom).isEmpty)
        }
    }

    @Test
    func `motion that began in the dark of an old reading is taken back before there is light, and not afterwards`()
        throws
    {
        for known in [nil, 3.0] {
            var node = Self.node()
            if let known { node.hear(Self.window, LightMessage(lux: known), at: at(2)) }
            let seen: SensorMessage = try #require(node.motion(true, at: at(5)).last(Self.bottom))
            #expect(seen.zones["stairs"]?.leadSeconds == 0.005)
            let back: SensorMessage = try #require(
                node.hear(Self.window, LightMessage(lux: 500), at: at(5.004)).last(Self.bottom))
            #expect(back.motion && back.zones.isEmpty)
            #expect(node.lights(at: at(6)) == [0])
            node.tick(at: at(15))
            #expect(node.lights(at: at(16)) == [0])
            // What comes once there is light may be that.
            node.motion(false, at: at(20))
            node.hear(Self.window, LightMessage(lux: 3), at: at(25))
            node.motion(true, at: at(30))
            #expect(node.hear(Self.window, LightMessage(lux: 500), at: at(30.006)).published(Self.bottom).isEmpty)
            #expect(node.lights(at: at(31)) == [1])
        }
    }

    @Test
    func `others whose clocks are a little ahead light sooner: their light takes nothing back`() {
        var node = Self.node()
        // By its clock its own first light is due 5 ms after motion, but that may be off by 4.
        _ = node.core.handle(.clock(isTrusted: true, error: .milliseconds(4)), at: at(1))
        node.hear(Self.window, LightMessage(lux: 2), at: at(2))
        node.motion(true, at: at(5))
        #expect(node.hear(Self.window, LightMessage(lux: 500), at: at(5.002)).published(Self.bottom).isEmpty)
        #expect(node.lights(at: at(6)) == [1])
    }

    @Test
    func `motion while its light goes out isn't taken back by a reading that may hold some of that`() {
        var node = Self.node()
        node.hear(Self.window, LightMessage(lux: 2), at: at(2))
        node.motion(true, at: at(5))
        node.motion(false, at: at(6))
        node.motion(true, at: at(16.1))
        #expect(node.hear(Self.window, LightMessage(lux: 500), at: at(16.102)).published(Self.bottom).isEmpty)
        #expect(node.lights(at: at(17)) == [1])
    }

    @Test
    func `motion found too bright holds the zone once others are heard to have lit it, and none before`() throws {
        for (start, isHeld) in [(4.0, true), (6, false)] {
            var node = Self.node()
            node.hear(Self.window, LightMessage(lux: 16), at: at(2))
            let seen: SensorMessage = try #require(node.motion(true, at: at(5)).last(Self.bottom))
            #expect(seen.zones.isEmpty)
            node.motion(false, at: at(5.5))
            let others = NodeMotionTests.seen(at(start), last: at(start + 0.1), motion: false)
            let said: SensorMessage? = node.hear(NodeMotionTests.top, others, at: at(6.5)).last(Self.bottom)
            let part = said?.zones["stairs"]
            #expect(part?.start == (isHeld ? at(4).nanoseconds : nil) && said?.motion != true)
            #expect(node.lights(at: at(7)) == [1])
            #expect(node.core.zone("stairs")?.activation?.lapse == (isHeld ? at(15.5) : at(16.1)))
        }
        // Who moves still holds it from now on.
        var node = Self.node()
        node.hear(Self.window, LightMessage(lux: 16), at: at(2))
        node.motion(true, at: at(5))
        let others = NodeMotionTests.seen(at(6), last: at(6.1), motion: false)
        let said: SensorMessage? = node.hear(NodeMotionTests.top, others, at: at(6.5)).last(Self.bottom)
        #expect(said?.zones["stairs"]?.start == at(6).nanoseconds && said?.motion == true)
    }

    @Test
    func `it gets dark below the limit, and isn't any more a quarter above it`() {
        var node = Self.node()
        func lights(_ lux: Double, at seconds: Double) -> Bool {
            node.hear(Self.window, LightMessage(lux: lux), at: at(seconds))
            node.motion(true, at: at(seconds + 1))
            node.motion(false, at: at(seconds + 2))
            return node.lights(at: at(seconds + 2.5)) == [1]
        }
        #expect(lights(9.9, at: 100) && lights(12, at: 200) && !lights(13, at: 300) && !lights(11, at: 400))
        #expect(lights(9, at: 500))
    }

    @Test
    func `a zone's own light doesn't make it too bright for its people`() {
        var node = Self.node()
        node.hear(Self.window, LightMessage(lux: 2), at: at(2))
        node.motion(true, at: at(5))
        node.hear(Self.window, LightMessage(lux: 200), at: at(6))
        node.motion(false, at: at(7))
        // Again within the hold, while it goes out, and just after.
        node.motion(true, at: at(14))
        node.motion(false, at: at(15))
        #expect(node.lights(at: at(24.9)) == [1])
        node.motion(true, at: at(25.2))
        node.motion(false, at: at(26))
        #expect(node.lights(at: at(35.9)) == [1])
        node.motion(true, at: at(38.5))
        node.motion(false, at: at(39))
        #expect(node.lights(at: at(39.5)) == [1])
        // Once its light has gone, what is still there is the day's.
        node.motion(true, at: at(60))
        #expect(node.lights(at: at(61)) == [0])
    }

    @Test
    func `light by a command is the zone's own light, too`() {
        var node = Self.node()
        node.hear(Self.window, LightMessage(lux: 2), at: at(2))
        let (issued, until) = (at(10).nanoseconds, at(20).nanoseconds)
        let on = "{\"mode\": \"on\", \"start\": \(issued), \"until\": \(until)}"
        node.hear(
            .override(zone: "stairs"),
            text: "{\"issued\": \(issued), \"ids\": [], \"zone\": \(on), \"bars\": {}}", at: at(10))
        node.hear(Self.window, LightMessage(lux: 200), at: at(11))
        node.motion(true, at: at(19))
        #expect(node.lights(at: at(22)) == [1])
    }

    @Test
    func `what can't be an illuminance is refused, and what was known holds`() {
        var node = Self.node()
        node.hear(Self.window, LightMessage(lux: 500), at: at(2))
        for text in ["{\"lux\": -1}", "{\"lux\": 1e300}", "{\"lux\": \"dark\"}", "{", "[]", "{}", "{\"motion\": 1}"] {
            #expect(node.hear(Self.window, text: text, at: at(3)).warnings.count <= 1)
        }
        node.motion(true, at: at(5))
        #expect(node.lights(at: at(6)) == [0])
        // A sensor that fails says so: nobody knows.
        node.motion(false, at: at(6))
        node.hear(Self.window, LightMessage(lux: nil, failed: "unplugged"), at: at(7))
        node.motion(true, at: at(8))
        #expect(node.lights(at: at(9)) == [1])
    }

    @Test
    func `a node's own light sensor decides at once, is told when it changes, and its fault is on the node's health`()
        throws
    {
        var description = TestNode("landing", sensors: ["top"]).core.description
        description.lights = ["window"]
        var node = TestNode("landing", sensors: ["top"])
        node.core = NodeCore(description)
        node.connect(at: at(0))
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(Self.zone, revision: 1), at: at(0))
        func says(_ lux: Double?, _ fault: String? = nil, at seconds: Double) -> LightMessage? {
            node.core.handle(.light(sensor: "window", lux: lux, fault: fault), at: at(seconds)).last(Self.window)
        }
        #expect(says(500, at: 1) == LightMessage(lux: 500))
        #expect(says(510, at: 2) == nil && says(520, at: 3) == nil)
        #expect(says(530, at: 4) == LightMessage(lux: 530))
        let message: SensorMessage = try #require(
            node.motion(true, of: "top", at: at(5)).last(.sensor(node: "landing", sensor: "top")))
        #expect(message.zones.isEmpty)
        #expect(says(nil, "unplugged", at: 6) == LightMessage(lux: nil, failed: "unplugged"))
        #expect(says(nil, "unplugged", at: 7) == nil)
        let health = String(decoding: node.core.health(at: at(8), checks: []).payload, as: UTF8.self)
        #expect(health.contains("\"light/window\"") && health.contains("unplugged"))
    }

    @Test
    func `a node's own reading is judged by as it is, though a small change isn't told`() {
        var description = TestNode("landing", sensors: ["top"]).core.description
        description.lights = ["window"]
        var node = TestNode("landing", sensors: ["top"])
        node.core = NodeCore(description)
        node.connect(at: at(0))
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(Self.zone, revision: 1), at: at(0))
        func zones(_ lux: Double, at seconds: Double) -> Int? {
            let said = node.core.handle(.light(sensor: "window", lux: lux, fault: nil), at: at(seconds))
            #expect(said.published(Self.window).count == (lux == 10.2 ? 1 : 0))
            let actions = node.motion(true, of: "top", at: at(seconds))
            node.motion(false, of: "top", at: at(seconds + 0.1))
            return actions.last(.sensor(node: "landing", sensor: "top"), as: SensorMessage.self)?.zones.count
        }
        #expect(zones(10.2, at: 10) == 0 && zones(9.9, at: 20) == 1)
    }

    @Test
    func `on a trigger wire, motion by day says nothing`() {
        var description = TestNode().core.description
        description.triggers = .wire
        description.lights = ["window"]
        var zone = stairs
        zone.onlyWhenDark = DarkLimit(sensor: "stair-01/window", lux: 10)
        var core = NodeCore(description)
        _ = core.handle(
            .remembered(
                topic: Topic.zoneConfiguration(zone: "stairs").name(site: home),
                payload: JSON.encode(ZoneMessage(zone, revision: 1))), at: at(0))
        func signals(_ event: NodeEvent, at seconds: Double) -> Int {
            core.handle(event, at: at(seconds)).count { if case .signal = $0 { true } else { false } }
        }
        _ = core.handle(.light(sensor: "window", lux: 100, fault: nil), at: at(1))
        #expect(signals(.motion(sensor: "bottom", seen: true), at: 2) == 0)
        #expect(signals(.motion(sensor: "bottom", seen: false), at: 3) == 0)
        _ = core.handle(.light(sensor: "window", lux: 1, fault: nil), at: at(4))
        #expect(signals(.motion(sensor: "bottom", seen: true), at: 5) == 1)
    }

    @Test
    func `a zone's limit goes by a message and comes back the same; what is no limit is refused`() throws {
        let message = ZoneMessage(Self.zone, revision: 1)
        #expect(try JSON.decode(ZoneMessage.self, from: JSON.encode(message)).zone == Self.zone)
        for text in [
            "{\"sensor\": \"window\", \"belowLux\": 10}", "{\"sensor\": \"a/b\", \"belowLux\": 0}",
            "{\"sensor\": \"a/b\", \"belowLux\": 1e9}", "{\"sensor\": \"a/b\"}",
        ] {
            let zone = "{\"bars\": [\"a\"], \"sensors\": {}, \"onlyWhenDark\": \(text)}"
            #expect(throws: MessageError.self) {
                try JSON.decode(ZoneMessage.self, from: Array(zone.utf8)).zone
            }
        }
    }
}
