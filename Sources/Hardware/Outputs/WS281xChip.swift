/// A chip that takes bits as pulses of two lengths, made here by an SPI clock.
public enum WS281xChip: String, Sendable, Hashable, CaseIterable {
    /// WS2812B, and WS2811, WS2813, WS2815, which read the same pulses.
    case ws2812b
    /// SK6812, also with white (RGBW).
    case sk6812

    /// The SPI clock, in hertz.
    ///
    /// A bit becomes a few clocks: so many that all four times of the data sheet are met, also where the bus can only have
    /// a clock somewhat lower (Raspberry Pi: an even part of 250, 400 or 500 MHz).
    ///
    /// - Source: WS2812B data sheets: T0H 0.4 µs, T1H 0.8 µs, T0L 0.85 µs, T1L 0.45 µs, each ±0.15 µs, and version 5's
    ///   T0H 0.22…0.38 µs, T1H 0.58…1 µs, T1L 0.22…0.42 µs. Three clocks of 0.357 µs meet both.
    ///   SK6812 data sheet (rev. 01): T0H 0.3 µs, T1H 0.6 µs, T0L 0.9 µs, T1L 0.6 µs, each ±0.15 µs. Four of 0.303 µs do.
    public var hertz: Int {
        switch self {
        case .ws2812b: 2_800_000
        case .sk6812: 3_300_000
        }
    }

    /// How many clocks a bit has.
    var clocksPerBit: Int {
        switch self {
        case .ws2812b: 3
        case .sk6812: 4
        }
    }

    /// A 0 and a 1, in clocks.
    var pulses: (zero: UInt32, one: UInt32) {
        switch self {
        case .ws2812b: (0b100, 0b110)
        case .sk6812: (0b1000, 0b1100)
        }
    }

    /// How long the line must be low before the LEDs show what they were sent, in microseconds.
    ///
    /// - Source: WS2812B data sheet, version 5: 280 µs or more (older: 50 µs); SK6812: 80 µs or more.
    var resetMicroseconds: Int { 300 }
}
