/// Something measured: its median and 99th percentile.
struct Figure: Encodable, Sendable {
    var unit: String
    var median: Double
    var p99: Double
    var count: Int

    init(_ sample: Sample, unit: String, per scale: Double = 1) {
        self.unit = unit
        median = sample.median / scale
        p99 = sample.p99 / scale
        count = sample.count
    }

    /// Nanoseconds, shown in microseconds.
    static func microseconds(_ sample: Sample) -> Figure { Figure(sample, unit: "µs", per: 1e3) }

    /// Nanoseconds, shown in milliseconds.
    static func milliseconds(_ sample: Sample) -> Figure { Figure(sample, unit: "ms", per: 1e6) }
}
