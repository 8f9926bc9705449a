import Glibc
import MQTT
import Processes
import TestSupport
import Testing

@Suite struct HostileTests {
    @Test(arguments: [MQTTVersion.v5, .v311])
    func `payloads of any bytes arrive as they are; too large ones are told of, and those behind them arrive`(
        version: MQTTVersion
    ) async throws {
        try await TestBroker.with { broker in
            let events = try await onThread {
                var configuration = MQTTConfiguration(addresses: [broker.address], clientID: "target-\(version)")
                configuration.versions = [version]
                configuration.payloadLimit = 1000
                let driver = try ConnectionDriver(configuration)
                try driver.connection.subscribe([MQTTSubscription("in/#")])
                try driver.runUntilSubscribed()
                let publisher = try ConnectionDriver(
                    MQTTConfiguration(addresses: [broker.address], clientID: "attacker-\(version)"))
                try publisher.runUntilSubscribed()
                let payloads: [[UInt8]] = [
                    [], [0], [0xFF, 0xFE, 0xC0, 0x80], Array(0...255), [UInt8](repeating: 0x5B, count: 1000),
                    [UInt8](repeating: 0, count: 1001), [UInt8](repeating: 0x7B, count: 131_071), [1],
                ]
                for payload in payloads {
                    try publisher.connection.publish(MQTTMessage(topic: "in/x", payload: payload))
                }
                var count = 0
                try publisher.run("sent") {
                    if $0.isDelivered { count += 1 }
                    return count == payloads.count
                }
                try driver.run("the last") { $0.message?.payload == [1] }
                try driver.close()
                try publisher.close()
                return driver.events
            }
            #expect(
                events.compactMap(\.message?.payload) == [
                    [], [0], [0xFF, 0xFE, 0xC0, 0x80], Array(0...255), [UInt8](repeating: 0x5B, count: 1000), [1],
                ])
            #expect(events.contains(.oversized(topic: "in/x", byteCount: 1001)))
            #expect(events.contains(.oversized(topic: "in/x", byteCount: 131_071)))
        }
    }

    @Test func `a packet of 20 MB on 3.1.1 is taken off the wire and told of`() async throws {
        let size = 20_000_000
        let broker = try FakeBroker { peer in
            _ = peer.packet()
            peer.send([0x20, 2, 0, 0])
            let length = size + 3
            peer.send([
                0x30, UInt8(length & 0x7F) | 0x80, UInt8(length >> 7 & 0x7F) | 0x80, UInt8(length >> 14 & 0x7F) | 0x80,
                UInt8(length >> 21), 0, 1, UInt8(ascii: "a"),
            ])
            let block = [UInt8](repeating: 0, count: 1_000_000)
            for _ in 0..<(size / block.count) { peer.send(block) }
            while peer.packet() != nil {}
        }
        let events = try await onThread {
            var configuration = MQTTConfiguration(
                addresses: [BrokerAddress(host: "127.0.0.1", port: broker.port)], clientID: "small")
            configuration.versions = [.v311]
            let driver = try ConnectionDriver(configuration)
            try driver.run("told of") { if case .oversized = $0 { true } else { false } }
            try driver.close()
            return driver.events
        }
        #expect(events.contains(.oversized(topic: "a", byteCount: size)))
    }

    @Test func `a second connection with the same client id ends the first, which says so`() async throws {
        try await TestBroker.with { broker in
            let trouble = try await onThread {
                let configuration = MQTTConfiguration(addresses: [broker.address], clientID: "twin")
                let first = try ConnectionDriver(configuration)
                try first.runUntilSubscribed()
                let second = try ConnectionDriver(configuration)
                try second.runUntilSubscribed()
                try first.run("ended") { $0.isDisconnected }
                try second.close()
                try first.close()
                return first.events.first { $0.isDisconnected }?.trouble
            }
            #expect(
                trouble?.description.contains("another client has the id \"twin\"") == true,
                "\(trouble?.description ?? "")")
        }
    }

    @Test func `a flood into a stalled broker is bounded, and the oldest is told of`() async throws {
        try await TestBroker.with { broker in
            let (drops, delivered, longest) = try await onThread {
                var configuration = MQTTConfiguration(addresses: [broker.address], clientID: "flood")
                configuration.backlogLimit = 100
                let driver = try ConnectionDriver(configuration)
                try driver.runUntilSubscribed()
                try broker.kill()
                for index in 0..<1000 { try driver.connection.publish(MQTTMessage(topic: "e", text: "\(index)")) }
                try driver.run("lost") { $0.isDisconnected }
                let backlog = driver.connection.backlogCount
                try broker.restart(wipingMemory: true)
                var delivered = 0
                try driver.run("the rest delivered") {
                    if $0.isDelivered { delivered += 1 }
                    return delivered == backlog
                }
                try driver.close()
                return (driver.events.compactMap(\.drop), delivered, driver.longestWait)
            }
            #expect(delivered <= 120)
            #expect(drops.count + delivered == 1000)
            #expect(drops.allSatisfy { $0 == .backlogFull })
            #expect(longest < .milliseconds(50))
        }
    }

    @Test func `a broker that takes nothing more blocks no publish, and memory stays within the limit`() async throws {
        try await TestBroker.with { broker in
            let (drops, waiting, longest) = try await onThread {
                let driver = try ConnectionDriver(MQTTConfiguration(addresses: [broker.address], clientID: "pusher"))
                try driver.runUntilSubscribed()
                broker.signal(SIGSTOP)
                let payload = [UInt8](repeating: 1, count: 100_000)
                var longest = Duration.zero
                for _ in 0..<200 {
                    let meter = SleepMeter()
                    try driver.connection.publish(MQTTMessage(topic: "e", payload: payload, qos: .atMostOnce))
                    longest = max(longest, meter.asleep)
                }
                let waiting = driver.connection.backlogCount
                broker.signal(SIGCONT)
                try driver.connection.publish(MQTTMessage(topic: "e", text: "the last"))
                try driver.run("the last delivered") { $0.isDelivered }
                try driver.close()
                return (driver.events.compactMap(\.drop), waiting, longest)
            }
            #expect(waiting <= 10, "1 MiB holds ten of them")
            #expect(drops.count > 50 && drops.allSatisfy { $0 == .backlogFull })
            #expect(longest < .milliseconds(50), "usually well below 1 ms")
        }
    }
}
