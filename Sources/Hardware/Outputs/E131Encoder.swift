/// The packets of streaming ACN (sACN), DMX512 over UDP. Pure.
///
/// A universe has as many whole LEDs as fit in its 512 slots: 170 of three channels, 128 of four; the strip goes on in the
/// next.
///
/// - Source: ANSI E1.31-2018, tables 4-1, 5-1, 6-1 and 7-1, 6.2.6 (options) and 6.7 (sequence numbers).
public struct E131Encoder: PacketEncoder {
    /// The port that receivers listen at.
    public static let port: UInt16 = 5568
    private static let header = 126

    private var quantiser: Quantiser
    /// The universe of the first LED.
    public let universe: Int
    /// The packets of the frame made last, one for each universe.
    public private(set) var packets: [[UInt8]]

    /// The encoder for `count` LEDs of `bytesPerLED` bytes from `universe` on.
    ///
    /// - Parameters:
    ///   - source: what receivers call the sender, up to 63 bytes.
    ///   - identifier: the sender's CID, 16 bytes, the same after every start.
    ///   - priority: 0…200; of several senders the one with the highest has its way.
    public init(
        count: Int, bytesPerLED: Int, universe: Int, source: String, identifier: [UInt8], priority: Int = 100
    ) {
        quantiser = Quantiser(steps: 255, pixels: count, channels: bytesPerLED, dithering: .overSpace)
        self.universe = universe
        packets = DMX512.universes(leds: count, bytesPerLED: bytesPerLED).enumerated().map { index, slots in
            E131Encoder.packet(
                slots: slots, universe: universe + index, source: source, identifier: identifier, priority: priority)
        }
    }

    /// The address that receivers of a universe listen at.
    ///
    /// - Source: ANSI E1.31-2018, 9.3.1: 239.255.x.y, x and y being the universe's two bytes.
    public static func multicastAddress(of universe: Int) -> String {
        "239.255.\(universe >> 8 & 0xff).\(universe & 0xff)"
    }

    /// The CID of the sender of this name: the same after every start, another for every name.
    ///
    /// - Source: RFC 9562, 5.8 (UUID version 8); the bits are FNV-1a hashes (G. Fowler, L. C. Noll, K.-P. Vo).
    public static func identifier(of name: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for salt in [UInt64(0xcbf2_9ce4_8422_2325), 0x8422_2325_cbf2_9ce4] {
            let hash = name.utf8.reduce(salt) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: hash >> (56 - 8 * UInt64($0))) }
        }
        bytes[6] = bytes[6] & 0x0f | 0x80
        bytes[8] = bytes[8] & 0x3f | 0x80
        return bytes
    }

    /// Makes the packets that show `strip`.
    public mutating func encode(_ strip: Strip) {
        let dimming = strip.dimming
        var index = 0
        for packet in packets.indices {
            packets[packet][111] &+= 1
            for place in E131Encoder.header..<packets[packet].count {
                let drive = strip.drive(at: index, dimming: dimming)
                packets[packet][place] = UInt8(quantiser.value(drive, at: index, isAtRest: true))
                index += 1
            }
        }
    }

    /// Numbers the packets anew and sets Stream_Terminated. Receivers are to ignore the values; those that don't see the
    /// last ones.
    public mutating func encodeEnd() {
        for packet in packets.indices {
            packets[packet][111] &+= 1
            packets[packet][112] |= 0x40
        }
    }

    /// A packet with everything but its sequence number and its slots.
    private static func packet(
        slots: Int, universe: Int, source: String, identifier: [UInt8], priority: Int
    ) -> [UInt8] {
        var packet: [UInt8] = []
        func append(_ value: Int, bytes: Int) {
            for byte in stride(from: bytes - 1, through: 0, by: -1) {
                packet.append(UInt8(truncatingIfNeeded: value >> (8 * byte)))
            }
        }
        /// Flags, and how many bytes there are from here on.
        func appendLength() { append(0x7000 | (header + slots - packet.count), bytes: 2) }
        // Root layer.
        append(0x0010, bytes: 2)
        append(0, bytes: 2)
        packet += Array("ASC-E1.17".utf8) + [0, 0, 0]
        appendLength()
        append(0x0000_0004, bytes: 4)
        packet += identifier
        // Framing layer.
        appendLength()
        append(0x0000_0002, bytes: 4)
        let name = Array(source.utf8.prefix(63))
        packet += name + [UInt8](repeating: 0, count: 64 - name.count)
        packet.append(UInt8(priority))
        append(0, bytes: 2)
        packet += [0, 0]
        append(universe, bytes: 2)
        // Device management protocol layer.
        appendLength()
        packet += [0x02, 0xa1]
        append(0, bytes: 2)
        append(1, bytes: 2)
        append(slots + 1, bytes: 2)
        packet.append(0)
        packet += [UInt8](repeating: 0, count: slots)
        return packet
    }
}
