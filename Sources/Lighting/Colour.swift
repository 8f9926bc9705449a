/// The colour of a light, without its brightness.
public enum Colour: Sendable, Hashable {
    /// White of a colour temperature.
    case temperature(Kelvin)
    /// Any colour: sRGB as people write it (`#ff8800`), 8 bits each.
    case rgb(red: UInt8, green: UInt8, blue: UInt8)
    /// A colour on the way from one to another, in linear light.
    case linear(LinearRGB)

    /// 2700 K.
    public static let warmWhite = Colour.temperature(.warmWhite)

    /// The colour in linear light, its largest amount 1.
    public var linear: LinearRGB {
        switch self {
        case .temperature(let kelvin): return kelvin.chromaticity.linearRGB.normalised
        case .rgb(let red, let green, let blue):
            return LinearRGB(red: sRGBToLinear(red), green: sRGBToLinear(green), blue: sRGBToLinear(blue)).normalised
        case .linear(let rgb): return rgb
        }
    }

    /// The colour at `fraction` (0…1) of the way from `a` to `b`: two whites go by mired, others by mixture.
    public static func between(_ a: Colour, _ b: Colour, at fraction: Double) -> Colour {
        if a == b || fraction <= 0 { return a }
        if fraction >= 1 { return b }
        if case .temperature(let from) = a, case .temperature(let to) = b {
            return .temperature(Kelvin(mired: from.mired + (to.mired - from.mired) * fraction))
        }
        return .linear(.between(a.linear, b.linear, at: fraction))
    }
}

/// - Source: IEC 61966-2-1, the sRGB transfer function, inverted.
private func sRGBToLinear(_ byte: UInt8) -> Double {
    let value = Double(byte) / 255
    return value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055, 2.4)
}
