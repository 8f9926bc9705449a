/// Reads the pulses on a WS281x data line as the LEDs do: by how long it is high and low, against a data sheet's windows.
public enum PulseDecoder {
    /// A data sheet's times in nanoseconds.
    public struct DataSheet: Sendable {
        /// The chip's name.
        public var name: String
        /// The time for which a 0 is high, in nanoseconds.
        public var zeroHigh: ClosedRange<Double>
        /// The time for which a 0 is low, in nanoseconds.
        public var zeroLow: ClosedRange<Double>
        /// The time for which a 1 is high, in nanoseconds.
        public var oneHigh: ClosedRange<Double>
        /// The time for which a 1 is low, in nanoseconds.
        public var oneLow: ClosedRange<Double>
        /// At least so long is the line low before LEDs show what they got.
        public var reset: Double
    }

    /// - Source: WS2812B data sheet (Worldsemi), "Data transfer time".
    public static let ws2812b = DataSheet(
        name: "WS2812B", zeroHigh: 250...550, zeroLow: 700...1000, oneHigh: 650...950, oneLow: 300...600, reset: 50_000)
    /// - Source: WS2812B-V5 data sheet (Worldsemi), "Data transfer time".
    public static let ws2812bV5 = DataSheet(
        name: "WS2812B-V5", zeroHigh: 220...380, zeroLow: 580...1000, oneHigh: 580...1000, oneLow: 220...420,
        reset: 280_000)
    /// - Source: SK6812 data sheet (rev. 01), "Data transmission time".
    public static let sk6812 = DataSheet(
        name: "SK6812", zeroHigh: 150...450, zeroLow: 750...1050, oneHigh: 450...750, oneLow: 450...750, reset: 80_000)

    /// Pulses that are none.
    public struct Fault: Error, CustomStringConvertible {
        /// The rule that was broken, in words.
        public var description: String
    }

    /// The data bytes that LEDs of this data sheet read of SPI bytes at this clock.
    public static func bytes(of spi: [UInt8], hertz: Double, _ sheet: DataSheet) throws -> [UInt8] {
        let clock = 1e9 / hertz
        // Runs of a level, in clocks; the line was low before.
        var runs: [(high: Bool, clocks: Int)] = [(false, 0)]
        for byte in spi {
            for bit in 0..<8 {
                let high = byte & (0x80 >> UInt8(bit)) != 0
                if runs[runs.count - 1].high == high {
                    runs[runs.count - 1].clocks += 1
                } else {
                    runs.append((high, 1))
                }
            }
        }
        var bits: [Bool] = []
        for index in runs.indices where runs[index].high {
            let high = Double(runs[index].clocks) * clock
            guard index + 1 < runs.count else { throw Fault(description: "the line stays high at the end") }
            let low = Double(runs[index + 1].clocks) * clock
            let isLast = index + 2 >= runs.count
            if sheet.zeroHigh.contains(high), isLast || sheet.zeroLow.contains(low) {
                bits.append(false)
            } else if sheet.oneHigh.contains(high), isLast || sheet.oneLow.contains(low) {
                bits.append(true)
            } else {
                throw Fault(description: "\(sheet.name): \(high) ns high, \(low) ns low is neither 0 nor 1")
            }
            if isLast, low < sheet.reset { throw Fault(description: "\(sheet.name): reset of \(low) ns is too short") }
        }
        guard bits.count % 8 == 0 else { throw Fault(description: "\(bits.count) bits are no bytes") }
        return stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<start + 8].reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
        }
    }
}
