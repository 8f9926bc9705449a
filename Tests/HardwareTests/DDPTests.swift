import Hardware
import Lighting
import Testing

@Suite("DDP, read as its publisher describes it")
struct DDPTests {
    /// - Source: http://www.3waylabs.com/ddp/, "Packet format".
    struct Packet {
        var version: Int
        var push: Bool
        var sequence: Int
        var type: Int
        var destination: Int
        var offset: Int
        var data: [UInt8]

        init(_ bytes: [UInt8]) throws {
            try #require(bytes.count >= 10)
            version = Int(bytes[0] >> 6)
            push = bytes[0] & 1 != 0
            sequence = Int(bytes[1] & 0x0f)
            type = Int(bytes[2])
            destination = Int(bytes[3])
            offset = bytes[4..<8].reduce(0) { $0 << 8 | Int($1) }
            let length = Int(bytes[8]) << 8 | Int(bytes[9])
            data = Array(bytes.dropFirst(10))
            try #require(data.count == length)
        }
    }

    @Test(arguments: [3, 4])
    func `a long strip goes in packets of whole LEDs, the last of which has it shown`(_ bytesPerLED: Int) throws {
        let set: ChannelSet = bytesPerLED == 3 ? .rgb : .rgbw
        let letters = bytesPerLED == 3 ? "RGB" : "RGBW"
        let values = (0..<1000 * bytesPerLED).map { UInt8(truncatingIfNeeded: $0 * 7) }
        var encoder = DDPEncoder(count: 1000, bytesPerLED: bytesPerLED)
        var sequences: [Int] = []
        for _ in 0..<10 {
            encoder.encode(strip(1000, letters, of: set, values))
            let packets = try encoder.packets.map { try Packet($0) }
            #expect(packets.allSatisfy { $0.version == 1 && $0.destination == 1 })
            #expect(packets.allSatisfy { $0.type == (bytesPerLED == 3 ? 0x0b : 0x1b) })
            #expect(packets.map(\.push) == packets.indices.map { $0 == packets.count - 1 })
            #expect(packets.allSatisfy { $0.data.count <= 1440 && $0.offset % bytesPerLED == 0 })
            var shown = [UInt8](repeating: 0, count: values.count)
            for packet in packets {
                shown.replaceSubrange(packet.offset..<packet.offset + packet.data.count, with: packet.data)
            }
            #expect(shown == values)
            sequences += packets.map(\.sequence)
        }
        #expect(sequences.first == 1)
        #expect(zip(sequences, sequences.dropFirst()).allSatisfy { $1 == $0 % 15 + 1 })
    }

    @Test
    func `a controller on the network gets it; one that isn't there is told`() throws {
        let receiver = try #require(UDPReceiver())
        let output = NetworkOutput(
            strip(2, "RGB", of: .rgb, [1, 2, 3, 4, 5, 6]), encoder: DDPEncoder(count: 2, bytesPerLED: 3),
            sink: UDPSender(hosts: ["127.0.0.1"], port: receiver.port))
        #expect(try output.present(isAtRest: true) == .milliseconds(900))
        #expect(try Packet(try #require(receiver.receive())).data == [1, 2, 3, 4, 5, 6])

        // The end is the same light, three times, each under a number of its own.
        #expect(try [output.end() != nil, output.end() != nil, output.end() != nil] == [true, true, false])
        let ends = try (0..<3).map { _ in try Packet(try #require(receiver.receive())) }
        #expect(ends.map(\.data) == [[UInt8]](repeating: [1, 2, 3, 4, 5, 6], count: 3))
        #expect(ends.map(\.sequence) == [2, 3, 4])

        let nobody = UDPSender(hosts: ["127.0.0.1"], port: 1)
        try nobody.send([0], index: 0)
        // The answer that nobody listens comes with the next packet.
        let error = #expect(throws: HardwareError.self) { for _ in 0..<100 { try nobody.send([0], index: 0) } }
        #expect(error?.description.contains("nobody listens at 127.0.0.1 port 1") == true)
        // Nobody may send to all without saying so.
        let all = UDPSender(hosts: ["255.255.255.255"], port: 1)
        let forbidden = #expect(throws: HardwareError.self) { try all.send([0], index: 0) }
        #expect(
            forbidden?.description.contains("may not be sent to (Permission denied); is it a broadcast address")
                == true,
            "\(forbidden?.description ?? "")")
        // More than a datagram holds.
        let large = UDPSender(hosts: ["127.0.0.1"], port: receiver.port)
        let datagram = [UInt8](repeating: 0, count: 70_000)
        let refused = #expect(throws: HardwareError.self) { try large.send(datagram, index: 0) }
        #expect(
            refused?.description.contains("can't be sent to (Message too long); look at the way there") == true,
            "\(refused?.description ?? "")")
    }
}
