import FoundationEssentials
import Hardware
import Lighting
import Processes
import Testing

@Suite("sACN, read by PyPI's sacn")
struct E131Tests {
    /// What sacn makes of a packet.
    struct Decoded: Decodable {
        var universe: Int
        var sequence: Int
        var priority: Int
        var source: String
        var cid: [UInt8]
        var data: [UInt8]
        var terminated: Bool
        var startCode: Int
    }

    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// - Throws: where sacn can't be had, or refuses a packet.
    static func decode(_ packets: [[UInt8]]) throws -> [Decoded] {
        let folder = try FakeFolder()
        let text = packets.map { packet in packet.map { String($0, radix: 16) }.joined(separator: " ") }
        try folder.write(text.joined(separator: "\n"), to: "packets")
        let child = try ChildProcess("\(repository)/scripts/sacn-decode", ["\(folder.path)/packets"])
        let ending = try child.waitForEnd(within: .seconds(120))
        try #require(ending == .exit(0), "\(child.output)")
        return try child.output.split(separator: "\n").filter { $0.hasPrefix("{") }
            .map { try JSONDecoder().decode(Decoded.self, from: Data($0.utf8)) }
    }

    @Test(arguments: [3, 4])
    func `universes of 170 and 128 LEDs, sequence numbers, priority, source and CID`(_ bytesPerLED: Int) throws {
        let set: ChannelSet = bytesPerLED == 3 ? .rgb : .rgbw
        let letters = bytesPerLED == 3 ? "RGB" : "RGBW"
        let perUniverse = bytesPerLED == 3 ? 170 : 128
        let values = (0..<400 * bytesPerLED).map { UInt8(truncatingIfNeeded: $0 * 11) }
        let cid = E131Encoder.identifier(of: "home/stairs")
        var encoder = E131Encoder(
            count: 400, bytesPerLED: bytesPerLED, universe: 300, source: "footlight home/stairs", identifier: cid,
            priority: 150)
        var packets: [[UInt8]] = []
        for _ in 0..<257 {
            encoder.encode(strip(400, letters, of: set, values))
            packets += encoder.packets
        }
        let decoded = try Self.decode(packets)
        #expect(decoded.count == packets.count)
        let universes = encoder.packets.count
        #expect(universes == (400 + perUniverse - 1) / perUniverse)
        for (index, packet) in decoded.enumerated() {
            #expect(packet.universe == 300 + index % universes)
            #expect(packet.sequence == (index / universes + 1) % 256)
            #expect(packet.priority == 150)
            #expect(packet.source == "footlight home/stairs")
            #expect(packet.cid == cid)
            #expect(!packet.terminated)
            #expect(packet.startCode == 0)
            let first = index % universes * perUniverse * bytesPerLED
            let count = min(perUniverse * bytesPerLED, values.count - first)
            #expect(Array(packet.data.prefix(count)) == Array(values[first..<first + count]))
            #expect(packet.data.dropFirst(count).allSatisfy { $0 == 0 })
        }
    }

    @Test
    func `the end of the stream has the last values, as sacn reads it`() throws {
        var encoder = E131Encoder(
            count: 2, bytesPerLED: 3, universe: 1, source: "footlight", identifier: E131Encoder.identifier(of: "a"))
        encoder.encode(strip(2, "RGB", of: .rgb, [1, 2, 3, 4, 5, 6]))
        let last = encoder.packets
        encoder.encodeEnd()
        let decoded = try Self.decode(last + encoder.packets)
        #expect(decoded.map(\.terminated) == [false, true])
        #expect(decoded.map(\.sequence) == [1, 2])
        #expect(decoded.allSatisfy { Array($0.data.prefix(6)) == [1, 2, 3, 4, 5, 6] })
    }

    @Test
    func `a CID is a UUID, the same after every start and another for another node`() {
        let cid = E131Encoder.identifier(of: "home/a")
        #expect(cid == E131Encoder.identifier(of: "home/a"))
        #expect(cid != E131Encoder.identifier(of: "home/b"))
        #expect(cid.count == 16)
        #expect(cid[6] >> 4 == 8)
        #expect(cid[8] >> 6 == 2)
    }

    @Test
    func `a universe has its multicast address`() {
        #expect(E131Encoder.multicastAddress(of: 1) == "239.255.0.1")
        #expect(E131Encoder.multicastAddress(of: 63999) == "239.255.249.255")
    }
}
