/// The middle and the upper end of many durations, in nanoseconds.
struct Spread: CustomStringConvertible {
    let median, high: Int64

    init(_ values: [Int64]) {
        let sorted = values.sorted()
        median = sorted[sorted.count / 2]
        high = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
    }

    /// How much more its middle is than another's, nanoseconds.
    func excess(over other: Spread) -> Int64 { median - other.median }

    var description: String { "median \(median / 1000) µs, 99th percentile \(high / 1000) µs" }
}
