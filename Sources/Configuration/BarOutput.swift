/// A driver that draws a bar, with the fields that the file gives it.
public enum BarOutput: Sendable, Hashable {
    /// Appends a JSON line for every frame, of so many pixels, to the file or FIFO at `path`.
    case trace(path: String, pixels: Int = 1)
    /// No driver: the mesh knows what the bar would show all the same.
    case simulated
    /// A line of a GPIO chip, on or off.
    case gpio(GPIOOutputLine)
    /// Channels of the kernel's PWM class.
    case pwm(PWMPins)
    /// LEDs of the kernel's LED class, by name: one for each channel, or a multicolour one.
    case led(names: [String])
    /// LEDs of an addressable strip.
    case strip(StripPart)

    /// The number of pixels along the bar, at least 1.
    public var pixels: Int {
        switch self {
        case .trace(_, let pixels): pixels
        case .strip(let part): part.leds.pixels
        case .simulated, .gpio, .pwm, .led: 1
        }
    }

    /// Whether it is reached over the network.
    var needsNetwork: Bool {
        switch self {
        case .trace, .simulated, .gpio, .pwm, .led: false
        case .strip(let part):
            switch part.line {
            case .ws281x, .apa102: false
            case .ddp, .e131: true
            }
        }
    }
}
