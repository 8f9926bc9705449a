import Glibc
import MQTT
import Processes
import TestSupport
import Testing

@Suite struct ReconnectTests {
    private func configuration(_ broker: TestBroker, _ name: String) -> MQTTConfiguration {
        MQTTConfiguration(addresses: [broker.address], clientID: name)
    }

    @Test func `a broker killed and restarted with its memory wiped has kept state back`() async throws {
        try await TestBroker.with { broker in
            let configuration = configuration(broker, "keeper")
            let (events, seen) = try await onThread {
                let driver = try ConnectionDriver(configuration)
                try driver.connection.subscribe([MQTTSubscription("in/#")])
                try driver.runUntilSubscribed()
                for index in 0..<30 {
                    try driver.connection.publish(
                        MQTTMessage(topic: "state/\(index % 10)", text: "\(index)", retain: true), keep: true)
                }
                try driver.connection.publish(MQTTMessage(topic: "state/0", text: "", retain: true), keep: true)
                var count = 0
                try driver.run("31 acknowledged") {
                    if $0.isDelivered { count += 1 }
                    return count == 31
                }
                try broker.kill()
                try driver.run("lost") { $0.isDisconnected }
                try driver.connection.publish(MQTTMessage(topic: "while/away", text: "1"))
                try driver.connection.publish(MQTTMessage(topic: "while/away", text: "2", qos: .atMostOnce))
                try broker.restart(wipingMemory: true)
                var delivered = 0
                try driver.run("9 kept and 1 waiting acknowledged", within: .seconds(5)) {
                    if $0.isDelivered { delivered += 1 }
                    return delivered == 10
                }
                let reader = try ConnectionDriver(
                    MQTTConfiguration(addresses: [broker.address], clientID: "reader"))
                try reader.connection.subscribe([MQTTSubscription("state/#")])
                var states = 0
                try reader.run("9 states") {
                    if $0.message != nil { states += 1 }
                    return states == 9
                }
                // Subscriptions are back too.
                try reader.connection.publish(MQTTMessage(topic: "in/x", text: "hi"))
                var hasMessage = false
                reader.run(for: .milliseconds(50))
                try driver.run("message on the old subscription") {
                    if $0.message != nil { hasMessage = true }
                    return hasMessage
                }
                try driver.close()
                try reader.close()
                return (driver.events, reader.events.compactMap(\.message))
            }
            #expect(seen.map(\.text).sorted() == (21...29).map { "\($0)" })
            #expect(seen.allSatisfy { $0.retained })
            #expect(events.compactMap(\.session?.connectionCount).count == 2)
            #expect(events.contains { $0.drop == .offline })
            let lost = events.first { $0.isDisconnected }?.trouble
            #expect(lost?.description.contains(broker.address.description) == true)
        }
    }

    @Test func `will and birth carry the number of the connection; a kill publishes the will, a farewell doesn't`()
        async throws
    {
        try await TestBroker.with { broker in
            var configuration = configuration(broker, "mortal")
            configuration.will = { MQTTMessage(topic: "status/mortal", text: "offline \($0)", retain: true) }
            configuration.birth = { MQTTMessage(topic: "status/mortal", text: "online \($0)", retain: true) }
            let seen = try await onThread { [configuration] in
                let watcher = try ConnectionDriver(
                    MQTTConfiguration(addresses: [broker.address], clientID: "watcher"))
                try watcher.connection.subscribe([MQTTSubscription("status/#")])
                try watcher.runUntilSubscribed()
                func awaitStatus(_ text: String) throws {
                    try watcher.run(text) { $0.message?.text == text }
                }
                // A connection dropped without a farewell closes its socket, as a killed process does.
                var mortal: ConnectionDriver? = try ConnectionDriver(configuration)
                try mortal?.runUntilSubscribed()
                try awaitStatus("online 1")
                mortal = nil
                try awaitStatus("offline 1")
                let polite = try ConnectionDriver(configuration)
                try polite.runUntilSubscribed()
                try awaitStatus("online 1")
                try broker.restart(wipingMemory: true)
                try polite.run("connected again") { $0.session != nil }
                try watcher.run("subscribed again") { $0 == .subscribed }
                let count = polite.connection.connectionCount
                polite.run(for: .milliseconds(100))
                try polite.connection.publish(MQTTMessage(topic: "status/last", text: "bye"))
                try polite.close()
                try awaitStatus("bye")
                watcher.run(for: .milliseconds(100))
                try watcher.close()
                return (watcher.events.compactMap(\.message), count)
            }
            #expect(seen.1 > 1)
            #expect(seen.0.contains { $0.text == "online \(seen.1)" })
            #expect(!seen.0.contains { $0.text == "offline \(seen.1)" })
        }
    }

