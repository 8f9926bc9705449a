package import Documents
package import Lighting

/// A strip of a node of Art-Net on the network.
package struct ArtNetStrip: StripDriver {
    package static let name = "artnet"
    package static let fields = [
        DriverField("host", "a numeric address"),
        DriverField("universe", "0 to 32767: net × 256 + subnet × 16 + universe"), StripPart.leds, StripPart.group,
        StripPart.order,
    ]

    package static var universes: ClosedRange<Int>? { ArtNetEncoder.addresses }
    package let host: String
    /// The port-address of the first LED.
    package let universe: Int
    package var part: StripPart

    package init(host: String, universe: Int, _ part: StripPart) {
        self.host = host
        self.universe = universe
        self.part = part
    }

    package init?(_ fields: FieldMap, channels: ChannelSet) {
        let host = fields.required("host", example: "192.168.1.60")?.address()
        let universe = fields.required("universe", example: "1")?
            .integer(in: ArtNetEncoder.addresses, "a universe", example: "1")
        guard let part = StripPart(fields, channels), let host, let universe else { return nil }
        self.init(host: host, universe: universe, part)
    }

    package static func example(for channels: ChannelSet) -> String {
        "{driver: artnet, host: 192.168.1.60, universe: 1, leds: 30}"
    }

    package var needsNetwork: Bool { true }
    package var connection: String { "\(host) \(universe)" }

    package func output(_ strip: Strip, for bar: BarPlace) -> any LightOutput {
        NetworkOutput(
            strip, encoder: ArtNetEncoder(count: strip.count, bytesPerLED: strip.bytesPerLED, address: universe),
            sink: UDPSender(hosts: [host], port: ArtNetEncoder.port))
    }

    package func findings(
        _ check: String, of output: any LightOutput, for bar: BarPlace, on board: Board
    ) -> [Finding] { [.way(check, to: host, port: ArtNetEncoder.port)] }
}

/// The packets of Art-Net, DMX512 over UDP (ArtDmx). Pure.
///
/// A port-address has as many whole LEDs as fit in its 512 slots: 170 of three channels, 128 of four; the strip goes on in
/// the next.
///
/// - Source: Artistic Licence, Art-Net 4, ArtDmx, as quoted in public code and as OLA 0.10.9 reads it: the operation code
///   goes low byte first, the length high byte first and even, 2…512; sequence numbers 1…255, for 0 would switch the order
///   off.
public struct ArtNetEncoder: PacketEncoder {
    /// The port that nodes listen at.
    public static let port: UInt16 = 6454
    /// The port-addresses that there are: 7 bits of net, 4 of subnet, 4 of universe.
    public static let addresses = 0...32767
    private static let header = 18

    private var quantiser: Quantiser
    /// The number of slots of each packet, before its length is made even.
    private let slots: [Int]
    /// The packets of the frame made last, one for each port-address.
    public private(set) var packets: [[UInt8]]

    /// The encoder for `count` LEDs of `bytesPerLED` bytes from the port-address `address` on.
    public init(count: Int, bytesPerLED: Int, address: Int) {
        quantiser = Quantiser(steps: 255, pixels: count, channels: bytesPerLED, dithering: .overSpace)
        slots = DMX512.universes(leds: count, bytesPerLED: bytesPerLED)
        packets = slots.enumerated().map { index, slots in
            ArtNetEncoder.packet(slots: slots, address: address + index)
        }
    }

    /// Makes the packets that show `strip`.
    public mutating func encode(_ strip: Strip) {
        let dimming = strip.dimming
        var index = 0
        for packet in packets.indices {
            number(packet)
            for place in 0..<slots[packet] {
                let drive = strip.drive(at: index, dimming: dimming)
                packets[packet][ArtNetEncoder.header + place] = UInt8(
                    quantiser.value(drive, at: index, isAtRest: true))
                index += 1
            }
        }
    }

    /// Numbers the packets anew: Art-Net has no word for the end, but any packet may have been lost.
    public mutating func encodeEnd() {
        for packet in packets.indices { number(packet) }
    }

    private mutating func number(_ packet: Int) { packets[packet][12] = packets[packet][12] % 255 + 1 }

    /// A packet with everything but its sequence number and its slots.
    private static func packet(slots: Int, address: Int) -> [UInt8] {
        let length = slots + slots % 2
        var packet = Array("Art-Net\0".utf8) + [0x00, 0x50, 0x00, 14]
        // The sequence number; the socket of the sender at which the data came in, of which we have none.
        packet += [0, 0]
        packet += [UInt8(address & 0xff), UInt8(address >> 8 & 0x7f)]
        packet += [UInt8(length >> 8), UInt8(length & 0xff)]
        return packet + [UInt8](repeating: 0, count: length)
    }
}
