/// The bytes of SPI whose bits are the pulses that WS281x LEDs read. Pure.
public struct WS281xEncoder: StripEncoder {
    /// One byte before the data, in which the line is surely low: some controllers hold it high between transfers.
    private static let lead = 1

    /// The pulses of each byte, the first at the highest bit.
    private let pulses: [UInt32]
    private let bytesPerByte: Int
    private var quantiser: Quantiser
    /// The transfer.
    public private(set) var bytes: [UInt8]
    /// The duration of a transfer.
    public let duration: Duration

    /// The encoder for `count` LEDs of `bytesPerLED` bytes.
    public init(_ chip: WS281xChip, count: Int, bytesPerLED: Int) {
        bytesPerByte = chip.clocksPerBit
        pulses = (0..<256).map { byte in
            (0..<8).reduce(UInt32(0)) { sum, bit in
                sum << UInt32(chip.clocksPerBit) | (byte & (0x80 >> bit) == 0 ? chip.pulses.zero : chip.pulses.one)
            }
        }
        quantiser = Quantiser(steps: 255, pixels: count, channels: bytesPerLED, dithering: .overTime)
        let reset = (chip.hertz * chip.resetMicroseconds / 1_000_000 + 7) / 8
        bytes = [UInt8](repeating: 0, count: WS281xEncoder.lead + count * bytesPerLED * chip.clocksPerBit + reset)
        duration = .nanoseconds(Int64(bytes.count) * 8 * 1_000_000_000 / Int64(chip.hertz))
    }

    /// Makes the transfer that shows `strip`.
    ///
    /// - Returns: whether light too fine for 8 bits wants another soon.
    public mutating func encode(_ strip: Strip, isAtRest: Bool) -> Bool {
        quantiser.begin()
        let dimming = strip.dimming
        var place = WS281xEncoder.lead
        for index in strip.drives.indices {
            let value = quantiser.value(strip.drive(at: index, dimming: dimming), at: index, isAtRest: isAtRest)
            let pulses = pulses[value]
            for byte in stride(from: bytesPerByte - 1, through: 0, by: -1) {
                bytes[place] = UInt8(truncatingIfNeeded: pulses >> UInt32(8 * byte))
                place += 1
            }
        }
        return quantiser.wantsMore
    }
}
