/// The likeliest offset and rate of another's clock, from all exchanges with it, each weighed by how much longer it took
/// than the shortest: what queued, queued one way more than the other, and nobody knows which.
///
/// It proves nothing, and ``ClockFilter`` keeps it within what is proven. But while delays vary, the middle of what is
/// possible goes by two single messages, and this goes by them all: behind Wi-Fi it errs by a third of that.
///
/// - Source: R. E. Kalman, "A new approach to linear filtering and prediction problems" (1960), with the two states of a
///   clock and a rate that walks at random as in L. Galleani, P. Tavella, "Time and the Kalman filter", IEEE Control
///   Systems Magazine 30 (2010).
struct ClockEstimate: Sendable {
    /// What a rate is likely to be before anything is known of it (standard deviation): two crystals of boards.
    private static let usualRate = 50e-6
    /// How a rate walks: 0.15 ppm in a second, 1.2 ppm in a minute (standard deviations; here the variance per
    /// nanosecond).
    private static let walk = 0.15e-6 * 0.15e-6 / 1e9
    /// The standard deviation of an exchange's offset, per nanosecond of delay beyond ``fixedShare`` of the lowest; with
    /// lognormal delays each way these two come closest.
    private static let perDelay = 0.35
    private static let fixedShare = 0.7
    /// What is left of doubt about the quickest exchange, nanoseconds.
    private static let resolution = 5_000.0

    /// The instant that what follows is true of, monotonic nanoseconds.
    private var anchor: Int64
    /// Nanoseconds from the filter's origin.
    private var offset: Double
    /// Less one.
    private(set) var rate = 0.0
    /// Covariance of offset and rate.
    private var offsetVariance: Double
    private var covariance = 0.0
    private var rateVariance = ClockEstimate.usualRate * ClockEstimate.usualRate

    /// Of an exchange with `offset` (nanoseconds from some origin) and `delay` at a monotonic instant.
    init(offset: Double, delay: Double, lowest: Double, at monotonic: Int64) {
        anchor = monotonic
        self.offset = offset
        offsetVariance = ClockEstimate.variance(delay: delay, lowest: lowest)
    }

    /// Takes up another; `lowest` is the lowest delay of late.
    mutating func add(offset measured: Double, delay: Double, lowest: Double, at monotonic: Int64) {
        let passed = Double(max(0, monotonic - anchor))
        offset += rate * passed
        offsetVariance = offsetVariance(after: passed)
        covariance += rateVariance * passed + ClockEstimate.walk * passed * passed / 2
        rateVariance += ClockEstimate.walk * passed
        anchor = max(anchor, monotonic)

        let total = offsetVariance + ClockEstimate.variance(delay: delay, lowest: lowest)
        let (gain, rateGain) = (offsetVariance / total, covariance / total)
        let surprise = measured - offset
        offset += gain * surprise
        rate += rateGain * surprise
        rateVariance -= rateGain * covariance
        offsetVariance *= 1 - gain
        covariance *= 1 - gain
    }

    /// Nanoseconds from the origin.
    func offset(at monotonic: Int64) -> Double { offset + rate * Double(monotonic - anchor) }

    /// By how much the offset is likely to be wrong at `monotonic`, nanoseconds (standard deviation).
    func deviation(at monotonic: Int64) -> Double {
        offsetVariance(after: Double(max(0, monotonic - anchor))).squareRoot()
    }

    private func offsetVariance(after passed: Double) -> Double {
        offsetVariance + 2 * covariance * passed + rateVariance * passed * passed
            + ClockEstimate.walk * passed * passed * passed / 3
    }

    private static func variance(delay: Double, lowest: Double) -> Double {
        let deviation = perDelay * (delay - fixedShare * lowest) + resolution
        return deviation * deviation
    }
}
