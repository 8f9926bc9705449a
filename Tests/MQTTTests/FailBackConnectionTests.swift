import MQTT
import Platform
import Processes
import TestSupport
import Testing

@Suite struct FailBackConnectionTests {
    @Test func `a connection goes back to the first broker, with its state, and leaves its will at the second`()
        async throws
    {
        try await TestBroker.with { first in
            try await TestBroker.with { second in
                var configuration = MQTTConfiguration(addresses: [first.address, second.address], clientID: "mover")
                configuration.will = { MQTTMessage(topic: "status", text: "gone \($0)", retain: true) }
                configuration.birth = { MQTTMessage(topic: "status", text: "here \($0)", retain: true) }
                let settings = configuration
                try await onThread {
                    let driver = try ConnectionDriver(settings)
                    try driver.connection.publish(MQTTMessage(topic: "state", text: "1", retain: true), keep: true)
                    try driver.run("state at the first") { $0.isDelivered }
                    #expect(driver.connection.session?.address == first.address)
                    try first.kill()
                    try driver.run("state at the second") { $0.isDelivered }
                    #expect(driver.connection.session?.address == second.address)
                    let watcher = try ConnectionDriver(
                        MQTTConfiguration(addresses: [second.address], clientID: "watcher"))
                    try watcher.connection.subscribe([MQTTSubscription("status")])
                    try watcher.run("it is here") { $0.message?.text.hasPrefix("here") == true }

                    try first.restart(wipingMemory: true)
                    let back = MonotonicClock.now
                    try driver.run("state at the first again", within: .seconds(25)) { $0.isDelivered }
                    #expect(driver.connection.session?.address == first.address)
                    #expect(MonotonicClock.now - back >= 9_900_000_000)
                    try watcher.run("its will") { $0.message?.text.hasPrefix("gone") == true }
                    #expect(driver.longestWait < .milliseconds(50))
                    try driver.close()
                    try watcher.close()
                }
            }
        }
    }
}
