/// What a GPIO line rests at while nothing drives it.
public enum GPIOBias: String, Sendable, Hashable, CaseIterable {
    /// Whatever it was set to before: by the board's device tree, say.
    case asIs = "as-is"
    /// The chip pulls neither way.
    case disabled
    /// High.
    case pullUp = "pull-up"
    /// Low.
    case pullDown = "pull-down"
}
