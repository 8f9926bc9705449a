import Glibc
import MQTT
import Mesh
import Processes
import TestSupport
import Testing

@Suite struct GetTests {
    @Test func `shows zones, nodes, bars and sensors, and what is the matter`() async throws {
        try await Staircase.with(StaircasePlan(bars: 2)) { stairs in
            let all = try await stairs.footlight("get").succeeded()
            #expect(all.output.contains("1 zone, 3 nodes (3 online), 2 bars, 2 sensors"))
            #expect(!all.output.contains("\u{1b}") && !all.output.contains("!"))
            let nodes = try await stairs.footlight("get", "nodes").succeeded()
            #expect(nodes.output.split(separator: "\n").count == 4)
            #expect(nodes.output.contains("top (simulated)"))

            try await stairs.footlight("trigger", "stair-01/bottom").succeeded()
            struct Bar: Decodable {
                struct FirstLight: Decodable {
                    var zone: String
                    var deviationMilliseconds: Double
                }
                var bar: String
                var on: Bool
                var firstLight: FirstLight?
            }
            try await eventually(within: .seconds(5), "both bars tell of their first light") {
                let bars: [Bar] = try await stairs.footlight("get", "bars", "--json").json()
                return bars.map(\.bar) == ["stair-01/bar", "stair-02/bar"]
                    && bars.allSatisfy { $0.on && $0.firstLight?.zone == "stairs" }
            }
            struct Zone: Decodable {
                var zone: String
                var state: String?
                var reason: String?
            }
            let zones: [Zone] = try await stairs.footlight("get", "zones", "--json").json()
            #expect(zones.map(\.state) == ["on"] && zones.map(\.reason) == ["motion"])

            try stairs.agent("stair-02").signal(9)
            try await eventually(within: .seconds(10), "the loss is told of") {
                try await stairs.footlight("get").output.contains("! stair-02 is offline")
            }
            let bars = try await stairs.footlight("get", "bars").succeeded()
            #expect(bars.output.contains("stair-02/bar  offline"))
        }
    }

