internal import Gzip
internal import Lighting
internal import Platform
internal import Telemetry
internal import TestSupport

/// Some records, as they are sent.
struct RecordBatch: Sendable {
    var records: [ReceivedRecord]
    var body: [UInt8]

    /// A round's records: those of a boot of its own, so many batches of so many.
    static func all(_ count: Int, of size: Int, round: Int, site: String = "bench") throws -> [RecordBatch] {
        var chain = RecordChain(site: site, node: "stair-01", boot: "round-\(round)")
        // Ten a second, as of a large site that was cut off: each round's of another day.
        let start = MeshInstant(nanoseconds: RealTimeClock.now) - .seconds(86_400 * (round + 1))
        return try (0..<count).map { number in
            let records = try (0..<size).map { index in
                let body: RecordBody =
                    index % 4 < 3
                    ? .motion(MotionEvent(sensor: "bottom", motion: index.isMultiple(of: 2)))
                    : .log(LogLine(level: .info, text: "hears the broker again after 1.7 s"))
                let at = start + .nanoseconds(Int64(number * size + index) * 100_000_000)
                return try ReceivedRecord(line: chain.append(body, at: at))
            }
            return RecordBatch(records: records, body: Gzip.packed(records.reduce(into: []) { $0 += $1.line + [0x0a] }))
        }
    }
}
