import Lighting
import Testing

@testable import Mesh

/// What the fuzz begins with, and what it looks at.
enum Fuzz {
    /// Instants at which messages come: a plain one first, then odd ones.
    static let instants: [MeshInstant] =
        [at(10), at(9.999_999_999), at(75), at(86_400)]
        + [
            0, -1, 1, 999_999_999, -86_400_000_000_000, 4_102_444_800_000_000_000, 4_102_444_799_999_999_999, .max,
            .max - 1, .min, .min + 1, 9_000_000_000_000_000_000,
        ].map { MeshInstant(nanoseconds: $0) }

    /// A message of every kind, all of it said.
    static let messages: [(topic: Topic, good: Tree)] = {
        var override = OverrideMessage()
        let on = ZoneCommand.Mode.on(brightness: Lightness(0.5), colour: .rgb(red: 255, green: 136, blue: 0))
        override.take(
            ZoneCommand(mode: on, ending: .after(.seconds(60)), ease: .seconds(1), id: "x"), at: at(9), lead: .zero)
        override.take(ZoneCommand(mode: .off, ending: .absence(.visit)), at: at(9.2), lead: .milliseconds(30))
        override.take(ZoneCommand(mode: .off, bar: "stair-02", ending: .after(.seconds(9))), at: at(9.5), lead: .zero)
        override.take(ZoneCommand(mode: on, flash: .seconds(2)), at: at(9.6), lead: .zero)
        let register = SensorRegister(
            start: at(8), origin: "stair-01/bottom", firstMotion: at(8.5), lead: .milliseconds(5), lastEdge: at(9),
            lastMotion: at(9.5), motion: true, hold: .seconds(60))
        func sensor(_ registers: [String: SensorRegister]) -> SensorMessage {
            SensorMessage(motion: true, lastEdge: at(9), lastMotion: at(9.5), failed: nil, registers: registers)
        }
        let status = NodeStatus(
            state: .online, bootId: "b", started: at(0).nanoseconds, connection: 3, version: "1",
            bars: [.init(name: "bar", channels: "rgb")], sensors: [.init(name: "top", driver: "mqtt")],
            synchronised: true, priority: 7)
        let command = """
            {"state":"on","level":0.4,"colour":"2200K","bar":"stair-01","forSeconds":60,"easeSeconds":1,"id":"c"}
            """
        let ofHomeAssistant = """
            {"state":"ON","brightness":128,"color":{"r":255,"g":10,"b":0},"color_temp":370,"transition":2,"effect":"x"}
            """
        let action = ActionMessage(
            action: "trigger", id: "t", expires: at(1000).nanoseconds, sensor: "bottom", seconds: 3)
        func tree(_ bytes: [UInt8]) -> Tree {
            guard let tree = try? JSON.decode(Tree.self, from: bytes) else { fatalError("not JSON") }
            return tree
        }
        func of(_ message: some Encodable) -> Tree { tree(JSON.encode(message)) }
        return [
            (.siteConfiguration, of(SiteMessage(revision: 2, zones: ["stairs", "hall"], timeZone: "Europe/Rome"))),
            (.zoneConfiguration(zone: "stairs"), of(ZoneMessage(everything, revision: 2))),
            (.zoneConfiguration(zone: "stairs"), of(ZoneMessage(positions, revision: 2))),
            (.zoneConfiguration(zone: "new"), of(ZoneMessage(everything, revision: 2))),
            (.status(node: "stair-02"), of(status)), (.status(node: "stair-01"), of(status)),
            (.status(node: "unheard-of"), of(status)),
            (.sensor(node: "landing", sensor: "top"), of(sensor(["stairs": register, "hall": register]))),
            (.sensor(node: "stair-01", sensor: "bottom"), of(sensor(["stairs": register]))),
            (.override(zone: "stairs"), of(override)), (.set(zone: "stairs"), tree(Array(command.utf8))),
            (.set(zone: "stairs"), tree(Array(ofHomeAssistant.utf8))), (.action(node: "stair-01"), of(action)),
            (.delivery(node: "stair-02"), of(DeliveryMessage(.milliseconds(3), samples: 9, heldBack: 0.5))),
            (.light(node: "landing", light: "window"), of(LightMessage(lux: 12))),
            (
                .nodeConfiguration(node: "stair-01"),
                of(
                    PlacesMessage(
                        revision: 3, bars: ["bar": "stair-03/bar"], sensors: ["bottom": "landing/top"],
                        sleepUntil: at(3600).nanoseconds))
            ),
        ]
    }()

