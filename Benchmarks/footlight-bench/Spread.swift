/// How far apart instants are that ought to be one.
enum Spread {
    /// From the first to the last, nanoseconds; nil where there are fewer than two.
    static func of(_ instants: [Int64]) -> Double? {
        guard instants.count > 1, let first = instants.min(), let last = instants.max() else { return nil }
        return Double(last - first)
    }

    /// The spreads of those in which no bar missed, and how many there were in which one did.
    static func of(_ lights: [[Int64?]]) -> (spread: Sample, missed: Int) {
        let whole = lights.map { $0.compactMap { $0 } }.filter { $0.count == lights.first?.count }
        return (Sample(whole.compactMap { of($0) }), lights.count - whole.count)
    }
}
