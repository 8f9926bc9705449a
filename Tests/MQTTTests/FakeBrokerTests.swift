import MQTT
import Processes
import TestSupport
import Testing

/// What no real broker does on request.
@Suite struct FakeBrokerTests {
    /// Accepts in the given protocol, answers SUBSCRIBE, PUBLISH, PINGREQ.
    private static func serve311(_ peer: FakeBroker.Peer, seen: Seen) {
        peer.send([0x20, 2, 0, 0])
        while let (kind, body) = peer.packet() {
            seen.note(kind, body)
            switch kind & 0xF0 {
            case 0x80:
                peer.send(
                    [0x90, 2 + UInt8(filterCount(body)), body[0], body[1]]
                        + .init(repeating: 1, count: filterCount(body)))
            case 0xC0: peer.send([0xD0, 0])
            case 0xE0: return
            default: break
            }
        }
    }

    private static func filterCount(_ body: [UInt8]) -> Int {
        var place = 2
        var count = 0
        while place + 2 < body.count {
            place += 3 + Int(body[place]) * 256 + Int(body[place + 1])
            count += 1
        }
        return count
    }

    /// The packets that a fake broker was sent.
    final class Seen: Sendable {
        private let packets = Monitor<[(kind: UInt8, body: [UInt8])]>([])

        func note(_ kind: UInt8, _ body: [UInt8]) {
            packets.change { $0.append((kind, body)) }
        }

        var all: [(kind: UInt8, body: [UInt8])] { packets.change { $0 } }
    }

    enum Refusal: CaseIterable {
        case asVersion5
        case asVersion311
        case byHangUp
        case bySilence
    }

    @Test(arguments: Refusal.allCases)
    func `a broker that refuses MQTT 5 is spoken to in 3.1.1, and so ever after`(refusal: Refusal) async throws {
        let seen = Seen()
        let broker = try FakeBroker { peer in
            guard let (kind, body) = peer.packet() else { return }
            seen.note(kind, body)
            if body[6] == 5 {
                switch refusal {
                case .asVersion5: peer.send([0x20, 3, 0, 0x84, 0])
                case .asVersion311: peer.send([0x20, 2, 0, 1])
                case .byHangUp: break
                case .bySilence: while peer.packet() != nil {}
                }
                return
            }
            // The first one is hung up on right after it was accepted.
            if seen.all.count(where: { $0.kind == 0x10 && $0.body[6] == 4 }) == 1 {
                peer.send([0x20, 2, 0, 0])
                return
            }
            Self.serve311(peer, seen: seen)
        }
        let sessions = try await onThread {
            var configuration = MQTTConfiguration(
                addresses: [BrokerAddress(host: "127.0.0.1", port: broker.port)], clientID: "modest")
            if refusal == .bySilence { configuration.connectTimeout = .seconds(1) }
            let driver = try ConnectionDriver(configuration)
            try driver.run("connected") { $0.session != nil }
            try driver.run("lost") { $0.isDisconnected }
            try driver.run("connected again") { $0.session != nil }
            try driver.close()
            return driver.events.compactMap(\.session)
        }
        #expect(sessions.map(\.version) == [.v311, .v311])
        let versions = seen.all.filter { $0.kind == 0x10 }.map { $0.body[6] }
        #expect(versions == (refusal == .byHangUp ? [5, 5, 4, 4] : [5, 4, 4]))
    }

    @Test func `filters go eight to a packet, after every connect, and all are awaited`() async throws {
        let seen = Seen()
        let broker = try FakeBroker { peer in
            guard let (kind, body) = peer.packet() else { return }
            seen.note(kind, body)
            Self.serve311(peer, seen: seen)
        }
        let order = try await onThread {
            var configuration = MQTTConfiguration(
                addresses: [BrokerAddress(host: "127.0.0.1", port: broker.port)], clientID: "many")
            configuration.versions = [.v311]
            configuration.birth = { _ in MQTTMessage(topic: "birth", text: "", qos: .atMostOnce) }
            let driver = try ConnectionDriver(configuration)
            try driver.connection.subscribe((0..<19).map { MQTTSubscription("filter/\($0)") })
            try driver.connection.subscribe([MQTTSubscription("filter/3", qos: .atMostOnce)])
            try driver.connection.publish(
                MQTTMessage(topic: "kept", text: "", qos: .atMostOnce, retain: true), keep: false)
            try driver.runUntilSubscribed()
            try driver.close()
            return driver.events
        }
        #expect(order.contains(.subscribed))
        let subscribes = seen.all.filter { $0.kind & 0xF0 == 0x80 }
        #expect(subscribes.map { Self.filterCount($0.body) } == [8, 8, 2, 1])
        let publishes = seen.all.filter { $0.kind & 0xF0 == 0x30 }.map {
            String(decoding: $0.body[2...], as: UTF8.self)
        }
        #expect(publishes == ["birth", "kept"])
    }

