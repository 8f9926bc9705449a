/// The registers of a PCA9685, a chip on the I2C bus with 16 channels of pulse-width modulation of 12 bits. Pure.
///
/// Channels begin their pulses at different counts, so that a supply isn't drawn on by all at once. A pulse that doesn't end
/// in the cycle in which it began ends in the next: the data sheet's example 2 (7.3.3) has one.
///
/// - Source: NXP, "PCA9685: 16-channel, 12-bit PWM Fm+ I2C-bus LED controller", Rev. 4 (16 April 2015).
package struct PCA9685: Sendable, Hashable {
    /// The structure of all outputs.
    package enum Output: Sendable, Hashable {
        /// Driven high and low: for MOSFETs and other drivers.
        case totemPole
        /// Driven low only: for LEDs between supply and output, or a pull-up resistor.
        case openDrain
    }

    /// The state of all outputs while the OE pin is high.
    package enum Disabled: Sendable, Hashable {
        /// Low.
        case low
        /// High; not driven where outputs are ``Output/openDrain``.
        case high
        /// Not driven.
        case floating
    }

    /// Bytes for a register and those that follow it.
    package struct Write: Sendable, Hashable {
        /// The first register.
        package var register: UInt8
        /// The bytes, at most 32.
        package var bytes: [UInt8]

        /// A write.
        package init(register: UInt8, bytes: [UInt8]) {
            self.register = register
            self.bytes = bytes
        }
    }

    /// The number of channels.
    package static let channels = 16
    /// The value of a channel that is always on; 0 is always off, those between are 4096ths of the cycle.
    ///
    /// - Source: 7.3.3: counts 0…4095; bit 4 of LEDn_ON_H is full on, of LEDn_OFF_H full off.
    package static let full = 4096
    /// The frequencies that the internal oscillator makes, in hertz.
    ///
    /// - Source: 7.3.5.
    package static let frequencies = 24...1526
    /// The wait until the oscillator runs, in nanoseconds, before channels are written.
    ///
    /// - Source: table 5, note 2: 500 µs at most.
    package static let startUp: Int64 = 500_000
    /// The register of MODE1, whose value ``start(mode1:mode2:prescale:)`` wants to know.
    package static let mode1Register: UInt8 = 0x00
    /// The register of MODE2, likewise.
    package static let mode2Register: UInt8 = 0x01
    /// The register of PRE_SCALE, likewise.
    package static let prescaleRegister: UInt8 = 0xfe

    /// The internal oscillator, in hertz. It isn't exact: chips run some percent faster or slower.
    private static let oscillator = 25_000_000
    private static let firstChannel = 0x06
    /// Turns all channels fully off.
    private static let allOffHigh: UInt8 = 0xfd
    private static let fullBit: UInt8 = 0x10
    private static let sleep: UInt8 = 0x10
    private static let externalClock: UInt8 = 0x40
    /// Registers follow one another, no subaddress, and not the address 0x70, which all such chips have at first and which
    /// I2C multiplexers have.
    ///
    /// - Source: table 5: AI (bit 5) alone.
    private static let running: UInt8 = 0x20
    /// The most bytes of a write.
    ///
    /// - Source: Linux, I2C_SMBUS_BLOCK_MAX in include/uapi/linux/i2c.h.
    private static let largest = 32

    private let mode2: UInt8
    private let prescale: UInt8
    /// The count at which each channel's pulse begins.
    private let phases: [Int]

    /// A chip.
    ///
    /// - Parameters:
    ///   - hertz: the frequency, 24…1526.
    ///   - isInverted: true if what a channel drives is lit while its output is low: LEDs between supply and output, P-type
    ///     drivers.
    ///   - channels: those in use, whose pulses begin at equal distances.
    package init(
        hertz: Int, output: Output = .totemPole, isInverted: Bool = false, disabled: Disabled = .low,
        channels: some Sequence<Int>
    ) {
        prescale = PCA9685.prescale(hertz: hertz).value
        // Table 6. Outputs change at the end of a write (bit 3 is 0), so those of one write change together.
        let outne: UInt8 =
            switch disabled {
            case .low: 0
            case .high: 1
            case .floating: 2
            }
        mode2 = (isInverted ? 0x10 : 0) | (output == .totemPole ? 0x04 : 0) | outne
        var phases = [Int](repeating: 0, count: PCA9685.channels)
        let used = Set(channels).sorted()
        for (place, channel) in used.enumerated() { phases[channel] = place * PCA9685.full / used.count }
        self.phases = phases
    }

    /// The prescaler's value for the frequency nearest to `hertz`, and that frequency as the internal oscillator makes it.
    ///
    /// - Source: 7.3.5, equation 1: round(oscillator / (4096 · frequency)) − 1; the hardware takes 3…255.
    package static func prescale(hertz: Int) -> (value: UInt8, hertz: Double) {
        let cycle = full * max(hertz, 1)
        let value = min(max((oscillator + cycle / 2) / cycle - 1, 3), 255)
        return (UInt8(value), Double(oscillator) / Double(full * (value + 1)))
    }

    /// True for the MODE1 of a chip that takes its clock from the EXTCLK pin, so that nobody knows its frequency. Only taking
    /// it off its supply, or a software reset, brings it back.
    ///
    /// - Source: table 5: EXTCLK (bit 6) is sticky.
    package static func hasExternalClock(mode1: UInt8) -> Bool { mode1 & externalClock != 0 }

    /// The writes that start a chip whose registers are these; then ``startUp`` must pass, and all channels in use be written.
    /// None where it runs as it should, so that light doesn't blink.
    ///
    /// The prescaler can be written only in sleep. The bit RESTART isn't used: it would bring back the light from before for
    /// a moment, and a channel's next write clears it.
    ///
    /// - Source: 7.3.5; 7.3.1.1: what clears RESTART; table 5.
    package func start(mode1: UInt8, mode2: UInt8, prescale: UInt8) -> [Write] {
        // MODE2's upper three bits are reserved.
        if mode1 == PCA9685.running, mode2 & 0x1f == self.mode2, prescale == self.prescale { return [] }
        // MODE2 first: with the wrong polarity, off is on. One byte each, since registers may not follow one another yet.
        return [
            Write(register: PCA9685.mode2Register, bytes: [self.mode2]),
            Write(register: PCA9685.allOffHigh, bytes: [PCA9685.fullBit]),
            Write(register: PCA9685.mode1Register, bytes: [PCA9685.running | PCA9685.sleep]),
            Write(register: PCA9685.prescaleRegister, bytes: [self.prescale]),
            Write(register: PCA9685.mode1Register, bytes: [PCA9685.running]),
        ]
    }

    /// The four bytes of a channel: the counts at which it goes on and off, low byte first.
    ///
    /// - Source: table 7. The two counts are never the same, as 7.3.4 forbids.
    package func bytes(of value: Int, channel: Int) -> [UInt8] {
        let on = phases[channel]
        let off = (on + value) % PCA9685.full
        let low = UInt8(on & 0xff)
        let high = UInt8(on >> 8)
        switch value {
        case ...0: return [low, high, 0, PCA9685.fullBit]
        case PCA9685.full...: return [low, high | PCA9685.fullBit, 0, 0]
        default: return [low, high, UInt8(off & 0xff), UInt8(off >> 8)]
        }
    }

    /// The fewest writes that set the channels (0…15) to the values (0…4096); of a channel named twice, the last counts.
    package func writes(of values: [(channel: Int, value: Int)]) -> [Write] {
        let wanted = Dictionary(values.map { ($0.channel, $0.value) }) { $1 }
        var writes: [Write] = []
        var next: Int?
        for (channel, value) in wanted.sorted(by: { $0.key < $1.key }) {
            let bytes = bytes(of: value, channel: channel)
            if channel == next, writes[writes.count - 1].bytes.count + bytes.count <= PCA9685.largest {
                writes[writes.count - 1].bytes += bytes
            } else {
                writes.append(Write(register: UInt8(PCA9685.firstChannel + 4 * channel), bytes: bytes))
            }
            next = channel + 1
        }
        return writes
    }
}
