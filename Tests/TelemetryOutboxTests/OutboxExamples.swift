import Lighting
import Telemetry

/// Records to test with.
enum OutboxExamples {
    static func record(_ sequence: Int64) throws -> ReceivedRecord {
        try record(sequence, .log(LogLine(level: .info, text: "line \(sequence)")))
    }

    static func sample(_ sequence: Int64) throws -> ReceivedRecord {
        try record(sequence, .sample(MetricSample(name: "memory", value: Double(sequence), unit: "MB")))
    }

    static func record(_ sequence: Int64, _ body: RecordBody) throws -> ReceivedRecord {
        let record = Record(
            key: RecordKey(site: "home", node: "stair-01", boot: "1", sequence: sequence),
            at: MeshInstant(nanoseconds: 1_790_000_000_000_000_000 + sequence), previous: .none, body: body)
        return try ReceivedRecord(line: record.line)
    }
}
