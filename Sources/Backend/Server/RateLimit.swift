/// How many records a site may hand over: so many a second, and as many more at once as a minute's worth. What it hands
/// over beyond that it is asked to keep for a while.
struct RateLimit: Sendable, Hashable {
    /// For how long it may have saved up.
    private static let burstSeconds = 60.0

    let perSecond: Double
    private var left: Double
    private var seen: Int64

    init(perSecond: Int, at now: Int64) {
        self.perSecond = Double(perSecond)
        left = self.perSecond * RateLimit.burstSeconds
        seen = now
    }

    /// Takes so many records' worth at an instant of the monotonic clock, nanoseconds.
    ///
    /// - Returns: in how many seconds to ask again; nil: they were taken.
    mutating func take(_ count: Int, at now: Int64) -> Int? {
        left = min(perSecond * RateLimit.burstSeconds, left + perSecond * Double(max(0, now - seen)) / 1e9)
        seen = max(seen, now)
        guard Double(count) <= left else {
            return max(1, Int(((Double(count) - left) / perSecond).rounded(.up)))
        }
        left -= Double(count)
        return nil
    }
}
