public import MQTT
import Processes

/// A broker of MQTT 3.1.1 that can do less than others, as real ones do: it delivers with QoS 0, and lacks what it is told
/// to lack. On loopback.
public final class ModestBroker: Sendable {
    /// The abilities that it lacks.
    public struct Lacks: Sendable {
        /// Retained messages are sent for exact filters only, as RabbitMQ does.
        public var retainedByWildcard = false
        /// All retained messages.
        public var retained = false
        /// An answer to an MQTT 5 CONNECT; else it refuses that.
        public var answerToVersion5 = false
        /// Wills are forgotten.
        public var wills = false
        /// Filters with these characters are refused with 0x80, as by NATS.
        public var filtersWith = ""

        /// A broker that lacks nothing.
        public init() {}
    }

    private struct Client {
        let peer: FakeBroker.Peer
        var filters: Set<String> = []
    }

    private struct State {
        var clients: [Int: Client] = [:]
        var retained: [String: [UInt8]] = [:]
    }

    private final class Desk: Sendable {
        let lacks: Lacks
        private let state = Monitor(State())

        init(_ lacks: Lacks) { self.lacks = lacks }

        var topics: [String] { state.change { $0.retained.keys.sorted() } }

        func serve(_ peer: FakeBroker.Peer) {
            guard let (kind, body) = peer.packet(), kind == 0x10, body.count > 10 else { return }
            if body[6] != 4 {
                if lacks.answerToVersion5 { while peer.packet() != nil {} } else { peer.send([0x20, 2, 0, 1]) }
                return
            }
            var will = Will(connect: body)
            state.change { $0.clients[peer.index] = Client(peer: peer) }
            peer.send([0x20, 2, 0, 0])
            while let (kind, body) = peer.packet() {
                switch kind & 0xF0 {
                case 0x30: take(kind, body, from: peer)
                case 0x80: subscribe(body, peer)
                case 0xA0:
                    let filters = Filters(body, qos: false).all
                    state.change { $0.clients[peer.index]?.filters.subtract(filters) }
                    peer.send([0xB0, 2, body[0], body[1]])
                case 0xC0: peer.send([0xD0, 0])
                case 0xE0: will = nil
                default: break
                }
            }
            state.change { $0.clients[peer.index] = nil }
            if let will, !lacks.wills { publish(will.topic, will.payload, retain: will.retain) }
        }

        private func take(_ kind: UInt8, _ body: [UInt8], from peer: FakeBroker.Peer) {
            let length = Int(body[0]) << 8 | Int(body[1])
            let topic = String(decoding: body[2..<2 + length], as: UTF8.self)
            var rest = body[(2 + length)...]
            if kind & 0x06 != 0 {
                let packet = Array(rest.prefix(2))
                rest = rest.dropFirst(2)
                state.change { _ in peer.send([0x40, 2] + packet) }
            }
            publish(topic, Array(rest), retain: kind & 1 != 0)
        }

        private func publish(_ topic: String, _ payload: [UInt8], retain: Bool) {
            state.change { state in
                if retain, !lacks.retained { state.retained[topic] = payload.isEmpty ? nil : payload }
                for client in state.clients.values
                where client.filters.contains(where: { TopicFilter.matches($0, topic) }) {
                    client.peer.send(Self.message(topic, payload, retain: false))
                }
            }
        }

        private func subscribe(_ body: [UInt8], _ peer: FakeBroker.Peer) {
            let filters = Filters(body, qos: true).all
            let refused = filters.map { filter in filter.contains { lacks.filtersWith.contains($0) } }
            state.change { state in
                peer.send([0x90, UInt8(2 + filters.count), body[0], body[1]] + refused.map { $0 ? 0x80 : 0 })
                for (filter, isRefused) in zip(filters, refused) where !isRefused {
                    state.clients[peer.index]?.filters.insert(filter)
                    let isExact = !filter.contains("+") && !filter.contains("#")
                    guard isExact || !lacks.retainedByWildcard else { continue }
                    for (topic, payload) in state.retained where TopicFilter.matches(filter, topic) {
                        peer.send(Self.message(topic, payload, retain: true))
                    }
                }
            }
        }

        private static func message(_ topic: String, _ payload: [UInt8], retain: Bool) -> [UInt8] {
            var length = 2 + topic.utf8.count + payload.count
            let body = [UInt8(topic.utf8.count >> 8), UInt8(topic.utf8.count & 0xFF)] + Array(topic.utf8) + payload
            var head: [UInt8] = [retain ? 0x31 : 0x30]
            repeat {
                head.append(UInt8(length & 0x7F) | (length > 0x7F ? 0x80 : 0))
                length >>= 7
            } while length > 0
            return head + body
        }
    }

    private let desk: Desk
    private let server: FakeBroker

    /// Listens.
    public init(_ lacks: Lacks = Lacks()) throws {
        let desk = Desk(lacks)
        self.desk = desk
        server = try FakeBroker { desk.serve($0) }
    }

    /// The address at which it listens.
    public var address: BrokerAddress { BrokerAddress(host: "127.0.0.1", port: server.port) }
    /// The topics that it has retained messages of.
    public var retainedTopics: [String] { desk.topics }
}

/// The filters of a SUBSCRIBE or UNSUBSCRIBE packet.
private struct Filters {
    private(set) var all: [String] = []

    init(_ body: [UInt8], qos: Bool) {
        var place = 2
        while place + 2 < body.count {
            let length = Int(body[place]) << 8 | Int(body[place + 1])
            all.append(String(decoding: body[(place + 2)..<(place + 2 + length)], as: UTF8.self))
            place += 2 + length + (qos ? 1 : 0)
        }
    }
}

/// The will of a CONNECT packet of MQTT 3.1.1.
private struct Will {
    let topic: String
    let payload: [UInt8]
    let retain: Bool

    init?(connect body: [UInt8]) {
        guard body[7] & 0x04 != 0 else { return nil }
        var place = 10
        func field() -> [UInt8] {
            let length = Int(body[place]) << 8 | Int(body[place + 1])
            defer { place += 2 + length }
            return Array(body[(place + 2)..<(place + 2 + length)])
        }
        _ = field()
        topic = String(decoding: field(), as: UTF8.self)
        payload = field()
        retain = body[7] & 0x20 != 0
    }
}