    private static let everything = Zone(
        bars: ["stair-01", "stair-02", "stair-03/bar"],
        sensors: ["stair-01/bottom": .first, "landing/top": .last, "hall/door": .bar("stair-02")], hold: .seconds(30),
        look: Look(brightness: Lightness(0.6), easeIn: .seconds(1), curve: .sine),
        wave: Wave(delay: .seconds(5), order: .random, off: .reverse),
        profile: Profile([
            .init(from: TimeOfDay(text: "06:30")!), .init(from: TimeOfDay(text: "22:00")!, brightness: Lightness(0.1)),
        ]), lead: .milliseconds(20))
    private static let positions = Zone(
        bars: everything.bars, sensors: everything.sensors, wave: Wave(order: .positions([0, 10_000, 1])))

    /// Nodes in several conditions: dark, lit by motion, lit by command, with two zones, without bars, without zones.
    static func starts() -> [TestNode] {
        let hall = Zone(bars: ["stair-01/bar"], sensors: ["landing/top": .first])
        let dark = TestNode.atWork(zones: ["stairs": stairs, "hall": hall])
        var lit = dark
        lit.motion(true, at: at(9))
        var commanded = lit
        commanded.hear(.set(zone: "stairs"), text: "on", at: at(9.5))
        let sensorOnly = TestNode.atWork(bars: [])
        var fresh = TestNode()
        fresh.connect(at: at(9))
        var profiled = dark
        profiled.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(everything, revision: 2), at: at(8))
        profiled.motion(true, at: at(9))
        return [dark, lit, commanded, sensorOnly, fresh, profiled]
    }

    /// All that a refused message must leave as it was.
    struct Picture: Equatable {
        var lights: [[Light]]
        var zones: [String: [UInt8]]
        var registers: [String: [String: SensorRegister]]
        var overrides: [String: OverrideMessage]
        var statuses: [String: NodeStatus]
        var site: SiteMessage?
        var own: [SensorMessage]
        var subscribed: Set<String>

        init(_ node: TestNode, at now: MeshInstant) {
            var core = node.core
            lights = [Duration.zero, .seconds(1), .seconds(3600)].map { later in
                _ = core.draw(at: now + later, interval: .milliseconds(10))
                return core.bars.indices.map { core.light(ofBar: $0) }
            }
            zones = core.zones.mapValues(\.configuration)
            registers = core.zones.mapValues(\.registers)
            overrides = core.zones.mapValues(\.override)
            statuses = core.presence.all
            site = core.site
            own = core.sensors.map { $0.message(unsynchronised: false) }
            subscribed = core.filters.told
        }
    }

    /// What may come of a message that was refused: a line in the log, the node's own word, an answer.
    static func isHarmless(_ action: NodeAction) -> Bool {
        switch action {
        case .log: true
        case .publish(let publication):
            publication.topic.hasPrefix("footlight/home/node/stair-01/")
                || publication.topic == "footlight/home/zone/stairs/result"
        default: false
        }
    }

    /// The node goes on from where it is: it is asked for frames, instants and its health, and told of the time.
    static func live(_ node: TestNode, at now: MeshInstant) {
        var core = node.core
        let next = core.nextDue(after: now) ?? now
        for instant in [now, next, next + .milliseconds(10)] {
            _ = core.handle(.tick, at: instant)
            _ = core.draw(at: instant, interval: .milliseconds(10))
            core.written(at: instant)
        }
        _ = core.handle(.motion(sensor: "bottom", seen: true), at: next)
        _ = core.health(at: next, checks: [])
        _ = core.restsAt
    }

    /// What is kept of messages has a limit.
    static func expectBounded(_ node: TestNode) {
        let core = node.core
        #expect(core.zones.count <= NodeCore.maximumZones)
        #expect(core.presence.all.count <= 1000 && core.taken.recent.count <= 32)
        #expect((core.refusals.last(at: .distantPast, keeps: { _ in true }) ?? "").utf8.count <= 1024)
        #expect(core.health(at: at(0), checks: []).payload.count < 65_536)
    }
}
