import MQTT
import Processes
import TestSupport

/// Two brokers that a bridge joins, which can be cut.
struct BridgedBrokers: Sendable {
    let first: TestBroker
    /// The one that connects to the first.
    let second: TestBroker
    /// What the bridge goes through.
    let bridge: Link

    /// Runs a test with two brokers that are joined. Both are surely ended.
    static func with<Result: Sendable>(
        isolation: isolated (any Actor)? = #isolation, _ body: (BridgedBrokers) async throws -> Result
    ) async throws -> Result {
        try await TestBroker.with { first in
            let bridge = try Link(to: first.port)
            let lines = """
                connection bridge
                address 127.0.0.1:\(bridge.port)
                topic # both 1
                restart_timeout 1
                """
            return try await TestBroker.with(extra: lines) { second in
                let brokers = BridgedBrokers(first: first, second: second, bridge: bridge)
                try await brokers.waitUntil(isJoined: true)
                return try await body(brokers)
            }
        }
    }

    /// Breaks the bridge, and waits until that is known.
    func cut() async throws {
        bridge.sever()
        try await waitUntil(isJoined: false)
    }

    /// Joins it again, and waits until both are connected.
    func join() async throws {
        bridge.join()
        try await waitUntil(isJoined: true)
    }

    /// Awaits what the first broker says of the bridge. (The one that connects, of mosquitto 2.0.11, may say 1 as long as it
    /// tries.)
    private func waitUntil(isJoined: Bool) async throws {
        let name = "bridge-\(UInt64.random(in: .min ... .max))"
        let configuration = MQTTConfiguration(addresses: [first.address], clientID: name)
        try await MQTTClient.withClient(configuration) { client in
            let messages = try await client.messages(["$SYS/broker/connection/+/state"])
            try await withDeadline(.seconds(40), "the bridge is \(isJoined ? "joined" : "cut")") {
                for try await message in messages where message.text == (isJoined ? "1" : "0") { return }
                throw TestFailure("the client was closed")
            }
        }
    }
}
