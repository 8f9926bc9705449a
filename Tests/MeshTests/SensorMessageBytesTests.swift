import Lighting
import Testing

@testable import Mesh

/// A sensor's register is written and read without the JSON library; it must come to the same.
@Suite struct SensorMessageBytesTests {
    private static func message(
        _ lead: Double, zones: [String] = ["stairs"], failed: String? = nil, hold: Double? = nil
    ) -> SensorMessage {
        var message = SensorMessage(
            motion: true, lastEdge: MeshInstant(nanoseconds: 1_795_411_222_000_000_001),
            lastMotion: MeshInstant(nanoseconds: 1_795_411_222_000_000_007), failed: failed, registers: [:])
        for (index, zone) in zones.enumerated() {
            message.zones[zone] = SensorMessage.Part(
                start: 1_795_411_222_000_000_000 - Int64(index), origin: "stair-01/bottom",
                firstMotion: -Int64(index), leadSeconds: lead, holdSeconds: index == 1 ? nil : hold)
        }
        return message
    }

    private static let leads = [
        0, 0.005, 0.02, 0.000001, 0.00001, 0.0001, 0.012345, 0.1, 0.999999, 1, 0.0123456789, 1e-9, 2,
    ]

    private static let messages: [SensorMessage] =
        leads.map { message($0) }
        + [5, 60, 12.345678, 10.81574695, 3600, 0, 1e5, -1].map {
            message(0.02, zones: ["a", "b", "c"], hold: $0)
        } + [
            message(0.02, zones: []), message(0.02, zones: ["b", "a-1", "a", "0"]), message(0.02, zones: ["\"\\ü"]),
            message(0.02, failed: "a \"reason\"\nof ü"),
            SensorMessage(
                motion: false, lastEdge: .distantPast, lastMotion: .distantPast, failed: nil, stuck: true,
                registers: [:]),
            SensorMessage(
                motion: false, lastEdge: .distantPast, lastMotion: .distantPast, failed: nil, recalled: true,
                registers: [:]),
        ]

    @Test(arguments: messages)
    func `it is the same bytes, and reads back`(message: SensorMessage) throws {
        #expect(String(decoding: message.bytes, as: UTF8.self) == String(decoding: JSON.encode(message), as: UTF8.self))
        #expect(try SensorMessage(bytes: message.bytes) == message)
    }

    @Test(arguments: [
        "{}", "", "{\"lastEdge\":01,\"lastMotion\":1,\"motion\":true,\"zones\":{}}",
        "{\"lastEdge\":1,\"lastMotion\":99999999999999999999,\"motion\":true,\"zones\":{}}",
        "{\"lastEdge\":1,\"lastMotion\":1,\"motion\":true,\"zones\":{}} ",
        "{\"lastEdge\":1,\"lastMotion\":1,\"motion\":true,\"zones\":{},\"more\":1}",
        "{ \"zones\":{}, \"motion\":false, \"lastMotion\":2, \"lastEdge\":1 }",
        "{\"lastEdge\":1,\"lastMotion\":1,\"motion\":true,\"zones\":{\"a\":{\"firstMotion\":1,\"leadSeconds\":1e-2,"
            + "\"origin\":\"a\\u002fb\",\"start\":1}}}",
        "{\"lastEdge\":1,\"lastMotion\":1,\"motion\":true,\"zones\":{\"a\":{\"firstMotion\":1,\"holdSeconds\":null,"
            + "\"leadSeconds\":0,\"origin\":\"a\",\"start\":1}}}",
        "{\"lastEdge\":1,\"lastMotion\":1,\"motion\":true,\"zones\":{,}}",
        "{\"lastEdge\":1,\"lastMotion\":1,\"motion\":true,\"zones\":{}}}",
    ])
    func `whatever else comes is read as the JSON library reads it`(text: String) {
        let bytes = Array(text.utf8)
        #expect((try? SensorMessage(bytes: bytes)) == (try? JSON.decode(SensorMessage.self, from: bytes)))
    }

    @Test func `what a node says of its sensor is read without the library`() {
        for message in [Self.message(0.005), Self.message(0.005, hold: 60), Self.message(0.005, hold: 7.5)] {
            #expect(SensorMessage(plain: JSON.encode(message)) == message)
        }
    }

    @Test func `a field that is added to the message must be added to its bytes`() throws {
        let message = Self.message(0)
        #expect(Mirror(reflecting: message).children.count == 8)
        #expect(Mirror(reflecting: try #require(message.zones["stairs"])).children.count == 5)
    }
}