    @Test func `addresses are tried in turn, and each refusal says which and why`() async throws {
        try await TestBroker.with { broker in
            let events = try await onThread {
                let closed = BrokerAddress(host: "127.0.0.1", port: 1)
                let driver = try ConnectionDriver(
                    MQTTConfiguration(addresses: [closed, broker.address], clientID: "in-turn"))
                try driver.runUntilSubscribed()
                try driver.close()
                return driver.events
            }
            #expect(events.compactMap(\.session?.address) == [broker.address])
            #expect(
                events.compactMap(\.trouble?.description) == [
                    "no broker at mqtt://127.0.0.1:1 (connection refused): nobody listens there; start one, or name another "
                        + "(--broker; brokers in an agent's file)"
                ])
        }
    }

    @Test(arguments: ["localhost", "::1"])
    func `a name is looked up apart, and every number it has is tried; IPv6 works`(host: String) async throws {
        try await TestBroker.with { broker in
            guard host == "localhost" || broker.log.contains("Opening ipv6") else { return }
            let events = try await onThread {
                let driver = try ConnectionDriver(
                    MQTTConfiguration(
                        addresses: [BrokerAddress(host: host, port: broker.port)], clientID: "by-name"))
                try driver.runUntilSubscribed()
                try driver.close()
                return driver.events
            }
            #expect(!events.contains { $0.isRefused })
        }
    }

    @Test func `a name that doesn't exist is told of, and blocks nothing`() async throws {
        let (trouble, longest) = try await onThread {
            let driver = try ConnectionDriver(
                MQTTConfiguration(
                    addresses: [BrokerAddress(host: "no-such-host.invalid", port: 1883)], clientID: "nameless"))
            try driver.run("refused", within: .seconds(20)) { $0.isRefused }
            try driver.close()
            return (driver.events.compactMap(\.trouble), driver.longestWait)
        }
        #expect(trouble.first?.code == .unresolved)
        #expect(trouble.first?.description.contains("can't find the host \"no-such-host.invalid\"") == true)
        #expect(longest < .milliseconds(50), "usually well below 1 ms")
    }

    @Test func `a black hole blocks nothing, is given up in time, and the next address is tried`() async throws {
        try await TestBroker.with { broker in
            let hole = try BlackHole()
            let (events, longest, wakeUps) = try await onThread {
                var configuration = MQTTConfiguration(
                    addresses: [BrokerAddress(host: "127.0.0.1", port: hole.port), broker.address], clientID: "patient")
                configuration.connectTimeout = .milliseconds(500)
                let driver = try ConnectionDriver(configuration)
                try driver.runUntilSubscribed()
                let wakeUps = driver.wakeUps
                try driver.close()
                return (driver.events, driver.longestWait, wakeUps)
            }
            #expect(events.first { $0.isRefused }?.trouble?.description.contains("no answer from") == true)
            #expect(longest < .milliseconds(50), "usually well below 1 ms")
            #expect(wakeUps < 30, "it sleeps while it waits")
            withExtendedLifetime(hole) {}
        }
    }

    @Test func `at rest only pings and their answers wake it, and they keep the connection alive`() async throws {
        try await TestBroker.with { broker in
            var configuration = configuration(broker, "idle")
            configuration.keepalive = .seconds(5)
            let (wakeUps, isConnected) = try await onThread { [configuration] in
                let driver = try ConnectionDriver(configuration)
                try driver.runUntilSubscribed()
                let before = driver.wakeUps
                driver.run(for: .seconds(9))  // The broker would end a silent connection after 7.5 s.
                return (driver.wakeUps - before, driver.connection.session != nil)
            }
            #expect(isConnected)
            #expect(wakeUps <= 4, "one ping, its answer, the end of the test; once more for a first read")
        }
    }

    @Test func `a broker that falls silent is noticed by the keep-alive, and joined again when it wakes`() async throws
    {
        try await TestBroker.with { broker in
            var configuration = configuration(broker, "listener")
            configuration.keepalive = .seconds(5)
            let trouble = try await onThread { [configuration] in
                let driver = try ConnectionDriver(configuration)
                try driver.runUntilSubscribed()
                broker.signal(SIGSTOP)
                try driver.run("noticed", within: .seconds(15)) { $0.isDisconnected }
                broker.signal(SIGCONT)
                try driver.run("connected again", within: .seconds(15)) { $0.session != nil }
                try driver.close()
                return driver.events.first { $0.isDisconnected }?.trouble
            }
            #expect(trouble?.description.contains(broker.address.description) == true)
            #expect(trouble?.description.contains("did not answer for 5") == true, "\(trouble?.description ?? "")")
        }
    }
}
