/// What is said below the table.
enum Notes {
    /// A sample in words, of nanoseconds.
    static func text(_ sample: Sample) -> String {
        "\(number(sample.median / 1e3)) µs at the median, \(number(sample.p99 / 1e3)) µs at p99"
    }

    /// From the edge to the first light of any bar.
    static func edgeToLight(_ edges: [Int64], _ lights: [[Int64?]]) -> String {
        let waits = zip(edges, lights).compactMap { edge, bars in
            bars.compactMap { $0 }.min().map { Double($0 - edge) }
        }
        let sample = Sample(waits)
        return
            "edge to first light: \(number(sample.median / 1e6)) ms at the median, \(number(sample.p99 / 1e6)) ms at p99"
    }

    /// A number with three digits that count.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let magnitude = abs(value)
        let digits = magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : 3
        let scale = [1.0, 10, 100, 1000][digits]
        let rounded = Int((magnitude * scale).rounded())
        let sign = value < 0 ? "-" : ""
        guard digits > 0 else { return sign + "\(rounded)" }
        let fraction = "\(rounded % Int(scale))"
        return sign + "\(rounded / Int(scale))." + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}

extension Row {
    /// Tells of bars that didn't light; more than one activation in a hundred, and the row isn't reached.
    mutating func tell(missed: Int, of count: Int) {
        guard missed > 0 else { return }
        notes.append("in \(missed) of \(count) activations a bar did not light, or its trace is not there")
        if missed * 100 > count { isReached = false }
    }
}
