/// Reads the bytes on an APA102 strip's data line as its LEDs do, clocked bit by bit.
///
/// - Source: APA102 data sheet (Shenzhen LED Color): 32 zero bits; then each LED takes 32 bits that begin with 111: five of
///   global brightness, and blue, green and red. What begins otherwise isn't an LED's.
public enum APA102Decoder {
    /// The light of an LED.
    public struct LED: Sendable, Hashable {
        /// 0…31
        public var global: Int
        /// 0…255 each.
        public var blue: Int, green: Int, red: Int

        /// An LED of these values.
        public init(global: Int, blue: Int, green: Int, red: Int) {
            (self.global, self.blue, self.green, self.red) = (global, blue, green, red)
        }

        /// Red, green and blue, 0…1.
        public var light: [Double] { [red, green, blue].map { Double($0) / 255 * Double(global) / 31 } }
    }

    /// Bytes that no LED understands.
    public struct Fault: Error, CustomStringConvertible {
        /// The rule that was broken, in words.
        public var description: String
    }

    /// Returns the values that the LEDs were told, transfer by transfer: whole ones only.
    public static func transfers(_ bytes: [UInt8]) throws -> [[LED]] {
        var transfers: [[LED]] = []
        var (zeros, place) = (0, 0)
        while place < bytes.count {
            if bytes[place] == 0 {
                zeros += 1
                place += 1
                continue
            }
            guard zeros >= 4 else { throw Fault(description: "\(zeros) zero bytes before byte \(place), 4 are wanted") }
            var leds: [LED] = []
            while place + 4 <= bytes.count, bytes[place] & 0xe0 == 0xe0 {
                let frame = bytes[place..<place + 4].map { Int($0) }
                leds.append(LED(global: frame[0] & 0x1f, blue: frame[1], green: frame[2], red: frame[3]))
                place += 4
            }
            guard !leds.isEmpty else { throw Fault(description: "byte \(place) begins no LED's frame") }
            transfers.append(leds)
            zeros = 0
        }
        return transfers
    }
}
