/// The brightness a light appears to have: CIE 1976 L* divided by 100, so that equal steps look equally large. 0…1.
public struct Lightness: Sendable, Hashable, Comparable {
    /// 0 (dark) … 1 (as bright as the hardware gets).
    public let value: Double

    /// The lightness `value`; what lies outside 0…1, or is no number, becomes the nearest that does, or 0.
    public init(_ value: Double) {
        self.value = value >= 0 ? min(value, 1) : 0
    }

    /// No light.
    public static let dark = Lightness(0)
    /// All that the hardware has.
    public static let full = Lightness(1)

    /// The relative luminance, 0…1, that looks this bright.
    ///
    /// - Source: CIE 15:2004, 8.2.1.1, inverted: Y = ((L* + 16) / 116)³ above L* = 8, else L* · (3/29)³.
    public var luminance: Double {
        let lStar = value * 100
        if lStar > 8 {
            let root = (lStar + 16) / 116
            return root * root * root
        }
        return lStar * 27 / 24389
    }

    /// The order of brightness.
    public static func < (a: Lightness, b: Lightness) -> Bool { a.value < b.value }

    /// The lightness at `fraction` (0…1) of the way from `a` to `b`.
    public static func between(_ a: Lightness, _ b: Lightness, at fraction: Double) -> Lightness {
        Lightness(a.value + (b.value - a.value) * fraction)
    }
}
