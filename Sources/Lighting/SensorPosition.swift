/// The place of a sensor in its zone.
public enum SensorPosition: Sendable, Hashable {
    /// At the first bar.
    case first
    /// At the last bar.
    case last
    /// At the bar of this name.
    case bar(String)

    /// The position in bars from the first, for a zone of `bars`.
    public func index(in bars: [String]) -> Int {
        switch self {
        case .first: return 0
        case .last: return max(0, bars.count - 1)
        case .bar(let name): return bars.firstIndex(of: name) ?? 0
        }
    }
}
