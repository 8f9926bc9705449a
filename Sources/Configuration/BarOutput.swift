/// What draws a bar: a driver, and what it needs to know.
public enum BarOutput: Sendable, Hashable {
    /// Appends a JSON line for every frame, of so many pixels, to the file or FIFO at `path`.
    case trace(path: String, pixels: Int = 1)
    /// Nothing draws it; what it would show is known to the mesh all the same.
    case simulated
    /// A line of a GPIO chip, on or off.
    case gpio(GPIOOutputLine)
    /// Channels of the kernel's PWM class.
    case pwm(PWMPins)
    /// LEDs of the kernel's LED class, by name: one for each channel, or a multicolour one.
    case led(names: [String])
    /// LEDs of an addressable strip.
    case strip(StripPart)

    /// How many pixels the bar has along it.
    public var pixels: Int {
        switch self {
        case .trace(_, let pixels): pixels
        case .strip(let part): part.leds.pixels
        case .simulated, .gpio, .pwm, .led: 1
        }
    }

    /// Whether it is reached over the network.
    var needsNetwork: Bool {
        guard case .strip(let part) = self else { return false }
        return switch part.line {
        case .ws281x, .apa102: false
        case .ddp, .e131: true
        }
    }
}
