/// How far back a page looks.
enum PageSpan: String, Sendable, CaseIterable {
    case day
    case week
    case month
    case year

    /// Its length, nanoseconds.
    var nanoseconds: Int64 {
        let days: Int64 =
            switch self {
            case .day: 1
            case .week: 7
            case .month: 30
            case .year: 365
            }
        return days * 86_400_000_000_000
    }

    /// What it is called.
    var title: String {
        switch self {
        case .day: "24 hours"
        case .week: "7 days"
        case .month: "30 days"
        case .year: "a year"
        }
    }

    /// The steps that are drawn.
    var step: History.Step {
        switch self {
        case .day: .quarter
        case .week: .hour
        case .month, .year: .day
        }
    }
}

extension History.Step {
    /// What a step is called.
    var title: String {
        switch self {
        case .quarter: "quarter of an hour"
        case .hour: "hour"
        case .day: "day (UTC)"
        }
    }
}
