/// The light of an LED of red, green and blue as its data sheet has it: the tests' own, which shares nothing with the code
/// under test.
package enum DataSheetRGB {
    /// Red, green and blue at full drive.
    ///
    /// - Source: WS2812B data sheet (Worldsemi): 620…625, 522…525 and 465…467 nm, 390…420, 660…720 and 180…200 mcd: in the
    ///   middle, as Lambertian sources, 1.272, 2.168 and 0.597 lm. The peaks, of 20, 35 and 25 nm, are those whose dominant
    ///   wavelengths these are.
    private static let emitters: [StandardObserver.XYZ] = [
        StandardObserver.led(peak: 628.5, width: 20) * (0.405 * .pi),
        StandardObserver.led(peak: 523, width: 35) * (0.69 * .pi),
        StandardObserver.led(peak: 463.75, width: 25) * (0.19 * .pi),
    ]

    /// The sum of the three drives at full brightness, whatever the temperature: the power is the same.
    ///
    /// - Source: the three equations of light that adds up to a black body's, solved apart from the code under test for
    ///   1800…6500 K. The temperature that can have the least power is 1800 K, where red is full: 1.500 of a channel.
    package static let fullPower = 1.5

    /// How far what red, green and blue of 0…1 show is from a black body's colour, at the brightness that it has: ΔE*uv.
    package static func difference(_ drives: [Double], from kelvin: Double) -> Double {
        let light = zip(emitters, drives).reduce(StandardObserver.XYZ()) { $0 + $1.0 * $1.1 }
        guard light.y > 0 else { return .infinity }
        let white = StandardObserver.planck(kelvin)
        return StandardObserver.difference(light * (1 / light.y), white, white: white)
    }
}