    @Test func `what can't be read is told of, and can't steer the terminal`() async throws {
        try await TestBroker.with { broker in
            let status = """
                {"state":"online","bootId":"\\u001b[2J","started":-9223372036854775808,"connection":1,"version":"\\u001b]0;x\\u0007",
                "bars":[],"sensors":[],"synchronised":false,"priority":0}
                """
            try await MQTTClient.withClient(MQTTConfiguration(addresses: [broker.address], clientID: "other")) {
                for (topic, text) in [
                    ("node/evil/status", status), ("node/mute/status", "{}"), ("zone/stairs/override", "[1]"),
                    ("config/zone/stairs", #"{"bars":["a"],"sensors":{},"holdSeconds":1e308}"#),
                    (
                        "node/evil/bar/bar",
                        #"{"on":true,"level":-7,"colour":"\u001b","firstLight":{"zone":"x","activation":1,"planned":9223372036854775807,"actual":-9223372036854775808}}"#
                    ),
                ] {
                    try await $0.publish(MQTTMessage(topic: "footlight/home/\(topic)", text: text, retain: true))
                }
            }
            let shell = try Shell(broker.address)
            let all = try await shell.footlight("get").succeeded()
            #expect(all.output.contains("! footlight/home/node/mute/status can't be read: "))
            #expect(all.output.contains("! footlight/home/config/zone/stairs can't be read: holdSeconds"))
            for kind in ["zones", "nodes", "bars", "sensors"] {
                let table = try await shell.footlight("get", kind).succeeded()
                #expect(!table.output.contains("\u{1b}"))
                try await shell.footlight("get", kind, "--json").succeeded()
            }
        }
    }

    @Test func `a zone whose nodes sleep is asleep, not lit and not without nodes`() async throws {
        try await TestBroker.with { broker in
            let shell = try Shell(broker.address, site: "home")
            try await shell.apply("site: home\nzones: {stairs: {bars: [a, b]}}\n").succeeded()
            let client = MQTTConfiguration(addresses: [broker.address], clientID: "sleepers")
            try await MQTTClient.withClient(client) {
                // Lit by a command: that is what they would show.
                let lit = #"{"issued":1,"ids":[],"zone":{"mode":"on","level":1,"start":1},"bars":{}}"#
                try await $0.publish(
                    MQTTMessage(topic: Topic.override(zone: "stairs").name(site: "home"), text: lit, retain: true))
                for node in ["a", "b"] {
                    let status = NodeStatus(
                        state: .sleeping, bootId: "x", started: 1, connection: 1, version: "1",
                        bars: [.init(name: "bar", channels: "white")], sensors: [], synchronised: false, priority: 0)
                    try await $0.publish(
                        MQTTMessage(
                            topic: Topic.status(node: node).name(site: "home"), payload: JSON.encode(status),
                            retain: true))
                }
            }
            let all = try await shell.footlight("get").succeeded()
            #expect(all.output.contains("stairs  asleep") && !all.output.contains("no node online"), "\(all.output)")
            let watch = try ChildProcess(
                try Programs.path("footlight"), ["watch"], environment: shell.environment)
            defer { watch.signal(SIGKILL) }
            try await onThread { try watch.waitForOutput("stairs asleep\n") }
        }
    }

    @Test func `the only site is found, several are listed, none is told of`() async throws {
        try await TestBroker.with { broker in
            let shell = try Shell(broker.address)
            let none = try await shell.footlight("get")
            #expect(none.code == 69 && none.error.contains("knows of no site"))
            try await shell.apply("site: home\nzones: {stairs: {bars: [a]}}\n").succeeded()
            let one = try await shell.footlight("get").succeeded()
            #expect(one.output.contains("home at ") && one.output.contains("zone stairs: never heard of a"))
            try await shell.apply("site: away\nzones: {stairs: {bars: [a]}}\n").succeeded()
            let several = try await shell.footlight("get", "zones")
            #expect(several.code == 64 && several.error.contains("several sites: away, home; name one with --site"))
            try await shell.footlight("get", "--site", "away").succeeded()
        }
    }

    @Test(arguments: [
        ["health"], ["health", "--json"], ["health", "--watch"], ["get"], ["get", "nodes"], ["sync"], ["watch"],
        ["on", "--all"], ["identify", "a"], ["forget", "a"], ["fleet", "describe"], ["fleet", "activities"],
        ["fleet", "scheduled-actions"], ["fleet", "refresh", "status"], ["fleet", "sleep", "stairs"],
    ])
    func `a site that nobody knows is an error, and the one that was meant is named`(arguments: [String]) async throws {
        try await TestBroker.with { broker in
            let shell = try Shell(broker.address)
            try await shell.apply("site: home\nzones: {stairs: {bars: [a]}}\n").succeeded()
            let result = try await CommandResult.footlight(
                arguments + ["--site", "hoem"], environment: shell.environment)
            #expect(result.code == 64 && result.output.isEmpty, "\(result)")
            #expect(
                result.error.contains("knows of no site \"hoem\"; did you mean home?; name one with --site"),
                "\(result.error)")
        }
    }

    @Test(arguments: [
        ["get"], ["apply", "FILE"], ["diff", "FILE"], ["on", "stairs"], ["off", "stairs"], ["auto", "stairs"],
        ["trigger", "a/b"], ["identify", "a"], ["restart", "a"],
    ])
    func `without a broker every command says so`(arguments: [String]) async throws {
        let folder = try TemporaryFolder("nothing")
        let file = try folder.write("site: home\nzones: {stairs: {bars: [a]}}\n", to: "site.yaml")
        let arguments = arguments.map { $0 == "FILE" ? file : $0 } + ["--broker", "mqtt://127.0.0.1:1"]
        let result = try await CommandResult.footlight(arguments)
        #expect(result.code == 69)
        #expect(result.error.contains("no broker at mqtt://127.0.0.1:1 (connection refused)"), "\(result.error)")
    }

    @Test(arguments: ["apply", "diff", "get", "on", "off", "auto", "trigger", "identify", "restart"])
    func `every command shows examples that name it`(command: String) async throws {
        let help = try await CommandResult.footlight([command, "--help"]).succeeded()
        #expect(help.output.contains("EXAMPLES\n  footlight \(command)"))
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `shells get their completions`(shell: String) async throws {
        let script = try await CommandResult.footlight(["--generate-completion-script", shell]).succeeded()
        #expect(script.output.contains("identify"))
    }
}
