private import Glibc

/// A bar on channels of the kernel's PWM class, `/sys/class/pwm/pwmchip0`: one for each of the bar's.
public final class PWMOutput: LightOutput {
    /// The folder of the chip of this number.
    public static func chip(_ number: Int) -> String { "/sys/class/pwm/pwmchip\(number)" }

    private let chip: String
    private let channels: [Int]
    private let isInverted: Bool
    private let period: Int
    private var drives: [UInt16]
    private var quantiser: Quantiser
    private var duties: [SysfsFile] = []

    /// A bar on the `channels` of the chip whose folder is at `chip`.
    public init(chip: String, channels: [Int], hertz: Int, isInverted: Bool = false) {
        self.chip = chip
        self.channels = channels
        self.isInverted = isInverted
        period = 1_000_000_000 / hertz
        drives = channels.map { _ in 0 }
        quantiser = Quantiser(steps: period, pixels: 1, channels: channels.count, dithering: .overTime)
    }

    /// Takes what the bar is to show.
    public func set(_ frame: Frame, of part: Int) {
        for index in drives.indices { drives[index] = frame.channels[index] }
    }

    /// Writes the duty cycles.
    public func present(isAtRest: Bool) throws(HardwareError) -> Duration {
        if duties.isEmpty { try open() }
        quantiser.begin()
        for index in drives.indices {
            let duty = quantiser.value(drives[index], at: index, isAtRest: isAtRest)
            let error = duties[index].write([duty])
            guard error == 0 else { throw failure(error, duties[index].path) }
        }
        return quantiser.wantsMore ? ditheringInterval : renewal
    }

    private func open() throws(HardwareError) {
        var opened: [SysfsFile] = []
        for channel in channels {
            let folder = "\(chip)/pwm\(channel)"
            if access(folder, F_OK) != 0 { try export(channel) }
            // A channel that runs as it should is left to run, so that an agent that starts anew doesn't blink.
            if SysfsFile.text(at: "\(folder)/period") != "\(period)" {
                try write("0", to: "\(folder)/duty_cycle")
                try write("\(period)", to: "\(folder)/period")
            }
            let polarity = isInverted ? "inversed" : "normal"
            if let found = SysfsFile.text(at: "\(folder)/polarity"), found != polarity {
                try write("0", to: "\(folder)/enable")
                try write(polarity, to: "\(folder)/polarity")
            }
            if SysfsFile.text(at: "\(folder)/enable") != "1" { try write("1", to: "\(folder)/enable") }
            guard let file = SysfsFile("\(folder)/duty_cycle") else { throw failure(errno, "\(folder)/duty_cycle") }
            opened.append(file)
        }
        duties = opened
    }

    private func export(_ channel: Int) throws(HardwareError) {
        let error = SysfsFile.write("\(channel)", to: "\(chip)/export")
        if error == EINVAL || error == ENODEV {
            let count = SysfsFile.text(at: "\(chip)/npwm") ?? "fewer"
            throw HardwareError(
                .unavailable, "\(chip) has no channel \(channel): it has \(count), counted from 0; name one of these")
        }
        guard error == 0 else { throw failure(error, "\(chip)/export") }
    }

    private func write(_ text: String, to path: String) throws(HardwareError) {
        let error = SysfsFile.write(text, to: path)
        guard error == 0 else { throw failure(error, path) }
    }

    private func failure(_ error: Int32, _ path: String) -> HardwareError {
        duties = []
        if error == EINVAL {
            return HardwareError(
                .unsuitable, "\(path): the PWM can't do a period of \(period) ns; choose another frequency")
        }
        return HardwareError(
            errno: error, at: path,
            ifMissing:
                "load the PWM's overlay (Raspberry Pi: dtoverlay=pwm-2chan in config.txt) and see ls /sys/class/pwm",
            ifBusy: "a kernel driver (pwm-leds, a fan) has the channel: choose another, or drive it by the led driver",
            group: "gpio")
    }
}
