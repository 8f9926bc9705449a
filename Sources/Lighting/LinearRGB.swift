/// A colour as amounts of the sRGB primaries in linear light, each up to 1; negative for what sRGB can't show.
public struct LinearRGB: Sendable, Hashable {
    /// The amount of red.
    public var red: Double
    /// The amount of green.
    public var green: Double
    /// The amount of blue.
    public var blue: Double

    /// A colour of three amounts.
    public init(red: Double, green: Double, blue: Double) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// The colour at `fraction` (0…1) of the way from `a` to `b`: a mixture of the two lights.
    public static func between(_ a: LinearRGB, _ b: LinearRGB, at fraction: Double) -> LinearRGB {
        LinearRGB(
            red: a.red + (b.red - a.red) * fraction,
            green: a.green + (b.green - a.green) * fraction,
            blue: a.blue + (b.blue - a.blue) * fraction)
    }

    /// The same chromaticity with the largest amount at 1; black stays black.
    public var normalised: LinearRGB {
        let peak = max(red, green, blue)
        return peak > 0 ? LinearRGB(red: red / peak, green: green / peak, blue: blue / peak) : self
    }
}
