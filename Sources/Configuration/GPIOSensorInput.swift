/// A sensor on a GPIO line: a PIR module, a break beam, a push button.
public struct GPIOSensorInput: Sendable, Hashable {
    /// The debounces that may be asked for. What bounces longer than a second is no switch.
    public static let debounceRange = Duration.zero...Duration.seconds(1)
    /// The blind times that may be asked for: PIR modules are blind for 2 to 3 s after their pulse.
    public static let blindRange = Duration.zero...Duration.seconds(10)

    /// The line.
    public var place: GPIOPlace
    /// True if motion is the electrically low level.
    public var isActiveLow: Bool
    /// The level at which the line rests.
    public var bias: GPIOBias
    /// The time that a level must last to count.
    public var debounce: Duration
    /// The time after its pulse for which the sensor sees nothing: motion may go on for so much longer.
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
