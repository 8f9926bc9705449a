/// A colour's place in the CIE 1931 (x, y) diagram.
public struct Chromaticity: Sendable, Hashable {
    /// CIE x.
    public var x: Double
    /// CIE y; more than 0.
    public var y: Double

    /// The place (x, y).
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    /// The colour in linear sRGB at luminance 1; what sRGB can't show (a red more saturated than its own) is cut at 0.
    ///
    /// - Source: IEC 61966-2-1, the matrix from XYZ (D65).
    public var linearRGB: LinearRGB {
        let bigX = x / y
        let bigZ = (1 - x - y) / y
        return LinearRGB(
            red: max(0, 3.2404542 * bigX - 1.5371385 - 0.4985314 * bigZ),
            green: max(0, -0.9692660 * bigX + 1.8760108 + 0.0415560 * bigZ),
            blue: max(0, 0.0556434 * bigX - 0.2040259 + 1.0572252 * bigZ))
    }
}

extension Kelvin {
    /// The chromaticity of a black body of this temperature.
    ///
    /// - Source: B. Kang et al., "Design of advanced color temperature control system for HDTV applications",
    ///   J. Korean Phys. Soc. 41 (2002): cubic splines in 1/T, within 0.0011 in x and y from 1667 K to 25000 K.
    public var chromaticity: Chromaticity {
        let t = value
        let x: Double
        if t <= 4000 {
            x = -0.2661239e9 / (t * t * t) - 0.2343589e6 / (t * t) + 0.8776956e3 / t + 0.179910
        } else {
            x = -3.0258469e9 / (t * t * t) + 2.1070379e6 / (t * t) + 0.2226347e3 / t + 0.240390
        }
        let y: Double
        if t <= 2222 {
            y = -1.1063814 * x * x * x - 1.34811020 * x * x + 2.18555832 * x - 0.20219683
        } else if t <= 4000 {
            y = -0.9549476 * x * x * x - 1.37418593 * x * x + 2.09137015 * x - 0.16748867
        } else {
            y = 3.0817580 * x * x * x - 5.87338670 * x * x + 3.75112997 * x - 0.37001483
        }
        return Chromaticity(x: x, y: y)
    }
}
