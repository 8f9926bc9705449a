/// The packets of DDP, the Distributed Display Protocol, which WLED and other controllers take. Pure.
///
/// - Source: 3waylabs, "Distributed Display Protocol (DDP)", http://www.3waylabs.com/ddp/: version 1, a header of 10 bytes,
///   up to 1440 bytes of data, the push flag on a frame's last packet, sequence numbers 1…15.
public struct DDPEncoder: PacketEncoder {
    /// The port that displays listen at.
    public static let port: UInt16 = 4048
    /// How much data a packet has at most.
    static let largest = 1440
    private static let header = 10

    private var quantiser: Quantiser
    private var sequence: UInt8 = 0
    /// The packets of the frame made last.
    public private(set) var packets: [[UInt8]]

    /// The encoder for `count` LEDs of `bytesPerLED` bytes.
    public init(count: Int, bytesPerLED: Int) {
        quantiser = Quantiser(steps: 255, pixels: count, channels: bytesPerLED, dithering: .overSpace)
        let whole = DDPEncoder.largest / bytesPerLED * bytesPerLED
        let total = count * bytesPerLED
        packets = stride(from: 0, to: total, by: whole).map { offset in
            let length = min(whole, total - offset)
            var packet = [UInt8](repeating: 0, count: DDPEncoder.header + length)
            packet[0] = 0x40 | (offset + length == total ? 0x01 : 0)
            // RGB or RGBW of 8 bits each; for anything else, undefined.
            packet[2] = bytesPerLED == 3 ? 0x0b : bytesPerLED == 4 ? 0x1b : 0
            packet[3] = 1
            for byte in 0..<4 { packet[4 + byte] = UInt8(truncatingIfNeeded: offset >> (24 - 8 * byte)) }
            packet[8] = UInt8(length >> 8)
            packet[9] = UInt8(length & 0xff)
            return packet
        }
    }

    /// Makes the packets that show `strip`.
    public mutating func encode(_ strip: Strip) {
        let dimming = strip.dimming
        var index = 0
        for packet in packets.indices {
            sequence = sequence % 15 + 1
            packets[packet][1] = sequence
            for place in DDPEncoder.header..<packets[packet].count {
                let drive = strip.drive(at: index, dimming: dimming)
                packets[packet][place] = UInt8(quantiser.value(drive, at: index, isAtRest: true))
                index += 1
            }
        }
    }

    /// Numbers the packets anew: DDP has no word for the end, but any packet may have been lost.
    public mutating func encodeEnd() {
        for packet in packets.indices {
            sequence = sequence % 15 + 1
            packets[packet][1] = sequence
        }
    }
}
