import Lighting
import Testing

@testable import Mesh

/// What is said often is written and read without the JSON library; it must come to the same, and be read that way.
@Suite struct PlainMessagesTests {
    private static let instant: Int64 = 1_795_411_222_000_000_001

    private static let statuses: [NodeStatus] = [NodeStatus.State.online, .offline, .sleeping].flatMap { state in
        [0, 1, 3].map { count in
            NodeStatus(
                state: state, bootId: "f2dc7e3703c1cecd", started: instant, connection: count, version: "0.1.0",
                bars: (0..<count).map { .init(name: "bar-\($0)", channels: "rgbw") },
                sensors: (0..<count).map { .init(name: "s\($0)", driver: "mqtt") }, synchronised: count == 1,
                priority: 50, contract: count == 0 ? nil : 7, conflict: count == 3 ? "another" : nil,
                broker: count > 0 ? "mqtt://10.0.0.2:1883" : nil)
        }
    }

    @Test(arguments: statuses)
    func `a status reads back`(status: NodeStatus) throws {
        #expect(NodeStatus(plain: JSON.encode(status)) == status)
    }

    @Test(arguments: [nil, 12, -3] as [Int64?])
    func `clock messages are the same bytes, and read back`(civil: Int64?) throws {
        let request = ClockRequest(sequence: 7, t1: Self.instant, civil: civil)
        #expect(request.bytes == JSON.encode(request))
        #expect(ClockRequest(plain: request.bytes) == request)
        let time = ClockReply.Time(
            t2: Self.instant, t3: Self.instant + 5, reference: "stair-01", since: Self.instant - 9,
            acting: civil == nil,
            errorBound: 250_000, civil: civil, civilFrom: civil == 12 ? Self.instant : nil,
            civilBefore: civil == 12 ? -8 : nil,
            civilBetween: civil == 12 ? [[5, Self.instant - 1], [-6, Self.instant]] : nil,
            civilBy: civil == 12 ? "stair-02" : nil)
        for reply in [ClockReply(sequence: 7, t1: -4, time: time), ClockReply(sequence: 8, t1: 0, time: nil)] {
            #expect(String(decoding: reply.bytes, as: UTF8.self) == String(decoding: JSON.encode(reply), as: UTF8.self))
            #expect(try ClockReply(bytes: reply.bytes) == reply)
        }
    }

    @Test(
        arguments: [
            "", "{}", "{\"sequence\":1}", "{\"t1\":1,\"sequence\":2}", "{\"sequence\":1,\"t1\":2,\"more\":{}}",
        ])
    func `whatever else comes is read as the JSON library reads it`(text: String) {
        let bytes = Array(text.utf8)
        #expect((try? ClockRequest(bytes: bytes)) == (try? JSON.decode(ClockRequest.self, from: bytes)))
        #expect((try? ClockReply(bytes: bytes)) == (try? JSON.decode(ClockReply.self, from: bytes)))
        #expect((try? NodeStatus(bytes: bytes)) == (try? JSON.decode(NodeStatus.self, from: bytes)))
    }

    @Test(arguments: [
        "0", "-1", "1795411222000000001", "9223372036854775807", "9223372036854775808", "-9223372036854775807",
        "99999999999999999999", "01", "-",
    ])
    func `an integer of up to nineteen digits is read without the library`(text: String) {
        var reader = PlainReader(Array(text.utf8))
        #expect(reader.integer() == (text == "01" ? nil : Int64(text)))
    }
}
