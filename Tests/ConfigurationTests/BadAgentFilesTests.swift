import Documents
import NodeFile
import Testing
import YAML

@Suite("An agent file with a fault is refused with its place and what to do")
struct BadAgentFilesTests {
    static let mqtt = "{driver: mqtt, topic: zigbee2mqtt/hall-pir, field: occupancy, on: true, off: false}"

    static let files: [BadFile] = [
        .init(.agent, "site: home\n", "", .missing, 1, 1, "site", nil),
        .init(.agent, "node: stair-01\n", "", .missing, 1, 1, "node", nil),
        .init(.agent, "node: stair-01", "node: stair.01", .malformed, 2, 7, "node", "stair.01"),
        .init(.agent, "node: stair-01", "node: stair-01\nzones: {}", .unknownField, 3, 1, "zones", "zones"),
        // The way to the broker.
        .init(.bench, "brokers: [mqtt://localhost]\n", "", .missing, 1, 1, "brokers", nil),
        .init(.bench, "[mqtt://localhost]", "[]", .missing, 2, 1, "brokers", nil),
        .init(.bench, "[mqtt://localhost]", "mqtt://localhost", .wrongKind, 2, 10, "brokers", "mqtt://localhost"),
        .init(.bench, "mqtt://localhost", "localhost:1883", .malformed, 2, 11, "brokers[0]", "localhost:1883"),
        .init(.bench, "mqtt://localhost", "http://localhost", .malformed, 2, 11, "brokers[0]", "http://localhost"),
        .init(
            .bench, "mqtt://localhost", "mqtt://localhost:65536", .malformed, 2, 11, "brokers[0]",
            "mqtt://localhost:65536"),
        .init(.bench, "mqtt://localhost", "mqtt://me:secret@localhost", .malformed, 2, 11, "brokers[0]", "…@…"),
        .init(.bench, "mqtt://localhost", "mqtt://a, mqtt://a:1883", .duplicate, 2, 21, "brokers[1]", "mqtt://a:1883"),
        .init(
            .agent, "passwordFile: /etc/footlight/password", "password: x", .unknownField, 5, 1, "password", "password"),
        .init(.agent, "username: stair-01\n", "", .conflict, 4, 15, "passwordFile", "/etc/footlight/password"),
        .init(.agent, "/etc/footlight/password", "password", .malformed, 5, 15, "passwordFile", "password"),
        .init(.agent, ", key: /etc/me.key", "", .conflict, 6, 37, "tls.certificate", "/etc/me.pem"),
        .init(.agent, "\"mqtts://[fd00::1]\"", "\"mqtt://[fd00::1]\"", .conflict, 6, 1, "tls", "tls"),
        .init(.agent, "priority: 70", "priority: 101", .outOfRange, 7, 11, "priority", "101"),
        .init(.agent, "priority: 70", "priority: high", .malformed, 7, 11, "priority", "high"),
        .init(.agent, "frameRate: 200Hz", "frameRate: 24", .outOfRange, 9, 12, "frameRate", "24"),
        .init(.agent, "frameRate: 200Hz", "framerate: 99", .unknownField, 9, 1, "framerate", "framerate"),
        .init(.agent, "state: /var/lib/footlight", "state: lib", .malformed, 8, 8, "state", "lib"),
        // Bars.
        .init(.agent, "  - name: bar\n    channels", "  - channels", .missing, 11, 5, "bars[0].name", nil),
        .init(.agent, "channels: white", "channels: warm", .malformed, 12, 15, "bars[0].channels", "warm"),
        .init(.agent, "trim: 80%", "trim: 0.8", .malformed, 13, 11, "bars[0].trim", "0.8"),
        .init(.agent, "driver: trace,", "driver: tracer,", .malformed, 14, 22, "bars[0].output.driver", "tracer"),
        .init(.agent, "driver: trace,", "", .missing, 14, 5, "bars[0].output.driver", nil),
        .init(
            .agent, "{driver: trace, path: /tmp/stair-01.jsonl}", "trace", .missing, 14, 13, "bars[0].output", "trace"),
        .init(
            .agent, "{driver: trace, path: /tmp/stair-01.jsonl}", "wled", .malformed, 14, 13, "bars[0].output", "wled"),
        .init(.agent, "driver: trace,", "driver: simulated,", .unknownField, 14, 33, "bars[0].output.path", "path"),
        .init(
            .agent, "    output: {driver: trace, path: /tmp/stair-01.jsonl}\n", "", .missing, 11, 5, "bars[0].output",
            nil),
        .init(.bench, "name: right", "name: left", .duplicate, 5, 71, "nodes[0].bars[1].name", "left"),
        // Sensors.
        .init(.agent, "stuckLimit: 10m", "stuckLimit: 25h", .outOfRange, 17, 17, "sensors[0].stuckLimit", "25h"),
        .init(.agent, mqtt, "[mqtt]", .wrongKind, 18, 12, "sensors[0].input", "[mqtt]"),
        .init(
            .agent, "zigbee2mqtt/hall-pir", "zigbee2mqtt/+", .malformed, 18, 34, "sensors[0].input.topic",
            "zigbee2mqtt/+"),
        .init(
            .agent, "zigbee2mqtt/hall-pir", "a/b/c/d/e/f/g/h/i", .outOfRange, 18, 34, "sensors[0].input.topic",
            "a/b/c/d/e/f/g/h/i"),
        .init(.agent, "zigbee2mqtt/hall-pir", "$SYS/x", .malformed, 18, 34, "sensors[0].input.topic", "$SYS/x"),
        .init(.agent, "topic: zigbee2mqtt/hall-pir, ", "", .missing, 18, 5, "sensors[0].input.topic", nil),
        .init(.agent, "field: occupancy", "field: a..b", .malformed, 18, 63, "sensors[0].input.field", "a..b"),
        .init(.agent, "on: true, ", "", .missing, 18, 5, "sensors[0].input.on", nil),
        .init(.agent, "on: true", "on: 1e999", .outOfRange, 18, 78, "sensors[0].input.on", "1e999"),
        .init(.agent, "off: false", "off: true", .conflict, 18, 89, "sensors[0].input.off", "true"),
        .init(.agent, ", off: false", "", .missing, 18, 5, "sensors[0].input.off", nil),
        .init(
            .agent, "off: false", "off: false, retained: yes", .malformed, 18, 106, "sensors[0].input.retained", "yes"),
        .init(
            .agent, "off: false", "off: false, availability: a/#", .malformed, 18, 110,
            "sensors[0].input.availability", "a/#"),
        .init(.bench, "pulse: 5s", "pulse: 2h", .outOfRange, 7, 79, "nodes[1].sensors[0].input.pulse", "2h"),
        // Lines of GPIO chips.
        .init(.agent, mqtt, "gpio", .missing, 18, 12, "sensors[0].input", "gpio"),
        .init(.agent, mqtt, "{driver: gpio, chip: c}", .missing, 18, 5, "sensors[0].input.line", nil),
        .init(.agent, mqtt, "{driver: gpio, line: 17}", .missing, 18, 5, "sensors[0].input.chip", nil),
        .init(
            .agent, mqtt, "{driver: gpio, chip: c, line: 1024}", .outOfRange, 18, 42, "sensors[0].input.line", "1024"),
        .init(.agent, mqtt, "{driver: gpio, chip: [], line: 1}", .wrongKind, 18, 33, "sensors[0].input.chip", "[]"),
        .init(
            .agent, mqtt, "{driver: gpio, line: PIR1, active: up}", .malformed, 18, 47, "sensors[0].input.active", "up"),
        .init(
            .agent, mqtt, "{driver: gpio, line: PIR1, bias: up}", .malformed, 18, 45, "sensors[0].input.bias", "up"),
        .init(
            .agent, mqtt, "{driver: gpio, line: PIR1, debounce: 2s}", .outOfRange, 18, 49, "sensors[0].input.debounce",
            "2s"),
        .init(
            .agent, mqtt, "{driver: gpio, line: PIR1, blind: 2.5}", .malformed, 18, 46, "sensors[0].input.blind", "2.5"),
        .init(.agent, mqtt, "{driver: ld2410}", .missing, 18, 5, "sensors[0].input.device", nil),
        .init(
            .agent, mqtt, "{driver: ld2410, device: /d, within: 2.5}", .malformed, 18, 49, "sensors[0].input.within",
            "2.5"),
        .init(
            .agent, mqtt, "{driver: ld2410, device: /d, within: 6.01m}", .outOfRange, 18, 49,
            "sensors[0].input.within", "6.01m"),
        .init(.agent, mqtt, "{driver: ld2410, device: ttyS0}", .malformed, 18, 37, "sensors[0].input.device", "ttyS0"),
        .init(
            .agent, mqtt, "{driver: ld2410, device: /d, gates: {moving: 9}}", .outOfRange, 18, 57,
            "sensors[0].input.gates.moving", "9"),
        .init(
            .agent, mqtt, "{driver: ld2410, device: /d, sensitivity: {still: {1: 40}}}", .unknownField, 18, 63,
            "sensors[0].input.sensitivity.still.1", "1"),
        .init(
            .agent, mqtt, "{driver: ld2410, device: /d, sensitivity: {still: {2: 101}}}", .outOfRange, 18, 66,
            "sensors[0].input.sensitivity.still.2", "101"),
        .init(
            .agent, mqtt, "{driver: ld2410, device: /d, timeout: 1500ms}", .malformed, 18, 50,
            "sensors[0].input.timeout", "1500ms"),
        .init(
            .agent, mqtt, "{driver: ld2410, device: /d, counts: all}", .malformed, 18, 49, "sensors[0].input.counts",
            "all"),
        .init(.agent, mqtt, "{driver: gpio, lines: PIR1}", .unknownField, 18, 27, "sensors[0].input.lines", "lines"),
        // Several nodes.
        .init(.bench, "site: bench", "site: bench\nnode: c", .conflict, 2, 1, "node", "node"),
        .init(.bench, "node: b", "node: a", .duplicate, 6, 11, "nodes[1].node", "a"),
        .init(.bench, "node: b", "nod: b", .unknownField, 6, 5, "nodes[1].nod", "nod"),
        .init(.bench, "    sensors:", "    bars: []\n    #", .missing, 6, 5, "nodes[1].bars", nil),
    ]

    @Test(arguments: files)
    func `one fault, one message`(_ file: BadFile) throws {
        try check(file)
    }
}
