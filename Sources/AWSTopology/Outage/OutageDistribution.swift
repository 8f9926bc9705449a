/// A time as the trials of a simulation had it.
public struct OutageDistribution: Sendable, Hashable {
    /// The trials' times in seconds, in order.
    private let sorted: [Double]
    /// The number of trials that never came to an end.
    public let never: Int
    /// The mean of those that did, in seconds; 0 for none.
    public let mean: Double
    /// The distance by which that mean may be from the true one (one standard error), in seconds.
    public let standardError: Double

    init(_ times: [Double]) {
        sorted = times.filter(\.isFinite).sorted()
        never = times.count - sorted.count
        let count = Double(max(1, sorted.count))
        let mean = sorted.reduce(0, +) / count
        let variance = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count - 1)
        self.mean = mean
        standardError = (variance / count).squareRoot()
    }

    /// The number of trials.
    public var trials: Int { sorted.count + never }

    /// The time that `share` (0…1) of the trials don't exceed, in seconds; nil where so many never came to an end.
    public func percentile(_ share: Double) -> Double? {
        let rank = max(1, Int((share * Double(trials)).rounded(.up)))
        return rank <= sorted.count ? sorted[rank - 1] : nil
    }

    /// The percentiles that are shown.
    public static let shown: [Double] = [0.05, 0.5, 0.9, 0.99, 1]
}
