/// Which LEDs a bar has, in the order of its channels.
public enum ChannelLayout: String, Sendable, Hashable, CaseIterable {
    /// One white.
    case white
    /// Warm white, cold white.
    case warmCold = "warm-cold"
    /// Red, green, blue.
    case rgb
    /// Red, green, blue, white.
    case rgbw
    /// Red, green, blue, warm white, cold white.
    case rgbCCT = "rgb-cct"

    /// How many channels that makes.
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