    @Test(arguments: [true, false])
    func `a broker that ends the connection instead of refusing a filter: the filter is named`(says: Bool) async throws
    {
        let broker = try FakeBroker { peer in
            guard peer.packet() != nil else { return }
            peer.send([0x20, 3, 0, 0, 0])
            while let (kind, body) = peer.packet() {
                guard kind & 0xF0 == 0x80 else { continue }
                let filter = String(decoding: body.dropFirst(5).dropLast(), as: UTF8.self)
                if filter == "hall pir/state" {
                    if says { peer.send([0xE0, 1, 0x87]) }
                    return
                }
                peer.send([0x90, 4, body[0], body[1], 0, 1])
            }
        }
        let troubles = try await onThread {
            let driver = try ConnectionDriver(
                MQTTConfiguration(
                    addresses: [BrokerAddress(host: "127.0.0.1", port: broker.port)], clientID: "asker"))
            try driver.connection.subscribe([MQTTSubscription("good/one")])
            try driver.runUntilSubscribed()
            for filter in ["hall pir/state", "good/two"] {
                try driver.connection.subscribe([MQTTSubscription(filter)])
            }
            try driver.run("lost") { $0.isDisconnected }
            return driver.events.compactMap(\.trouble)
        }
        let trouble = try #require(troubles.first?.description)
        #expect(trouble.contains("before it answered the subscription to \"hall pir/state\""), "\(trouble)")
        #expect(trouble.contains("rename"), "\(trouble)")
    }

    @Test func `a broker without retained messages: the message is refused, and the connection stays`() async throws {
        let broker = try FakeBroker { peer in
            guard peer.packet() != nil else { return }
            peer.send([0x20, 5, 0, 0, 2, 37, 0])  // Retain Available: 0
            while let (kind, body) = peer.packet(), kind & 0xF0 == 0x30 {
                let length = Int(body[0]) << 8 | Int(body[1])
                peer.send([0x40, 2, body[2 + length], body[3 + length]])
            }
        }
        let events = try await onThread {
            let driver = try ConnectionDriver(
                MQTTConfiguration(
                    addresses: [BrokerAddress(host: "127.0.0.1", port: broker.port)], clientID: "keeper"))
            try driver.run("connected") { $0.session != nil }
            try driver.connection.publish(MQTTMessage(topic: "kept", text: "1", retain: true))
            try driver.connection.publish(MQTTMessage(topic: "live", text: "1"))
            try driver.run("the live one is delivered") { $0.isDelivered }
            try driver.close()
            return driver.events
        }
        #expect(events.compactMap(\.drop).count == 1 && !events.contains { $0.isDisconnected }, "\(events)")
    }

    @Test func `a broker that refuses us for our retained will is said to keep nothing`() async throws {
        let broker = try FakeBroker { peer in
            guard peer.packet() != nil else { return }
            peer.send([0x20, 3, 0, 0x9A, 0])
        }
        let trouble = try await onThread {
            let driver = try ConnectionDriver(
                MQTTConfiguration(
                    addresses: [BrokerAddress(host: "127.0.0.1", port: broker.port)], clientID: "keeper"))
            try driver.run("refused") { $0.isRefused }
            return driver.events.compactMap(\.trouble).first
        }
        #expect(trouble?.description.contains("keeps no retained messages") == true, "\(String(describing: trouble))")
    }

    @Test func `MQTT 5 asks the broker for a limit of packets and a session of some time`() async throws {
        let seen = Seen()
        let broker = try FakeBroker { peer in
            guard let (kind, body) = peer.packet() else { return }
            seen.note(kind, body)
            peer.send([0x20, 3, 1, 0, 0])
            while peer.packet() != nil {}
        }
        let session = try await onThread {
            var configuration = MQTTConfiguration(
                addresses: [BrokerAddress(host: "127.0.0.1", port: broker.port)], clientID: "five")
            configuration.sessionExpirySeconds = 0x0102_0304
            let driver = try ConnectionDriver(configuration)
            try driver.run("connected") { $0.session != nil }
            try driver.close()
            return driver.events.compactMap(\.session).first
        }
        #expect(session?.isResumed == true)
        let connect = try #require(seen.all.first?.body)
        let isClean = connect[7] & 2 != 0
        #expect(!isClean)
        let length = Int(connect[10])
        let properties = Array(connect[11..<(11 + length)])
        // 0x11: session expiry, 0x27: maximum packet size (libmosquitto's property of its own, 0x21, comes last).
        #expect(properties.starts(with: [0x27, 0x00, 0x10, 0x00, 0x00, 0x11, 0x01, 0x02, 0x03, 0x04]))
    }

