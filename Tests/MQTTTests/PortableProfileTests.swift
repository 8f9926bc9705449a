import MQTT
import Testing

@Suite struct PortableProfileTests {
    @Test(arguments: ["footlight/home/node/stair-01/sensor/bottom", "a", "/", "a/b/c/d/e/f/g/h"])
    func `takes portable topics`(topic: String) throws {
        try PortableProfile.check(MQTTMessage(topic: topic, text: ""))
    }

    @Test(arguments: [
        "", "a/b/c/d/e/f/g/h/i", String(repeating: "x", count: 257), "a/+", "a/#", "a.b", "a b", "a\u{7}b", "a\nb",
    ])
    func `refuses other topics`(topic: String) {
        let error = #expect(throws: MQTTError.self) { try PortableProfile.check(MQTTMessage(topic: topic, text: "")) }
        #expect(error?.code == .topicInvalid)
    }

    @Test func `refuses payloads of 128 KiB and takes one byte less`() throws {
        try PortableProfile.check(MQTTMessage(topic: "a", payload: [UInt8](repeating: 0, count: 131_071)))
        let error = #expect(throws: MQTTError.self) {
            try PortableProfile.check(MQTTMessage(topic: "a", payload: [UInt8](repeating: 0, count: 131_072)))
        }
        #expect(error?.code == .payloadTooLarge)
    }

    @Test(arguments: ["#", "+", "a/+/c/#", "other maker's/hall pir.1", "$SYS/#"])
    func `takes filters`(filter: String) throws {
        try PortableProfile.check(filter: filter)
    }

    @Test(arguments: ["", "a/#/b", "a#", "a/b+", "+a/b", "a/b/c/d/e/f/g/h/#"])
    func `refuses other filters`(filter: String) {
        let error = #expect(throws: MQTTError.self) { try PortableProfile.check(filter: filter) }
        #expect(error?.code == .filterInvalid)
    }

    @Test(arguments: [
        ("#", "a/b", true), ("a/#", "a", true), ("a/#", "a/b/c", true), ("a/#", "ab", false), ("+", "a", true),
        ("+", "a/b", false), ("a/+/c", "a/b/c", true), ("a/+/c", "a//c", true), ("a/+", "a", false), ("a", "a", true),
        ("a/b", "a", false), ("a", "a/b", false), ("+/+", "/x", true), ("#", "$SYS/x", false),
        ("$SYS/#", "$SYS/x", true),
    ])
    func `matches topics by level`(filter: String, topic: String, isMatch: Bool) {
        #expect(TopicFilter.matches(filter, topic) == isMatch)
    }

    @Test func `refuses configurations that can't work`() {
        func refuses(_ change: (inout MQTTConfiguration) -> Void) -> Bool {
            var configuration = MQTTConfiguration(
                addresses: [BrokerAddress(host: "127.0.0.1", port: 1)], clientID: "test")
            change(&configuration)
            do { try configuration.check() } catch { return error.code == .configurationInvalid }
            return false
        }
        #expect(!refuses { _ in })
        #expect(refuses { $0.addresses = [] })
        #expect(refuses { $0.clientID = "" })
        #expect(refuses { $0.clientID = String(repeating: "x", count: 129) })
        #expect(refuses { $0.keepalive = .seconds(4) })
        #expect(refuses { $0.keepalive = .milliseconds(5500) })
        #expect(refuses { $0.password = "secret" })
        #expect(refuses { $0.inFlightLimit = 0 })
        #expect(refuses { $0.tls.keyFile = "/key" })
        #expect(refuses { $0.versions = [] })
    }
}
