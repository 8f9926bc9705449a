/// The bytes of SPI that APA102 and SK9822 LEDs read. Pure.
///
/// Each LED's 5 bits of global brightness are set as low as its brightest channel allows, so that dim light has up to 31
/// times as fine steps.
///
/// - Source: APA102 data sheet (Shenzhen LED Color): 32 zero bits; per LED 111 and 5 bits of brightness, then blue, green and
///   red; an end frame. The data sheet's 32 bits of it do for 64 LEDs: each LED delays the data by half a clock, so one
///   more edge is needed for every LED (T. Böscke, "Understanding the APA102 'Superled'", 2014); SK9822 wants 32 zero bits
///   after the data before it shows them ("SK9822 – a clone of the APA102?", 2016). Zeros don't light LEDs beyond the end.
public struct APA102Encoder: StripEncoder {
    /// How bright the global brightness can be.
    static let brightest = 31

    private let count: Int
    private var quantiser: Quantiser
    /// The transfer.
    public private(set) var bytes: [UInt8]
    /// The duration of a transfer.
    public let duration: Duration

    /// The SPI clock, in hertz: below the data sheet's 15 MHz maximum by what a metre of cable may cost.
    public static let hertz = 4_000_000

    /// The encoder for `count` LEDs.
    public init(count: Int) {
        self.count = count
        quantiser = Quantiser(steps: 255, pixels: count, channels: 3, dithering: .overTime)
        bytes = [UInt8](repeating: 0, count: 4 + 4 * count + 4 + (count + 15) / 16)
        duration = .nanoseconds(Int64(bytes.count) * 8 * 1_000_000_000 / Int64(APA102Encoder.hertz))
    }

    /// Makes the transfer that shows `strip`, whose LEDs have three bytes each.
    ///
    /// - Returns: whether light too fine for the hardware wants another soon.
    public mutating func encode(_ strip: Strip, isAtRest: Bool) -> Bool {
        quantiser.begin()
        let dimming = strip.dimming
        for led in 0..<count {
            let drives = (
                strip.drive(at: 3 * led, dimming: dimming), strip.drive(at: 3 * led + 1, dimming: dimming),
                strip.drive(at: 3 * led + 2, dimming: dimming)
            )
            let peak = Int(max(drives.0, drives.1, drives.2))
            let global = max(1, (peak * APA102Encoder.brightest + 65534) / 65535)
            let place = 4 + 4 * led
            bytes[place] = 0xe0 | UInt8(global)
            bytes[place + 1] = value(drives.0, global, at: 3 * led, isAtRest: isAtRest)
            bytes[place + 2] = value(drives.1, global, at: 3 * led + 1, isAtRest: isAtRest)
            bytes[place + 3] = value(drives.2, global, at: 3 * led + 2, isAtRest: isAtRest)
        }
        return quantiser.wantsMore
    }

    private mutating func value(_ drive: UInt16, _ global: Int, at index: Int, isAtRest: Bool) -> UInt8 {
        let exact = UInt64(drive) * 255 * 65536 * UInt64(APA102Encoder.brightest) / (65535 * UInt64(global))
        return UInt8(min(quantiser.value(exact: exact, at: index, isAtRest: isAtRest), 255))
    }
}