    @Test(arguments: [
        ([0x20, 3, 0, 0x86, 0] as [UInt8], "check user name"), ([0x20, 3, 0, 0x85, 0], "choose another client id"),
        ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "hung up before"), ([], "hung up before"),
    ])
    func `a refusal names the broker and the remedy`(answer: [UInt8], remedy: String) async throws {
        let broker = try FakeBroker { peer in
            _ = peer.packet()
            peer.send(answer)
        }
        let trouble = try await onThread {
            let driver = try ConnectionDriver(
                MQTTConfiguration(
                    addresses: [BrokerAddress(host: "127.0.0.1", port: broker.port)], clientID: "stranger"))
            try driver.run("refused") { $0.isRefused }
            try driver.close()
            return driver.events.compactMap(\.trouble).first
        }
        #expect(trouble?.code == .refused)
        #expect(trouble?.description.contains(remedy) == true, "\(trouble?.description ?? "")")
        #expect(trouble?.description.contains("mqtt://127.0.0.1:\(broker.port)") == true)
    }

    @Test func `noise after the welcome ends the connection and nothing else`() async throws {
        for seed in UInt8(0)..<20 {
            let broker = try FakeBroker { peer in
                _ = peer.packet()
                peer.send([0x20, 3, 0, 0, 0])
                peer.send((0..<200).map { UInt8(truncatingIfNeeded: ($0 + 7) * (Int(seed) * 2 + 1) * 31 >> 2) })
            }
            let events = try await onThread {
                let driver = try ConnectionDriver(
                    MQTTConfiguration(
                        addresses: [BrokerAddress(host: "127.0.0.1", port: broker.port)], clientID: "robust"))
                try driver.run("connected") { $0.session != nil }
                try driver.run("ended") { $0.isDisconnected }
                try driver.close()
                return driver.events
            }
            #expect(events.last == .closed)
        }
    }

    @Test func `the reason that a broker gives for ending a connection is told`() async throws {
        let broker = try FakeBroker { peer in
            _ = peer.packet()
            peer.send([0x20, 3, 0, 0, 0])
            peer.send([0xE0, 1, 0x8E])
            while peer.packet() != nil {}
        }
        let trouble = try await onThread {
            let driver = try ConnectionDriver(
                MQTTConfiguration(
                    addresses: [BrokerAddress(host: "127.0.0.1", port: broker.port)], clientID: "twin"))
            try driver.run("ended") { $0.isDisconnected }
            try driver.close()
            return driver.events.compactMap(\.trouble)
        }
        #expect(trouble.first?.description.contains("ended the connection: session taken over") == true, "\(trouble)")
    }

    @Test func `a refused filter is named, the others are subscribed to`() async throws {
        let broker = try FakeBroker { peer in
            while let (kind, body) = peer.packet() {
                if kind == 0x10 { peer.send([0x20, 2, 0, 0]) }
                if kind & 0xF0 == 0x80 { peer.send([0x90, 4, body[0], body[1], 1, 0x80]) }
            }
        }
        let events = try await onThread {
            var configuration = MQTTConfiguration(
                addresses: [BrokerAddress(host: "127.0.0.1", port: broker.port)], clientID: "reader")
            configuration.versions = [.v311]
            let driver = try ConnectionDriver(configuration)
            try driver.connection.subscribe([MQTTSubscription("yes"), MQTTSubscription("no")])
            try driver.runUntilSubscribed()
            try driver.close()
            return driver.events
        }
        let refused = events.compactMap { if case .subscriptionRefused(let filter, _) = $0 { filter } else { nil } }
        #expect(refused == ["no"])
        let sentence = events.compactMap { if case .subscriptionRefused(_, let error) = $0 { "\(error)" } else { nil } }
        #expect(
            sentence.first?.contains("refused the subscription to \"no\" (code 0x80); check") == true, "\(sentence)")
    }
}
