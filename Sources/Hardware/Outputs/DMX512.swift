/// What sACN and Art-Net carry: universes of DMX512.
enum DMX512 {
    /// The number of slots that a universe has.
    static let slots = 512

    /// The number of slots of each universe of a strip, whose LEDs stay whole: 170 of three channels, 128 of four.
    static func universes(leds: Int, bytesPerLED: Int) -> [Int] {
        let perUniverse = slots / bytesPerLED
        return stride(from: 0, to: leds, by: perUniverse).map { min(perUniverse, leds - $0) * bytesPerLED }
    }
}
