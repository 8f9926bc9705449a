internal import Glibc
internal import Lighting
internal import Telemetry
internal import TelemetryOutbox

/// A process that takes records into an outbox and has them fetched from it until it is killed, and says what it does
/// before and after: `begin 4 6`, `taken 4 6`, `received 1 3`, `removed`.
@main
enum OutboxChild {
    /// Its arguments: the outbox's folder, the first record's sequence, and a seed.
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let first = Int64(arguments[2]), let seed = UInt64(arguments[3]) else {
            exit(EX_USAGE)
        }
        let outbox = try Outbox(folder: arguments[1])
        var next = first
        var state = seed
        while true {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let number = Int64(state >> 33)
            if number % 5 < 3 {
                let last = next + number / 5 % 6
                say("begin \(next) \(last)")
                _ = try outbox.take((next...last).map(record))
                say("taken \(next) \(last)")
                next = last + 1
            } else if let batch = try outbox.batch(records: Int(number / 5 % 8) + 1, bytes: 1 << 20) {
                let sequences = try batch.lines.map { try ReceivedRecord(line: $0).key.sequence }
                say("received \(sequences.map(String.init).joined(separator: " "))")
                try outbox.remove(batch)
                say("removed")
            }
        }
    }

    private static func record(_ sequence: Int64) throws -> ReceivedRecord {
        let record = Record(
            key: RecordKey(site: "home", node: "stair-01", boot: "1", sequence: sequence),
            at: MeshInstant(nanoseconds: 1_790_000_000_000_000_000 + sequence), previous: .none,
            body: sequence.isMultiple(of: 5)
                ? .sample(MetricSample(name: "memory", value: Double(sequence), unit: "MB"))
                : .log(LogLine(level: .info, text: String(repeating: "line \(sequence) ", count: Int(sequence % 60)))))
        return try ReceivedRecord(line: record.line)
    }

    private static func say(_ line: String) {
        let bytes = Array("\(line)\n".utf8)
        _ = write(1, bytes, bytes.count)
    }
}
