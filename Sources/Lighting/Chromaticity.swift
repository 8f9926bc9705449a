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

    /// The colour in linear sRGB at luminance 1; amounts of what sRGB can't show (a red more saturated than its own) are
    /// negative.
    ///
    /// - Source: IEC 61966-2-1, the matrix from XYZ (D65).
    public var linearRGB: LinearRGB {
        let bigX = x / y
        let bigZ = (1 - x - y) / y
        return LinearRGB(
            red: 3.2404542 * bigX - 1.5371385 - 0.4985314 * bigZ,
            green: -0.9692660 * bigX + 1.8760108 + 0.0415560 * bigZ,
            blue: 0.0556434 * bigX - 0.2040259 + 1.0572252 * bigZ)
    }

    /// The place in the CIE 1976 UCS diagram, where equal distances look about equally large.
    ///
    /// - Source: CIE 15:2004, 8.2.1.
    var uniform: (u: Double, v: Double) {
        let scale = -2 * x + 12 * y + 3
        return (4 * x / scale, 9 * y / scale)
    }
}

extension Chromaticity {
    /// The chromaticity of a black body at `kelvin`, 1000…20000.
    ///
    /// - Source: M. Krystek, "An algorithm to calculate correlated colour temperature", Color Res. Appl. 10 (1985):
    ///   rational approximations of u and v (CIE 1960), within 0.0001 of Planck's law from 1000 K to 15000 K. For a light of
    ///   L* = 100 that is ΔE*uv 0.26 at most from 1800 K to 6500 K.
    public static func blackBody(kelvin t: Double) -> Chromaticity {
        let u =
            (0.860117757 + 1.54118254e-4 * t + 1.28641212e-7 * t * t)
            / (1 + 8.42420235e-4 * t + 7.08145163e-7 * t * t)
        let v =
            (0.317398726 + 4.22806245e-5 * t + 4.20481691e-8 * t * t)
            / (1 - 2.89741816e-5 * t + 1.61456053e-7 * t * t)
        let scale = 2 * u - 8 * v + 4
        return Chromaticity(x: 3 * u / scale, y: 2 * v / scale)
    }
}

extension Kelvin {
    /// The chromaticity of a black body of this temperature.
    public var chromaticity: Chromaticity { .blackBody(kelvin: value) }
}

extension Colour {
    /// Its place in the CIE 1931 diagram; nil for black, which has none.
    public var chromaticity: Chromaticity? {
        if case .temperature(let kelvin) = self { return kelvin.chromaticity }
        let rgb = linear
        // - Source: IEC 61966-2-1, the matrix to XYZ (D65).
        let x = 0.4124564 * rgb.red + 0.3575761 * rgb.green + 0.1804375 * rgb.blue
        let y = 0.2126729 * rgb.red + 0.7151522 * rgb.green + 0.0721750 * rgb.blue
        let z = 0.0193339 * rgb.red + 0.1191920 * rgb.green + 0.9503041 * rgb.blue
        guard y > 0 else { return nil }
        return Chromaticity(x: x / (x + y + z), y: y / (x + y + z))
    }
}
