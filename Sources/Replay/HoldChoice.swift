import Lighting

/// A choice among the hold times tried: the shortest that is enough.
public enum HoldChoice {
    /// The shortest hold that leaves somebody in the dark at most `tolerated` times a week; nil where none does.
    /// - Parameter span: how long the log is.
    public static func shortest(of results: [ReplayResult], tolerated: Double, span: Duration) -> ReplayResult? {
        results.sorted { $0.hold < $1.hold }.first {
            perWeek($0.timesOffOnSomebody, in: span) <= tolerated
        }
    }

    /// Returns how often a week something happens that happened so often in `span`.
    public static func perWeek(_ count: Int, in span: Duration) -> Double { perDay(count, in: span) * 7 }

    /// Returns how often a day something happens that happened so often in `span`.
    public static func perDay(_ count: Int, in span: Duration) -> Double {
        span > .zero ? Double(count) * 86_400 / span.seconds : 0
    }
}
