/// A colour temperature in kelvin, 1800 (candle) … 6500 (daylight): the range that L5 asks for.
public struct Kelvin: Sendable, Hashable, Comparable {
    /// The temperatures that lights are asked for.
    public static let range = 1800.0...6500.0

    /// The temperature in kelvin.
    public let value: Double

    /// The temperature `value`, or nil outside ``range``.
    public init?(_ value: Double) {
        guard Kelvin.range.contains(value) else { return nil }
        self.value = value
    }

    /// The temperature nearest to `value` within ``range``.
    public init(clamping value: Double) {
        self.value = value.isNaN ? 2700 : min(max(value, Kelvin.range.lowerBound), Kelvin.range.upperBound)
    }

    /// 2700 K, the colour of an incandescent lamp, and what a bar shows unless told otherwise.
    public static let warmWhite = Kelvin(clamping: 2700)

    /// Reciprocal megakelvin, the scale on which equal steps look equally large; 154…556.
    ///
    /// - Source: I. G. Priest, "A proposed scale for use in specifying the chromaticity of incandescent illuminants
    ///   and various phases of daylight", J. Opt. Soc. Am. 23 (1933).
    public var mired: Double { 1e6 / value }

    /// The temperature of `mired`, clamped to ``range``.
    public init(mired: Double) { self.init(clamping: 1e6 / mired) }

    /// The order of temperature.
    public static func < (a: Kelvin, b: Kelvin) -> Bool { a.value < b.value }
}
