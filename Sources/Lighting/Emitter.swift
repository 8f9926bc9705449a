/// One kind of LED of a bar, driven as one channel: which light it gives at full drive, and what that takes.
public struct Emitter: Sendable, Hashable {
    /// The colour of its light.
    public var chromaticity: Chromaticity
    /// Its light at full drive, in lumens or any other unit that the bar's emitters share; more than 0.
    public var lumens: Double
    /// The power that it takes at full drive, in watts or any other unit that the bar's emitters share; more than 0.
    public var watts: Double

    /// An emitter.
    public init(chromaticity: Chromaticity, lumens: Double, watts: Double = 1) {
        self.chromaticity = chromaticity
        self.lumens = lumens
        self.watts = watts
    }

    /// A white on the Planckian locus.
    ///
    /// - Source: light of one package: SK6812RGBW data sheet (SPC/SK6812RGBW, rev. 01), white 5…7 lm.
    public static func white(_ kelvin: Kelvin) -> Emitter { Emitter(chromaticity: kelvin.chromaticity, lumens: 6) }

    /// Red, dominant wavelength 622.5 nm.
    ///
    /// - Source: WS2812B data sheet (Worldsemi): 620…625 nm, 390…420 mcd, taken as a Lambertian source (π sr). The
    ///   chromaticity is that of a spectrum of this dominant wavelength, 20 nm wide, of the form in Y. Ohno, "Spectral
    ///   design considerations for white LED color rendering", Opt. Eng. 44 (2005).
    public static let red = Emitter(chromaticity: Chromaticity(x: 0.6961, y: 0.3038), lumens: 1.27)
    /// Green, dominant wavelength 523.5 nm.
    ///
    /// - Source: as ``red``: 522…525 nm, 660…720 mcd; 35 nm wide.
    public static let green = Emitter(chromaticity: Chromaticity(x: 0.1576, y: 0.7112), lumens: 2.17)
    /// Blue, dominant wavelength 466 nm.
    ///
    /// - Source: as ``red``: 465…467 nm, 180…200 mcd; 25 nm wide.
    public static let blue = Emitter(chromaticity: Chromaticity(x: 0.1369, y: 0.0484), lumens: 0.60)

    /// The CIE 1931 tristimulus values at full drive.
    var tristimulus: (x: Double, y: Double, z: Double) {
        let scale = lumens / chromaticity.y
        return (chromaticity.x * scale, lumens, (1 - chromaticity.x - chromaticity.y) * scale)
    }
}
