import Hardware
import Lighting
import Testing

@Suite("Art-Net, read as its publisher describes it")
struct ArtNetTests {
    /// A reading of ArtDmx that shares nothing with the encoder.
    ///
    /// - Source: Artistic Licence, "Art-Net 4 Protocol Release V1.4", ArtDmx, fields 1…11.
    struct Packet {
        var sequence: Int
        var physical: Int
        var net: Int
        var subnet: Int
        var universe: Int
        var data: [UInt8]

        init(_ bytes: [UInt8]) throws {
            var rest = bytes[...]
            func take(_ count: Int) throws -> [UInt8] {
                try #require(rest.count >= count)
                defer { rest = rest.dropFirst(count) }
                return Array(rest.prefix(count))
            }
            try #require(try take(8) == [0x41, 0x72, 0x74, 0x2d, 0x4e, 0x65, 0x74, 0x00])
            let code = try take(2)
            try #require(Int(code[0]) + 256 * Int(code[1]) == 0x5000)
            let version = try take(2)
            try #require(256 * Int(version[0]) + Int(version[1]) == 14)
            sequence = Int(try take(1)[0])
            physical = Int(try take(1)[0])
            let subUni = try take(1)[0]
            (subnet, universe) = (Int(subUni) / 16, Int(subUni) % 16)
            net = Int(try take(1)[0])
            try #require(net < 128)
            let length = try take(2)
            let count = 256 * Int(length[0]) + Int(length[1])
            try #require((2...512).contains(count) && count.isMultiple(of: 2))
            data = try take(count)
            try #require(rest.isEmpty)
        }

        var address: Int { net * 256 + subnet * 16 + universe }
    }

    @Test(arguments: [3, 4])
    func `a long strip goes on in the next port-addresses, across subnets and nets`(_ bytesPerLED: Int) throws {
        let set: ChannelSet = bytesPerLED == 3 ? .rgb : .rgbw
        let perAddress = bytesPerLED == 3 ? 170 : 128
        let values = (0..<1000 * bytesPerLED).map { UInt8(truncatingIfNeeded: $0 * 7) }
        for start in [0, 1, 14, 254, 0x7ff0] {
            var encoder = ArtNetEncoder(count: 1000, bytesPerLED: bytesPerLED, address: start)
            encoder.encode(strip(1000, bytesPerLED == 3 ? "RGB" : "RGBW", of: set, values))
            let packets = try encoder.packets.map { try Packet($0) }
            #expect(packets.map(\.address) == Array(start..<start + (1000 + perAddress - 1) / perAddress))
            #expect(packets.allSatisfy { $0.physical == 0 })
            #expect(packets.dropLast().allSatisfy { $0.data.count == perAddress * bytesPerLED })
            #expect(packets.flatMap(\.data) == values)
        }
    }

    @Test
    func `an odd number of slots is filled up with a dark one, which no LED ever lights`() throws {
        for count in [1, 3, 171] {
            var encoder = ArtNetEncoder(count: count, bytesPerLED: 3, address: 5)
            for _ in 0..<3 {
                encoder.encode(strip(count, "RGB", of: .rgb, [UInt8](repeating: 255, count: count * 3)))
                let last = try Packet(try #require(encoder.packets.last))
                #expect(last.data.count == (count == 171 ? 1 : count) * 3 + 1)
                #expect(last.data.last == 0)
                #expect(last.data.dropLast().allSatisfy { $0 == 255 })
            }
        }
    }

    @Test
    func `sequence numbers run 1 to 255 and never are 0`() throws {
        var encoder = ArtNetEncoder(count: 2, bytesPerLED: 3, address: 1)
        var sequences: [Int] = []
        for frame in 0..<600 {
            if frame % 100 == 99 {
                let before = try Packet(encoder.packets[0]).data
                encoder.encodeEnd()
                #expect(try Packet(encoder.packets[0]).data == before)
            } else {
                encoder.encode(strip(2, "RGB", of: .rgb, [1, 2, 3, 4, 5, UInt8(frame % 256)]))
            }
            sequences.append(try Packet(encoder.packets[0]).sequence)
        }
        #expect(sequences == (0..<600).map { $0 % 255 + 1 })
    }

    @Test
    func `the example bytes of a packet`() {
        var encoder = ArtNetEncoder(count: 2, bytesPerLED: 3, address: 0x1234)
        encoder.encode(strip(2, "GRB", of: .rgb, [1, 2, 3, 4, 5, 6]))
        let expected: [UInt8] = [
            0x41, 0x72, 0x74, 0x2d, 0x4e, 0x65, 0x74, 0, 0x00, 0x50, 0, 14, 1, 0, 0x34, 0x12, 0, 6, 2, 1, 3, 5, 4, 6,
        ]
        #expect(encoder.packets == [expected])
    }
}
