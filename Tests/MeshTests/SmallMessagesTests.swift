import Lighting
import Testing

@testable import Mesh

@Suite struct SmallMessagesTests {
    @Test func `a sensor's registers go through a message unchanged`() throws {
        let register = SensorRegister(
            start: at(1), origin: "a/b", firstMotion: at(2), lead: .milliseconds(20), lastEdge: at(3),
            lastMotion: at(4), motion: true, hold: .seconds(20))
        let message = SensorMessage(
            motion: true, lastEdge: at(3), lastMotion: at(4), failed: nil, registers: ["stairs": register])
        let read = try JSON.decode(SensorMessage.self, from: JSON.encode(message))
        #expect(read == message)
        #expect(try read.registers(at: at(4)) == ["stairs": register])
        var failed = read
        failed.failed = "stuck"
        // What it saw before it failed holds; one that is stuck takes it back itself.
        #expect(try failed.registers(at: at(4)) == read.registers(at: at(4)))
    }

    static let sensorRefusals: [(String, String)] = [
        (#"{"motion":1,"lastEdge":0,"lastMotion":0,"zones":{}}"#, "motion | is not true or false"),
        (#"{"motion":true,"lastMotion":0,"zones":{}}"#, "lastEdge | is missing"),
        (#"{"motion":true,"lastEdge":-1,"lastMotion":0,"zones":{}}"#, "lastEdge | -1 is not within"),
        (#"{"motion":true,"lastEdge":0,"lastMotion":61000000001,"zones":{}}"#, "lastMotion | 61.000000001 lies more"),
        (#"{"motion":true,"lastEdge":62000000000,"lastMotion":0,"zones":{}}"#, "lastEdge | 62.000000000 lies more"),
        (part(name: "Z"), "zones.Z | is not 1 to 64 of a-z, 0-9 and -"),
        (part(origin: "a"), "zones.z.origin | is not node/sensor"),
        (part(start: "2"), "zones.z | start, firstMotion and lastMotion are not in this order"),
        (part(first: "900000000000"), "zones.z | start, firstMotion and lastMotion are not in this order"),
        (part(start: "-9223372036854775808"), "zones.z.start | -9223372036854775808 is not within"),
        (part(lead: "1.5"), "zones.z.leadSeconds | 1.5 is not within 0.0…1.0"),
        (part(lead: "null"), "zones.z.leadSeconds | is not a number"),
        (part(lead: "0,\"holdSeconds\":4"), "zones.z.holdSeconds | 4.0 is not within 5.0…3600.0"),
    ]

    static func part(
        name: String = "z", start: String = "0", origin: String = "a/b", first: String = "1", lead: String = "0"
    ) -> String {
        """
        {"motion":true,"lastEdge":1,"lastMotion":1,"zones":{"\(name)":\
        {"start":\(start),"origin":"\(origin)","firstMotion":\(first),"leadSeconds":\(lead)}}}
        """
    }

    @Test(arguments: sensorRefusals)
    func `what is wrong with a register is refused with its field`(text: String, expected: String) {
        let found = refusal { () throws(MessageError) in
            _ = try JSON.decode(SensorMessage.self, from: Array(text.utf8))
                .registers(at: MeshInstant(nanoseconds: 1_000_000_000))
        }
        #expect(found.hasPrefix(expected), "\(text): \(found)")
    }

    @Test func `a site names its zones and its time zone`() throws {
        let site = SiteMessage(revision: 1, zones: ["a", "b"], timeZone: "America/Argentina/Buenos_Aires")
        #expect(try JSON.decode(SiteMessage.self, from: JSON.encode(site)) == site)
        for (text, expected) in [
            (#"{"zones":[]}"#, "revision | is missing"), (#"{"revision":1,"zones":[1]}"#, "zones.[0] | is not a text"),
            (#"{"revision":1,"zones":["a/b"]}"#, #"zones | "a/b" is not 1 to 64"#),
            (#"{"revision":-5,"zones":[]}"#, "revision | -5 is not within"),
            (#"{"revision":1,"zones":[],"timeZone":"../../etc/passwd"}"#, "timeZone | is not the name of a time zone"),
            (#"{"revision":1,"zones":[],"timeZone":"/etc/passwd"}"#, "timeZone | is not the name of a time zone"),
            (#"{"revision":1,"zones":[],"timeZone":""}"#, "timeZone | is not the name of a time zone"),
            (#"{"revision":1,"zones":[],"timeZone":"Europe\u0000"}"#, "timeZone | is not the name of a time zone"),
        ] {
            let found = refusal { () throws(MessageError) in
                _ = try JSON.decode(SiteMessage.self, from: Array(text.utf8))
            }
            #expect(found.hasPrefix(expected), "\(text): \(found)")
        }
    }

    @Test func `a status says what no node can say`() throws {
        let good = NodeStatus(
            state: .sleeping, bootId: "b", started: 1, connection: 1, version: "1",
            bars: [.init(name: "bar", channels: "rgb")], sensors: [.init(name: "s", driver: "mqtt")],
            synchronised: true,
            priority: 100)
        #expect(try JSON.decode(NodeStatus.self, from: JSON.encode(good)) == good)
        var lit = good
        lit.lights = ["window", "garden"]
        #expect(NodeStatus(plain: JSON.encode(lit)) == lit && NodeStatus(plain: JSON.encode(good)) == good)
        #expect(try JSON.decode(NodeStatus.self, from: JSON.encode(lit)) == lit)
        let changes: [((inout NodeStatus) -> Void, String)] = [
            ({ $0.started = .max }, "started | 9223372036854775807 is not within"),
            ({ $0.connection = -1 }, "connection | -1 is not within"),
            ({ $0.priority = .min }, "priority | -9223372036854775808 is not within 0…100"),
            ({ $0.version = String(repeating: "1", count: 65) }, "version | is longer than 64 bytes"),
            ({ $0.bootId = String(repeating: "1", count: 65) }, "bootId | is longer than 64 bytes"),
        ]
        for (change, expected) in changes {
            var status = good
            change(&status)
            let found = refusal { () throws(MessageError) in _ = try status.validated() }
            #expect(found.hasPrefix(expected), "\(found)")
        }
        let state = refusal { () throws(MessageError) in
            _ = try JSON.decode(NodeStatus.self, from: Array(#"{"state":7}"#.utf8))
        }
        #expect(state.hasPrefix("state | "))
    }

    @Test func `actions, results, bars and reports go through messages unchanged`() throws {
        let action = ActionMessage(action: "trigger", id: "a", expires: 5, sensor: "s", seconds: 2)
        #expect(try JSON.decode(ActionMessage.self, from: JSON.encode(action)) == action)
        let result = ResultMessage(id: "a", done: false, error: "no")
        #expect(try JSON.decode(ResultMessage.self, from: JSON.encode(result)) == result)
        let bar = BarMessage(
            on: true, level: 0.5, colour: "2700K",
            firstLight: .init(zone: "z", activation: 1, planned: 2, actual: 3), failed: "broken")
        #expect(try JSON.decode(BarMessage.self, from: JSON.encode(bar)) == bar)
        let health = HealthMessage(
            at: 1, uptimeSeconds: 2, checks: [.init(.frames, healthy: true, value: 3, detail: "d")])
        #expect(try JSON.decode(HealthMessage.self, from: JSON.encode(health)) == health)
        var state = ZoneState(zone: stairs)
        state.override = Override(
            mode: .on(brightness: .full, colour: .rgb(red: 255, green: 0, blue: 0)), start: at(0))
        let report = ZoneReport(state, at: at(1))
        #expect(try JSON.decode(ZoneReport.self, from: JSON.encode(report)) == report)
        let text = String(decoding: JSON.encode(report), as: UTF8.self)
        #expect(text.contains(#""color":{"b":0,"g":0,"r":255},"color_mode":"rgb""#) && text.contains(#""state":"ON""#))
    }

    @Test(
        arguments: [
            ([0xff, 0xfe], " | is not JSON"), (Array("[1,".utf8), " | is not JSON"),
            (Array("NaN".utf8), " | is not JSON"),
            (Array(String(repeating: "[", count: 40).utf8), " | nests deeper than 32 levels at byte 32"),
            (Array((#"{"id":"\ud800","action":"a"}"#).utf8), " | holds a value that can't be"),
        ] as [([UInt8], String)])
    func `what is not JSON is said to be so`(bytes: [UInt8], expected: String) {
        let found = refusal { () throws(MessageError) in _ = try JSON.decode(ActionMessage.self, from: bytes) }
        #expect(found.hasPrefix(expected), "\(found)")
    }

    @Test func `what strangers write is cut short and shown with its control characters written out`() throws {
        let name = "\u{1b}[31m\n" + String(repeating: "k", count: 100_000)
        let text = "{\"issued\":1,\"ids\":[],\"bars\":{\(String(decoding: JSON.encode(name), as: UTF8.self)):5}}"
        let accents = "e" + String(repeating: "\u{301}", count: 50_000)
        for found in [
            refusal { () throws(MessageError) in _ = try JSON.decode(OverrideMessage.self, from: Array(text.utf8)) },
            refusal { () throws(MessageError) in
                _ = try ZoneCommand(payload: JSON.encode(["colour": accents]))
            },
        ] {
            #expect(found != "taken" && found.utf8.count < 1024)
            #expect(!found.unicodeScalars.contains { $0.value < 0x20 }, "\(found)")
        }
    }

    @Test func `one value is found in other people's JSON`() throws {
        func value(_ path: String, _ text: String) throws -> String? {
            try JSON.scalar(at: JSONPath(text: path), in: Array(text.utf8))?.description
        }
        #expect(try value("occupancy", #"{"occupancy":true,"battery":100}"#) == "true")
        #expect(try value("a.b", #"{"a":{"b":"ON"}}"#) == "ON")
        #expect(try value("a.b", #"{"a":{"b":1}}"#) == "1" && value("a", #"{"a":1.5}"#) == "1.5")
        #expect(try value("a", #"{"b":1}"#) == nil && value("a", #"{"a":null}"#) == nil)
        #expect(try value("a.b", #"{"a":null}"#) == nil && value("a.b", "{}") == nil)
        #expect(try value("a[1].b", #"{"a":[{},{"b":1.0}]}"#) == "1" && value("[1]", "[1,true]") == "true")
        #expect(try value("a[0][1]", #"{"a":[[1,2]]}"#) == "2" && value("a[7]", #"{"a":[1]}"#) == nil)
        #expect(try value("\"a.b\".c", #"{"a.b":{"c":"x"}}"#) == "x" && value("a[0]", #"{"a":[null]}"#) == nil)
        #expect(try JSON.scalar(at: JSONPath("a"), in: Array(#"{"a":"true"}"#.utf8)) == .text("true"))
        for (text, field) in [("[]", ""), ("5", ""), (#"{"a":5}"#, "a"), (#"{"a":{"b":[]}}"#, "a.b"), ("{", "")] {
            let found = refusal { () throws(MessageError) in
                _ = try JSON.scalar(at: JSONPath("a", "b"), in: Array(text.utf8))
            }
            #expect(found.hasPrefix("\(field) | "), "\(text): \(found)")
        }
    }

    @Test func `other people's JSON is no slower for what lies beside the value`() throws {
        let numbers = String(repeating: "1,", count: 50_000) + "1"
        let nest = String(repeating: "[", count: 31) + numbers + String(repeating: "]", count: 31)
        let text = "{\"a\":{\"b\":true},\"x\":\(nest)}"
        let start = ContinuousClock.now
        #expect(try JSON.scalar(at: JSONPath("a", "b"), in: Array(text.utf8)) == .boolean(true))
        let time = ContinuousClock.now - start
        #expect(time < .seconds(1))
    }
}
