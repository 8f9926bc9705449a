/// Channels of a PWM chip: one for each of the bar's.
public struct PWMPins: Sendable, Hashable {
    /// The frequencies that may be asked for.
    public static let frequencyRange = Hertz(100)...Hertz(40000)
    /// The frequency of a file that says nothing.
    ///
    /// - Source: IEEE 1789-2015, 8.1.1: modulation of 100 %, which PWM is, has no observable effect above 3000 Hz.
    public static let defaultFrequency = Hertz(3000)
    /// Below it, PWM is no more of low risk, by the same.
    public static let lowRiskFrequency = Hertz(1250)

    /// The chip's number: 0 is /sys/class/pwm/pwmchip0.
    public var chip: Int
    /// The channels' numbers, in the order of the bar's.
    public var channels: [Int]
    /// The frequency at which it goes on and off.
    public var frequency: Hertz
    /// True if low is on.
    public var isInverted: Bool

    /// Pins made in code.
    public init(chip: Int, channels: [Int], frequency: Hertz = defaultFrequency, isInverted: Bool = false) {
        self.chip = chip
        self.channels = channels
        self.frequency = frequency
        self.isInverted = isInverted
    }
}
