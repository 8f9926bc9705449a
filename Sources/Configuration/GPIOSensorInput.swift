/// A sensor on a GPIO line: a PIR module, a break beam, a push button.
public struct GPIOSensorInput: Sendable, Hashable {
    /// The debounces that may be asked for. What bounces longer than a second is no switch.
    public static let debounceRange = Duration.zero...Duration.seconds(1)
    /// The blind times that may be asked for: PIR modules are blind for 2 to 3 s after their pulse.
    public static let blindRange = Duration.zero...Duration.seconds(10)

    /// The line.
    public var place: GPIOPlace
    /// Whether motion is what is electrically low.
    public var isActiveLow: Bool
    /// What the line rests at.
    public var bias: GPIOBias
    /// How long a level must last to count.
    public var debounce: Duration
    /// How long it sees nothing after its pulse: so much longer, motion may go on.
    public var blind: Duration

    /// An input made in code.
    public init(
        _ place: GPIOPlace, isActiveLow: Bool = false, bias: GPIOBias = .asIs, debounce: Duration = .zero,
        blind: Duration = .zero
    ) {
        self.place = place
        self.isActiveLow = isActiveLow
        self.bias = bias
        self.debounce = debounce
        self.blind = blind
    }
}
