import Documents
import Hardware
import Lighting
import NodeFile
import Testing
import YAML

@Suite("A wire, and life without a network")
struct WireFilesTests {
    static let wired = """
        site: home
        node: stair-01
        brokers: [mqtt://127.0.0.1:1883]
        wire: {chip: gpiochip0, line: 27}
        bars: [{name: bar, channels: white, output: simulated}]
        sensors: [{name: bottom, input: simulated}]

        """
    static let alone = """
        site: home
        node: stair-01
        wire: {line: TRIGGER, bias: as-is}
        network: off
        siteFile: /etc/footlight/site.yaml
        bars: [{name: bar, channels: white, output: simulated}]

        """

    @Test
    func `with a wire the network's triggers are ignored, unless the file says otherwise`() throws {
        let file = try AgentFile(text: Self.wired, file: "some.yaml")
        #expect(file.wire == WireConfiguration(.offset(27, chip: "gpiochip0"), bias: .pullUp))
        #expect(file.network == .triggersIgnored && file.siteFile == nil)
        #expect(try AgentFile(text: Self.wired + "network: on\n", file: "some.yaml").network == .on)
        #expect(try AgentFile(text: Samples.agent, file: "some.yaml").network == .on)
    }

    @Test
    func `without a network there is a site file in the broker's stead`() throws {
        let file = try AgentFile(text: Self.alone, file: "some.yaml")
        #expect(file.wire == WireConfiguration(.named("TRIGGER"), bias: .asIs))
        #expect(file.network == .off && file.brokers.isEmpty && file.siteFile == "/etc/footlight/site.yaml")
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        var text: String
        var good: String
        var bad: String
        var code: ConfigurationError.Code
        var mark: YAMLMark
        var field: String
        var testDescription: String { bad }

        init(
            _ text: String, _ good: String, _ bad: String, _ code: ConfigurationError.Code, _ line: Int, _ column: Int,
            _ field: String
        ) {
            (self.text, self.good, self.bad, self.code, self.field) = (text, good, bad, code, field)
            mark = YAMLMark(line: line, column: column)
        }
    }

    static let bad: [Bad] = [
        .init(wired, "{chip: gpiochip0, line: 27}", "gpiochip0", .wrongKind, 4, 7, "wire"),
        .init(wired, ", line: 27", "", .missing, 4, 1, "wire.line"),
        .init(wired, "chip: gpiochip0, ", "", .missing, 4, 1, "wire.chip"),
        .init(wired, "line: 27", "line: 27, bias: pull-down", .malformed, 4, 41, "wire.bias"),
        .init(wired, "line: 27", "lin: 27", .unknownField, 4, 25, "wire.lin"),
        .init(wired, "wire: {chip: gpiochip0, line: 27}", "network: triggers-ignored", .conflict, 4, 10, "network"),
        .init(wired, "bars:", "network: offf\nbars:", .malformed, 5, 10, "network"),
        .init(wired, "bars:", "siteFile: /etc/s.yaml\nbars:", .conflict, 5, 11, "siteFile"),
        .init(alone, "siteFile: /etc/footlight/site.yaml\n", "", .missing, 1, 1, "siteFile"),
        .init(alone, "/etc/footlight/site.yaml", "site.yaml", .malformed, 5, 11, "siteFile"),
        .init(alone, "siteFile:", "brokers: [mqtt://x]\nsiteFile:", .conflict, 5, 1, "brokers"),
        .init(alone, "siteFile:", "priority: 3\nsiteFile:", .conflict, 5, 1, "priority"),
        .init(
            alone, "bars:", "sensors: [{name: s, input: {driver: mqtt, topic: a, on: 1, pulse: 5s}}]\nbars:", .conflict,
            6,
            28, "sensors[0].input"),
        .init(
            alone, "white, output: simulated", "rgb, output: {driver: e131, universe: 7, leds: 10}", .conflict, 6, 43,
            "bars[0].output"),
    ]

    @Test(arguments: bad)
    func `one fault, one message`(_ bad: Bad) throws {
        let text = bad.text.replacing(bad.good, with: bad.bad, maxReplacements: 1)
        #expect(text != bad.text)
        let found = faults { try AgentFile(text: text, file: "some.yaml") }
        let errors = try #require(found?.errors)
        #expect(errors.count == 1, "\(errors)")
        let error = try #require(errors.first)
        #expect(error.code == bad.code && error.mark == bad.mark && error.field == bad.field, "\(error)")
        #expect(!error.remedy.isEmpty)
    }
}
