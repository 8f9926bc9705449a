import Glibc
import MQTT
import Processes
import TestSupport
import Testing

@Suite struct ClientTests {
    private func configuration(_ broker: TestBroker, _ name: String) -> MQTTConfiguration {
        MQTTConfiguration(addresses: [broker.address], clientID: name)
    }

    @Test func `without a broker it says so, where, and what to do`() async throws {
        let configuration = MQTTConfiguration(
            addresses: [BrokerAddress(host: "127.0.0.1", port: 1)], clientID: "lonely")
        let error = try await MQTTClient.withClient(configuration) { client in
            await #expect(throws: MQTTError.self) { try await client.connected(within: .milliseconds(300)) }
        }
        #expect(
            error?.description
                == "no broker at mqtt://127.0.0.1:1 (connection refused): nobody listens there; start one, or name another "
                + "(--broker; brokers in an agent's file)")
    }

    @Test func `ten thousand messages reach a slow reader, in order, none lost`() async throws {
        try await TestBroker.with { broker in
            let count = 10_000
            let received = try await MQTTClient.withClient(configuration(broker, "slow")) { reader in
                let messages = try await reader.messages(["numbers/#"])
                async let sent: Void = MQTTClient.withClient(configuration(broker, "fast")) { writer in
                    for index in 0..<count {
                        try await writer.publish(
                            MQTTMessage(topic: "numbers/\(index % 7)", text: "\(index)"))
                    }
                }
                var texts: [String] = []
                for try await message in messages {
                    texts.append(message.text)
                    if texts.count % 500 == 0 { try await Task.sleep(for: .milliseconds(20)) }
                    if texts.count == count { break }
                }
                try await sent
                return texts
            }
            #expect(received == (0..<count).map { "\($0)" })
        }
    }

    @Test func `two readers of one client each get their own; a reader too slow gets what is buffered and an error`()
        async throws
    {
        try await TestBroker.with { broker in
            try await MQTTClient.withClient(configuration(broker, "both")) { client in
                let left = try await client.messages(["left/#"])
                let right = try await client.messages(["right/#"], bufferLimit: 5)
                for index in 0..<20 {
                    try await client.publish(MQTTMessage(topic: "left/x", text: "\(index)"))
                    try await client.publish(MQTTMessage(topic: "right/x", text: "\(index)"))
                }
                var texts: [String] = []
                for try await message in left {
                    texts.append(message.text)
                    if texts.count == 20 { break }
                }
                #expect(texts == (0..<20).map { "\($0)" })
                var others: [String] = []
                let error = await #expect(throws: MQTTError.self) {
                    for try await message in right { others.append(message.text) }
                }
                #expect(error?.code == .slowReader)
                #expect(others == ["0", "1", "2", "3", "4"])
            }
        }
    }

    @Test(arguments: [MQTTVersion.v5, .v311])
    func `retained state is read whole, and live messages on other topics are no part of it`(version: MQTTVersion)
        async throws
    {
        try await TestBroker.with { broker in
            var configuration = configuration(broker, "reader-\(version)")
            configuration.versions = [version]
            try await MQTTClient.withClient(configuration) { client in
                for index in 0..<500 {
                    try await client.publish(
                        MQTTMessage(
                            topic: "state/\(index)", text: "\(index)", qos: index % 2 == 0 ? .atLeastOnce : .atMostOnce,
                            retain: true))
                }
                try await client.publish(MQTTMessage(topic: "state/7", text: "", retain: true))
                let state = try await client.retained(["state/+"])
                #expect(state.count == 499)
                #expect(state.allSatisfy { $0.topic == "state/\($0.text)" })
                let none = try await client.retained(["nothing/#"])
                #expect(none.isEmpty)
            }
        }
    }

    @Test func `a reader that doesn't read holds up no keep-alive`() async throws {
        try await TestBroker.with { broker in
            var configuration = configuration(broker, "sleeper")
            configuration.keepalive = .seconds(5)
            try await MQTTClient.withClient(configuration) { client in
                let messages = try await client.messages(["x"])
                try await client.publish(MQTTMessage(topic: "x", text: "1"))
                // Longer than the 7.5 s after which the broker ends a silent connection.
                try await Task.sleep(for: .seconds(9))
                try await client.publish(MQTTMessage(topic: "x", text: "2"))
                var texts: [String] = []
                for try await message in messages {
                    texts.append(message.text)
                    if texts.count == 2 { break }
                }
                #expect(texts == ["1", "2"])
                #expect(try await client.connected().connectionCount == 1)
            }
        }
    }

    @Test func `what is published while the broker is away arrives when it is back, and readers go on`() async throws {
        try await TestBroker.with { broker in
            try await MQTTClient.withClient(configuration(broker, "patient")) { client in
                let messages = try await client.messages(["x"])
                try await onThread { try broker.kill() }
                async let sent: Void = client.publish(MQTTMessage(topic: "x", text: "at last"))
                try await onThread { try broker.restart(wipingMemory: true) }
                try await sent
                var iterator = messages.makeAsyncIterator()
                #expect(try await iterator.next()?.text == "at last")
            }
        }
    }

    @Test func `a broker that doesn't answer fails a publish in time; a cancelled one ends at once`() async throws {
        try await TestBroker.with { broker in
            try await MQTTClient.withClient(configuration(broker, "hasty")) { client in
                try await client.connected()
                broker.signal(SIGSTOP)
                let error = await #expect(throws: MQTTError.self) {
                    try await client.publish(MQTTMessage(topic: "x", text: ""), within: .milliseconds(200))
                }
                #expect(error?.code == .timedOut)
                #expect(error?.description.contains(broker.address.description) == true)
                let task = Task { try await client.publish(MQTTMessage(topic: "x", text: "")) }
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
                broker.signal(SIGCONT)
            }
        }
    }

    @Test func `a client that is closed ends its readers, and refuses what comes later`() async throws {
        try await TestBroker.with { broker in
            let (client, messages) = try await MQTTClient.withClient(configuration(broker, "brief")) { client in
                (client, try await client.messages(["x"]))
            }
            for try await _ in messages { Issue.record("there is no message") }
            let error = await #expect(throws: MQTTError.self) {
                try await client.publish(MQTTMessage(topic: "x", text: ""))
            }
            #expect(error?.code == .closed)
        }
    }
}
