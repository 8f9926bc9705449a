/// The LEDs that a bar is made of.
public enum ChannelSet: String, Sendable, Hashable, CaseIterable {
    /// One white.
    case white
    /// A warm and a cold white.
    case warmCold = "warm-cold"
    /// Red, green, blue.
    case rgb
    /// Red, green, blue, white.
    case rgbw
    /// Red, green, blue, warm white, cold white.
    case rgbCCT = "rgb-cct"

    /// Its channels, in the order of a frame.
    public var channels: [LEDChannel] {
        switch self {
        case .white: [.white]
        case .warmCold: [.warm, .cold]
        case .rgb: [.red, .green, .blue]
        case .rgbw: [.red, .green, .blue, .white]
        case .rgbCCT: [.red, .green, .blue, .warm, .cold]
        }
    }

    /// The number of channels.
    public var count: Int {
        switch self {
        case .white: 1
        case .warmCold: 2
        case .rgb: 3
        case .rgbw: 4
        case .rgbCCT: 5
        }
    }
}
