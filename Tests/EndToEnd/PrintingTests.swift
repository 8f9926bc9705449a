import Lighting
import MQTT
import Mesh
import Processes
import TestSupport
import Testing

@testable import footlight

/// What strangers wrote is shown, and does nothing: to a terminal, or to whoever reads a line from left to right.
@Suite struct PrintingTests {
    /// A colour, a line that turns round, a bell, a line of its own, what deletes, and one byte that begins a sequence.
    private static let evil = "\u{1b}[31mred\u{202e}dne\u{7}\nforged\u{7f}\u{9b}1m\u{2066}."

    /// Nobody sees these, or a terminal acts upon them.
    private static func hidden(in text: String) -> [String] {
        text.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control: scalar != "\n"
            case .format, .lineSeparator, .paragraphSeparator: true
            default: false
            }
        }.map { $0.escaped(asASCII: true) }
    }

    @Test func `a line shows what hides in a text that is put in, whatever way`() {
        let line: StyledLine = "\(Self.evil) \(Style.red.paint(Self.evil, if: true))"
        let shown = #"\u{1B}[31mred\u{202E}dne\u{07}\nforged\u{7F}\u{009B}1m\u{2066}."#
        #expect(Printable.text(Self.evil) == shown)
        #expect(line.written == "\(shown) \u{1b}[31m\(shown)\u{1b}[0m")
        #expect(StyledLine(Self.evil).written == shown)
        #expect(Printable.lines("a\n\u{1b}\r\nb") == "a\n\\u{1B}\\r\nb")
        #expect(Wrapping.wrap(Self.evil, margin: "  ").written == shown)
        var table = Table([Self.evil])
        table.add([Table.Cell(Self.evil)])
        #expect(table.lines(columns: nil, colourful: false).map(\.written) == [shown, shown])
    }

    @Test func `JSON says the same, and shows it`() throws {
        let text = Printable.json("{\n  \"a\": \"\u{202e}\u{7f}\u{e0041}é\"\n}\n")
        #expect(text == "{\n  \"a\": \"\\u202e\\u007f\\udb40\\udc41é\"\n}\n")
        #expect(try JSON.decode([String: String].self, from: Array(text.utf8)) == ["a": "\u{202e}\u{7f}\u{e0041}é"])
    }

    /// Commands that show what a broker has, and what of it that must be seen in each.
    private static let commands: [([String], String)] = [
        (["get"], #"\u{1B}[31mred"#), (["get", "zones"], "stairs"), (["get", "nodes"], #"\u{1B}[31mred"#),
        (["get", "bars"], #"\u{1B}[31mred"#), (["get", "sensors"], #"\u{1B}[31mred"#),
        (["get", "--json"], #"\u001b[31mred\u202e"#), (["get", "nodes", "--json"], #"\u001b[31mred\u202e"#),
        (["sync"], #"\u{1B}[31mred"#), (["sync", "--json"], #"\u001b[31mred\u202e"#),
        (["health"], #"\u{1B}[31mred"#), (["health", "--json"], #"\u001b[31mred\u202e"#),
        (["fleet", "describe"], #"\u{1B}[31mred"#), (["fleet", "describe", "--json"], #"\u001b[31mred\u202e"#),
        (["fleet", "activities"], #"\u{1B}[31mred"#), (["fleet", "activities", "--json"], #"\u001b[31mred\u202e"#),
        (["fleet", "refresh", "status"], #"\u{1B}[31mred"#),
        (["fleet", "scheduled-actions"], #"\u{1B}[31mred"#),
    ]

    @Test func `each command that shows what a broker keeps shows what hides in it`() async throws {
        try await TestBroker.with { broker in
            let shell = try Shell(broker.address, site: "home")
            try await Self.fill(broker)
            for (arguments, expected) in Self.commands {
                let result = try await CommandResult.footlight(arguments, environment: shell.environment)
                #expect(Self.hidden(in: result.output + result.error).isEmpty, "\(result)")
                #expect(result.output.contains(expected), "\(result)")
            }
            for command in ["diff", "apply"] {
                let text = "site: home\nzones: {stairs: {bars: [stair-01], hold: 30s}}\n"
                let result = try await shell.apply(text, command: command, "--json")
                #expect(Self.hidden(in: result.output + result.error).isEmpty, "\(result)")
            }
            for arguments in [["watch"], ["health", "--watch"]] {
                let child = try ChildProcess(
                    try Programs.path("footlight"), arguments, environment: shell.environment)
                defer { child.signal(9) }
                try await onThread { try child.waitForOutput("stairs", within: .seconds(10)) }
                #expect(Self.hidden(in: child.output).isEmpty, "\(child.output)")
            }
        }
    }

    /// A site whose every text that may be anything is evil.
    private static func fill(_ broker: TestBroker) async throws {
        let evil = String(decoding: JSON.encode(evil), as: UTF8.self)
        let now = MeshInstant.now.nanoseconds
        let stamp = #""stamp":{"term":1,"revision":1}"#
        let activity = """
            {"id":"a","kind":"replacement","node":"stair-01","cause":\(evil),"began":\(now),"status":"InProgress",\
            "step":"replace","detail":\(evil),"version":\(evil)}
            """
        let refresh = """
            {"id":"r","status":"Failed","version":\(evil),"preferences":{},"began":\(now),"reason":\(evil),\
            "previous":{},"updated":[],"skipped":[],"touched":[],"checkpoints":0}
            """
        let kept: [(topic: String, payload: String)] = [
            (
                "node/stair-01/status",
                """
                {"state":"online","bootId":\(evil),"started":\(now),"connection":1,"version":\(evil),\
                "bars":[{"name":"bar","channels":\(evil)}],"sensors":[{"name":"bottom","driver":\(evil)}],\
                "synchronised":true,"priority":5}
                """
            ),
            ("config/site", #"{"revision":1,"zones":["stairs"]}"#),
            ("config/zone/stairs", #"{"bars":["stair-01"],"sensors":{"stair-01/bottom":"first"}}"#),
            ("config/zone/hall", #"{"bars":[\#(evil)],"sensors":{}}"#),
            ("node/stair-01/bar/bar", #"{"on":true,"level":1,"colour":\#(evil),"failed":\#(evil)}"#),
            (
                "node/stair-01/sensor/bottom",
                #"{"motion":false,"lastEdge":1,"lastMotion":1,"zones":{},"failed":\#(evil)}"#
            ),
            (
                "node/stair-01/health",
                """
                {"at":\(now),"uptimeSeconds":1,"checks":[{"check":\(evil),"healthy":false,"value":1,"unit":\(evil),\
                "detail":\(evil)},{"check":"clock","healthy":true,"value":1,"unit":"ms","detail":\(evil)}]}
                """
            ),
            ("zone/stairs/state", #"{"reason":\#(evil),"state":\#(evil)}"#),
            ("zone/stairs/override", #"{"issued":1,"ids":[],"bars":{\#(evil):5}}"#),
            (
                "fleet/agent/fleet-a",
                """
                {"online":true,"bootId":"b","version":\(evil),"beat":1,"leads":true,"term":1,"priority":5,\
                "problem":\(evil)}
                """
            ),
            (
                "fleet/node/stair-01",
                """
                {\(stamp),"healthStatus":"Unhealthy","lifecycleState":"InService","since":\(now),"cause":\(evil),\
                "setByOperator":false,"groups":["stairs"],"isSpare":false,"tried":[],"triedAt":0,"formerPlaces":[]}
                """
            ),
            (
                "fleet/group/stairs",
                """
                {\(stamp),"minSize":1,"maxSize":1,"desiredCapacity":1,"inService":1,"healthy":0,\
                "unhealthy":[\(evil)],"unhealthyCount":1,"pending":[],"pendingCount":0,"standby":[],"standbyCount":0,\
                "vacant":[\(evil)],"vacantCount":1,"sleeping":false,"holding":\(evil),"attention":\(evil),\
                "suspendedProcesses":[],"scheduledActions":[{"name":\(evil),"action":"sleep","recurrence":\(evil),\
                "timeZone":\(evil)}],"activities":[\(activity)],"refresh":\(refresh)}
                """
            ),
        ]
        let configuration = MQTTConfiguration(addresses: [broker.address], clientID: "stranger")
        try await MQTTClient.withClient(configuration) { client in
            for (topic, payload) in kept {
                try await client.publish(
                    MQTTMessage(topic: "footlight/home/\(topic)", payload: Array(payload.utf8), retain: true))
            }
        }
    }

    @Test func `topologies and logs of strangers are shown likewise`() async throws {
        let folder = try TemporaryFolder("printing")
        let yaml = #""\e[31mred\u202e\a.""#
        let template = try folder.write(
            """
            Resources:
              \(yaml): {Type: AWS::EC2::VPC, Properties: {CidrBlock: \(yaml)}}
              Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: \(yaml), MultiAZ: false}}

            """, to: "template.yaml")
        let own = try folder.write("zones: [a]\naddresses: {vpc: \(yaml)}\n", to: "own.yaml")
        let log = try folder.write("2010-11-04 00:03:50 M\u{1b}[31m ON\n\u{9b}\u{202e}\n", to: "log.txt")
        let calls = [
            ["topology", "lint", template], ["topology", "lint", template, "--format", "json"],
            ["topology", "lint", template, "--format", "sarif"], ["topology", "lint", own], ["topology", "cost", own],
            ["topology", "addresses", own], ["topology", "render", own, "--format", "markdown"],
            ["topology", "diff", own, own], ["topology", "migrate", own, own],
            ["topology", "simulate", "outage", own], ["replay", log], ["replay", log, "--json"],
        ]
        for arguments in calls {
            let result = try await CommandResult.footlight(arguments)
            #expect(!(result.output + result.error).isEmpty, "\(result)")
            #expect(Self.hidden(in: result.output + result.error).isEmpty, "\(result)")
        }
    }
}
