public import Documents
package import Lighting

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

extension PWMPins: OutputDriver {
    package static let name = "pwm"
    package static let fields = [
        DriverField("chip", "0 to 255"), DriverField("channel", "0 to 255"),
        DriverField("channels", "one for each of the bar's channels"),
        DriverField(
            "frequency", "\(frequencyRange.lowerBound.value)Hz to \(frequencyRange.upperBound.value)Hz",
            usual: "\(defaultFrequency.value)Hz"),
        DriverField("inverted", "true or false", usual: "false"),
    ]

    package init?(_ fields: FieldMap, channels: ChannelSet) {
        let chip = fields.required("chip", example: "0")?.integer(in: 0...255, "a PWM chip's number", example: "0")
        let numbers = fields.some(
            "channel", "channels", count: channels.count, example: { "\($0)" },
            read: { $0.integer(in: 0...255, "a PWM channel", example: "0") })
        let range = PWMPins.frequencyRange
        let frequency = fields["frequency"]?
            .integer(
                in: range.lowerBound.value...range.upperBound.value, "a frequency in hertz", unit: "Hz",
                example: "3000Hz")
        let isInverted = fields.isInverted()
        guard let chip, let numbers else { return nil }
        self.init(
            chip: chip, channels: numbers, frequency: frequency.map(Hertz.init) ?? PWMPins.defaultFrequency,
            isInverted: isInverted)
    }

    package static func example(for channels: ChannelSet) -> String { "{driver: pwm, chip: 0, channel: 0}" }

    package var claims: [Claim] { channels.map { .part("channel \($0) of pwmchip\(chip)") } }

    package var warning: String? { PWMPins.warning(of: frequency, usual: PWMPins.defaultFrequency) }

    /// A remark on PWM that may flicker; nil: none. `usual` is the frequency of a file that says nothing.
    static func warning(of frequency: Hertz, usual: Hertz) -> String? {
        guard frequency < lowRiskFrequency else { return nil }
        return
            "PWM at \(frequency.value) Hz may flicker (IEEE 1789 asks for \(lowRiskFrequency.value) Hz at least); leave "
            + "frequency out for \(usual.value) Hz"
    }

    package func output(for bar: BarPlace) -> any LightOutput {
        PWMOutput(
            chip: PWMOutput.chip(chip), channels: channels, hertz: frequency.value, isInverted: isInverted)
    }

    package func findings(
        _ check: String, of output: any LightOutput, for bar: BarPlace, on board: Board
    ) -> [Finding] {
        channels.map { finding(check, channel: $0, on: board) }
    }

    private func finding(_ check: String, channel: Int, on board: Board) -> Finding {
        let chip = PWMOutput.chip(self.chip)
        guard let text = board.text("\(chip)/npwm"), let count = Int(text) else {
            return board.missing(
                check, chip, among: board.names(in: "/sys/class/pwm").filter { $0.hasPrefix("pwmchip") },
                remedy: "Load its overlay (Raspberry Pi: dtoverlay=pwm-2chan in config.txt), or correct chip in the "
                    + "agent's file; ls -l /sys/class/pwm says what each is")
        }
        guard channel < count else {
            return .fault(
                check, "\(chip) has no channel \(channel): it has \(count), counted from 0",
                remedy: "Correct channel in the agent's file")
        }
        // Once it is exported, its own files count.
        let folder = "\(chip)/pwm\(channel)"
        let path = board.obstacle(folder, .read) == 0 ? "\(folder)/duty_cycle" : "\(chip)/export"
        return board.writable(check, path, "\(chip), channel \(channel)", group: "gpio")
    }
}
