import Glibc
import Lighting
import MQTT
import Mesh
import Processes
import TestSupport
import Testing

@Suite struct ApplyTests {
    private static let two = """
        site: home
        zones:
          hall:
            bars: [hall-01]
            hold: 30s
          stairs:
            bars: [stair-01, stair-02]
            sensors: {stair-01/bottom: first}

        """

    @Test func `publishes each zone and the site, and then finds nothing to do`() async throws {
        try await TestBroker.with { broker in
            let shell = try Shell(broker.address)
            let first = try await shell.apply(Self.two).succeeded()
            #expect(first.output.contains("+ hall: 1 bar, 0 sensors, hold 30s\n"))
            #expect(first.output.contains("2 zones published, and read back"))
            #expect(first.error.contains("stairs: stair-02 is not online (yet)"))
            let kept = try await Retained.read(broker.address, site: "home")
            #expect(kept.keys.sorted() == ["config/site", "config/zone/hall", "config/zone/stairs"])
            let site = try JSON.decode(SiteMessage.self, from: Array((kept["config/site"] ?? "").utf8))
            #expect(site.zones == ["hall", "stairs"])

            let second = try await shell.apply(Self.two).succeeded()
            #expect(second.output.contains("= stairs: unchanged\n"))
            #expect(try await Retained.read(broker.address, site: "home") == kept)
            let same = try await shell.apply(Self.two, command: "diff")
            #expect(same.code == 0 && same.output.isEmpty)

            try await shell.apply(Self.two, "--force").succeeded()
            let forced = try await Retained.read(broker.address, site: "home")
            for topic in kept.keys { #expect(forced[topic] != kept[topic]) }
        }
    }

    @Test func `a place that a spare fills is as the file says: there is nothing to do, and nobody is missed`()
        async throws
    {
        try await TestBroker.with { broker in
            let shell = try Shell(broker.address)
            try await shell.apply(Self.two).succeeded()
            let client = MQTTConfiguration(addresses: [broker.address], clientID: "replaces")
            try await MQTTClient.withClient(client) { client in
                for (node, bars, sensors) in [
                    ("stair-01", #"{"bar":""}"#, #"{"bottom":""}"#),
                    ("spare-01", #"{"left":"stair-01"}"#, #"{"eye":"stair-01/bottom"}"#),
                ] {
                    try await client.publish(
                        MQTTMessage(
                            topic: Topic.nodeConfiguration(node: node).name(site: "home"),
                            text: #"{"revision":7,"bars":\#(bars),"sensors":\#(sensors)}"#, retain: true))
                }
                for (node, state, bar, sensor) in [
                    ("stair-01", NodeStatus.State.offline, "bar", "bottom"), ("spare-01", .online, "left", "eye"),
                    ("stair-02", .online, "bar", "bottom"), ("hall-01", .online, "bar", "bottom"),
                ] {
                    let status = NodeStatus(
                        state: state, bootId: "b", started: 1, connection: 1, version: "1",
                        bars: [.init(name: bar, channels: "white")], sensors: [.init(name: sensor, driver: "gpio")],
                        synchronised: false, priority: 0)
                    try await client.publish(
                        MQTTMessage(
                            topic: Topic.status(node: node).name(site: "home"), payload: JSON.encode(status),
                            retain: true))
                }
            }
            let same = try await shell.apply(Self.two, command: "diff")
            #expect(same.code == 0 && same.output.isEmpty, "\(same.output)")
            let again = try await shell.apply(Self.two, "--no-wait").succeeded()
            #expect(again.output.contains("Site home is as the file says."), "\(again.output)")
            #expect(!again.error.contains("stair-01"), "\(again.error)")
        }
    }

    @Test func `diff tells of every field, and apply does what it said`() async throws {
        try await TestBroker.with { broker in
            let shell = try Shell(broker.address)
            try await shell.apply(Self.two).succeeded()
            let changed = """
                site: home
                timeZone: Europe/Rome
                zones:
                  attic: {bars: [attic-01]}
                  stairs:
                    bars: [stair-01, stair-02, stair-03]
                    sensors: {stair-01/bottom: last}
                    hold: 90s
                    look: {colour: 2200K}
                    wave: {delay: 100ms}

                """
            let diff = try await shell.apply(changed, command: "diff")
            #expect(diff.code == 1)
            #expect(
                diff.output == """
                    + attic: 1 bar, 0 sensors, hold 60s
                    - hall
                    ~ stairs.bars: + stair-03
                    ~ stairs.sensors.stair-01/bottom: first → last
                    ~ stairs.hold: 60s → 90s
                    ~ stairs.look.colour: 2700K → 2200K
                    ~ stairs.wave.delay: – → 100ms
                    ~ stairs.wave.order: – → fromSensor
                    ~ stairs.wave.off: – → follow
                    ~ site.timeZone: – → Europe/Rome

                    """)
            struct Report: Decodable {
                struct Zone: Decodable {
                    var zone: String
                    var change: String
                }
                var zones: [Zone]
            }
            let report: Report = try await shell.apply(changed, command: "diff", "--json").json()
            #expect(
                report.zones.map { "\($0.zone) \($0.change)" } == ["attic added", "hall removed", "stairs changed"])
            let before = try await Retained.read(broker.address, site: "home")
            let dry = try await shell.apply(changed, "--dry-run").succeeded()
            #expect(dry.output.hasPrefix(diff.output))
            #expect(try await Retained.read(broker.address, site: "home") == before)

            try await shell.apply(changed).succeeded()
            let kept = try await Retained.read(broker.address, site: "home")
            #expect(kept.keys.sorted() == ["config/site", "config/zone/attic", "config/zone/stairs"])
            #expect(try await shell.apply(changed, command: "diff").code == 0)
        }
    }

    @Test func `a file with faults names them all and publishes nothing`() async throws {
        try await TestBroker.with { broker in
            let shell = try Shell(broker.address)
            let result = try await shell.apply(
                "site: home\nzones:\n  good: {bars: [a]}\n  bad: {bars: [B], hold: 3s}\n")
            #expect(result.code == 65)
            #expect(result.output.isEmpty)
            let lines = result.error.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines.allSatisfy { $0.contains("site.yaml:4:") && $0.contains("zones.bad.") })
            #expect(try await Retained.read(broker.address, site: "home").isEmpty)
            let missing = try await shell.footlight("apply", "/tmp/there/is/none.yaml")
            #expect(missing.code == 65 && missing.error.contains("can't be opened"))
        }
    }

    @Test func `a zone too large for a message keeps the others from being published, too`() async throws {
        try await TestBroker.with { broker in
            let shell = try Shell(broker.address)
            let bars = (0..<9000).map { "a-node-of-a-long-name-\($0)" }.joined(separator: ", ")
            let result = try await shell.apply("site: home\nzones: {a: {bars: [b]}, z: {bars: [\(bars)]}}\n")
            #expect(result.code == 65 && result.error.contains("config/zone/z"))
            #expect(try await Retained.read(broker.address, site: "home").isEmpty)
        }
    }

    @Test func `another site with the same names is left alone`() async throws {
        try await TestBroker.with { broker in
            let shell = try Shell(broker.address)
            let other = Self.two.replacing("site: home", with: "site: away")
            try await shell.apply(other).succeeded()
            let kept = try await Retained.read(broker.address, site: "away")
            try await shell.apply(Self.two).succeeded()
            try await shell.apply("site: home\nzones: {stairs: {bars: [stair-09]}}\n").succeeded()
            #expect(try await Retained.read(broker.address, site: "away") == kept)
            let wrong = try await shell.apply(Self.two, "--site", "away")
            #expect(wrong.code == 64 && wrong.error.contains("the file describes site \"home\""))
        }
    }

    @Test func `what others published is overruled: unreadable, or of a revision in the future`() async throws {
        try await TestBroker.with { broker in
            let shell = try Shell(broker.address)
            let future: Int64 = 4_000_000_000_000_000_000
            try await MQTTClient.withClient(MQTTConfiguration(addresses: [broker.address], clientID: "other")) {
                try await $0.publish(
                    MQTTMessage(topic: "footlight/home/config/zone/hall", text: "nonsense", retain: true))
                try await $0.publish(
                    MQTTMessage(
                        topic: "footlight/home/config/zone/stairs",
                        text: #"{"bars":["stair-07"],"sensors":{},"revision":\#(future)}"#, retain: true))
                try await $0.publish(
                    MQTTMessage(
                        topic: "footlight/home/config/site", text: #"{"zones":[],"revision":\#(future + 5)}"#,
                        retain: true))
            }
            let result = try await shell.apply(Self.two).succeeded()
            #expect(result.output.contains("~ hall.configuration: was unreadable"))
            #expect(result.output.contains("~ stairs.bars: + stair-01, + stair-02, - stair-07"))
            let kept = try await Retained.read(broker.address, site: "home")
            let stairs = try JSON.decode(ZoneMessage.self, from: Array((kept["config/zone/stairs"] ?? "").utf8))
            #expect(stairs.revision == future + 6)
            // Else a node that hears of the zone before it hears the list takes it for one that was removed.
            let hall = try JSON.decode(ZoneMessage.self, from: Array((kept["config/zone/hall"] ?? "").utf8))
            #expect(hall.revision == future + 6)
            #expect(try await shell.apply(Self.two, command: "diff").code == 0)
        }
    }

    @Test(arguments: [MeshInstant.distantFuture.nanoseconds - 1, MeshInstant.distantFuture.nanoseconds, .max])
    func `a revision at the end of time is overruled, and nodes take what does`(revision: Int64) async throws {
        try await Staircase.with(StaircasePlan(bars: 2)) { stairs in
            let topic = "footlight/\(stairs.plan.site)/config/zone/stairs"
            try await stairs.client.publish(
                MQTTMessage(
                    topic: topic, text: #"{"bars":["stair-01"],"sensors":{},"revision":\#(revision)}"#, retain: true))
            let result = try await stairs.footlight("apply", "\(stairs.folder.path)/site.yaml").succeeded()
            let changes = ["~ stairs.bars: + stair-02", "~ stairs.configuration: was unreadable"]
            #expect(changes.contains { result.output.contains($0) }, "\(result.output)\(result.error)")
            #expect(result.error.isEmpty)
            let again = try await stairs.footlight("apply", "\(stairs.folder.path)/site.yaml").succeeded()
            #expect(again.output.contains("is as the file says"))
        }
    }

    @Test func `a node that is there and hasn't taken up what was published is named, with the reason`() async throws {
        try await Staircase.with(StaircasePlan(bars: 2)) { stairs in
            try stairs.agent("stair-02").signal(SIGSTOP)
            let site = "site: home\nzones: {stairs: {bars: [stair-01, stair-02], hold: 7s}}\n"
            let file = try stairs.folder.write(site, to: "changed.yaml")
            let quick = try await stairs.footlight("apply", file, "--no-wait").succeeded()
            #expect(quick.output.contains("~ stairs.hold:"))
            let result = try await stairs.footlight("apply", file)
            #expect(result.code == 1)
            #expect(result.error.contains("waiting for 1 node to take it up: stair-02"))
            #expect(
                result.error.contains("stair-02 hasn't taken up the site: no report came from it"), "\(result.error)")
            #expect(!result.error.contains("stair-01"))
            try stairs.agent("stair-02").signal(SIGCONT)
            let later = try await stairs.footlight("apply", file).succeeded()
            #expect(later.output.contains("is as the file says"))
        }
    }

    @Test func `a zone goes with all that its keeper said of it`() async throws {
        try await Staircase.with(StaircasePlan(bars: 2)) { stairs in
            try await stairs.footlight("on", "stairs").succeeded()
            try await eventually(within: .seconds(5), "the keeper tells of the zone") {
                try await stairs.retained()["zone/stairs/state"]?.contains("\"ON\"") == true
            }
            try await stairs.apply("site: home\nzones: {landing: {bars: [stair-02]}}\n")
            let kept = try await stairs.retained().keys.filter { !$0.hasPrefix("node/") }
            #expect(Set(kept).isDisjoint(with: ["config/zone/stairs", "zone/stairs/override", "zone/stairs/state"]))
            // And its bars go dark.
            try await stairs.frames(of: "stair-01", "dark") { $0.last?.isDark == true }
        }
    }

    @Test func `a broker that lets nobody write is told of with exit code 77`() async throws {
        let folder = try TemporaryFolder("access")
        let list = try folder.write("topic read footlight/#\ntopic readwrite footlight-echo/#\n", to: "access")
        try await TestBroker.with(extra: "acl_file \(list)") { broker in
            let result = try await Shell(broker.address).apply(Self.two)
            #expect(result.code == 77, "\(result.output)\(result.error)")
            #expect(try await Retained.read(broker.address, site: "home").isEmpty)
        }
    }
}
