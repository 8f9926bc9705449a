import MQTT
import Processes
import TestSupport
import Testing

@Suite struct ConnectionTests {
    @Test(arguments: [MQTTVersion.v5, .v311])
    func `connects, subscribes, publishes and closes`(version: MQTTVersion) async throws {
        try await TestBroker.with { broker in
            let events = try await onThread {
                var configuration = MQTTConfiguration(addresses: [broker.address], clientID: "test-\(version)")
                configuration.versions = [version]
                let driver = try ConnectionDriver(configuration)
                try driver.connection.subscribe([MQTTSubscription("a/+")])
                try driver.runUntilSubscribed()
                try driver.connection.publish(MQTTMessage(topic: "a/b", text: "hello"))
                try driver.run("delivered") { if case .delivered = $0 { true } else { false } }
                try driver.close()
                return driver.events
            }
            #expect(events.contains(.message(ReceivedMessage(topic: "a/b", payload: Array("hello".utf8)))))
            #expect(events.first == .connecting(broker.address))
            #expect(events.last == .closed)
        }
    }
}
