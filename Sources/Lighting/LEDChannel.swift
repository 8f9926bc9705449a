/// One channel of a bar.
public enum LEDChannel: String, Sendable, Hashable, CaseIterable {
    /// Red.
    case red
    /// Green.
    case green
    /// Blue.
    case blue
    /// The only white.
    case white
    /// The warm one of two whites.
    case warm
    /// The cold one of two whites.
    case cold

    /// The emitter that it is unless the bar's configuration says otherwise.
    ///
    /// - Source: the temperatures that strips are sold as: neutral white 4000 K beside red, green and blue (SK6812RGBW-NW),
    ///   2700 K and 6500 K as a pair.
    public var emitter: Emitter {
        switch self {
        case .red: .red
        case .green: .green
        case .blue: .blue
        case .white: .white(Kelvin(clamping: 4000))
        case .warm: .white(.warmWhite)
        case .cold: .white(Kelvin(clamping: 6500))
        }
    }
}
