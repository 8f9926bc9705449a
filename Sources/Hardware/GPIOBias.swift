/// The level at which a GPIO line rests while nothing drives it.
public enum GPIOBias: String, Sendable, Hashable, CaseIterable {
    /// The setting that the line had before: by the board's device tree, say.
    case asIs = "as-is"
    /// The chip pulls neither way.
    case disabled
    /// High.
    case pullUp = "pull-up"
    /// Low.
    case pullDown = "pull-down"
}
