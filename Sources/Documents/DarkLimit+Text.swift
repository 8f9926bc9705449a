public import Lighting

extension DarkLimit {
    /// The limit as files have it: `10lx`, `0.5lx`.
    public var text: String { lux == lux.rounded() ? "\(Int(lux))lx" : "\(lux)lx" }
}
