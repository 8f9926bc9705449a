import MQTT
import Testing

@Suite struct BrokerAddressTests {
    @Test(arguments: [
        ("mqtt://127.0.0.1:1883", "127.0.0.1", 1883, false),
        ("mqtt://broker", "broker", 1883, false),
        ("mqtts://broker.example", "broker.example", 8883, true),
        ("MQTT://broker:7/", "broker", 7, false),
        ("broker:1884", "broker", 1884, false),
        ("mqtt://[::1]:1885", "::1", 1885, false),
        ("mqtts://[fe80::1%eth0]", "fe80::1%eth0", 8883, true),
    ])
    func `reads addresses`(text: String, host: String, port: UInt16, isEncrypted: Bool) throws {
        let address = try BrokerAddress(text)
        #expect(address == BrokerAddress(host: host, port: port, isEncrypted: isEncrypted))
        #expect(try BrokerAddress(address.description) == address)
    }

    @Test(arguments: [
        ("mqtt://broker?mqttVersion=3.1.1", MQTTVersion.v311, "mqtt://broker:1883?mqttVersion=3.1.1"),
        ("mqtts://[::1]:1/?mqttVersion=5", .v5, "mqtts://[::1]:1?mqttVersion=5"),
        ("broker?mqttVersion=auto", nil, "mqtt://broker:1883"),
    ])
    func `reads the version to speak`(text: String, version: MQTTVersion?, written: String) throws {
        let address = try BrokerAddress(text)
        #expect(address.version == version)
        #expect(address.description == written)
        #expect(try BrokerAddress(written) == address)
        #expect(address.place.version == nil)
    }

    @Test(arguments: [
        ("mqtt://broker?mqttVersion=4", "?mqttVersion=4"), ("mqtt://broker?", "is none of"),
        ("mqtt://broker?version=5", "mqttVersion=auto"),
        ("", "no host"), ("mqtt://", "no host"), ("http://broker", "neither mqtt nor mqtts"),
        ("mqtt://broker:0", "port \"0\""), ("mqtt://broker:65536", "port \"65536\""), ("mqtt://broker:+1", "port"),
        ("mqtt://broker:x", "port \"x\""), ("mqtt://::1", "in brackets"), ("mqtt://[::1", "isn't closed"),
        ("mqtt://[::1]1883", "follows the bracket"), ("mqtt://[broker]", "not an IPv6"), ("mqtt://a b", "characters"),
        ("mqtt://10.0.0.300", "not an IPv4 address"), ("mqtt://10.0.2:1883", "not an IPv4 address"),
        ("mqtt://-broker", "begins with"), ("mqtt://.broker", "begins with"),
        ("mqtt://[::1::]", "not an IPv6"), ("mqtt://[fe80::1%]", "not an IPv6"), ("mqtt://[:%:]", "not an IPv6"),
        ("mqtt://\(String(repeating: "a", count: 254))", "longer than 253"),
        ("mqtt://me:secret@broker", "apart from the address"), ("mqtt://broker/path", "characters"),
    ])
    func `refuses what is no address, and says why`(text: String, why: String) {
        let error = #expect(throws: MQTTError.self) { try BrokerAddress(text) }
        #expect(error?.code == .addressInvalid)
        #expect(error?.description.contains(why) == true, "\(error?.description ?? "")")
    }
}
