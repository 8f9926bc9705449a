import Configuration
import Documents
import Lighting
import MQTT
import Testing

@Suite("Durations, percentages and brokers are written and read alike")
struct TextFormsTests {
    @Test(arguments: [
        ("400ms", Duration.milliseconds(400)), ("1.5s", .milliseconds(1500)), ("60s", .seconds(60)),
        ("10m", .seconds(600)), ("1h", .seconds(3600)), ("0s", .zero), ("0.5h", .seconds(1800)),
        ("1.2345678s", .microseconds(1_234_567)), ("999999999999999999999s", .nanoseconds(Int64.max)),
        ("9223372036854775807.999999h", .nanoseconds(Int64.max)),
    ])
    func `durations that people write`(_ text: String, _ duration: Duration) {
        #expect(Duration(text: text) == duration)
    }

    @Test(arguments: [
        "", "s", "5", "5 s", " 5s", "5s ", "-5s", "+5s", "-0s", "1e3s", "nans", "infs", ".5s", "5.s", "1.2.3s",
        "5S",
        "5min", "5d", "٥s", "1m30s", "0x5s", "5ms5s", "5\u{301}s",
    ])
    func `what is no duration`(_ text: String) { #expect(Duration(text: text) == nil) }

    @Test(arguments: [
        "0s", "1ms", "1.5ms", "400ms", "1s", "1.5s", "1.05s", "60s", "90s", "10m", "1h", "25h",
    ])
    func `a duration's text is read as the same duration`(_ text: String) throws {
        let duration = try #require(Duration(text: text))
        #expect(duration.text == text)
    }

    @Test(arguments: [("0%", 0), ("60%", 0.6), ("12.5%", 0.125), ("100%", 1), ("0.1%", 0.001)])
    func `percentages`(_ text: String, _ value: Double) throws {
        let lightness = try #require(Lightness(text: text))
        #expect(lightness.value == value)
        #expect(lightness.text == text)
    }

    @Test(arguments: ["", "%", "60", "-0%", "100.1%", "101%", "1e1%", "nan%", "60 %", "99999999999999999999%"])
    func `what is no percentage`(_ text: String) { #expect(Lightness(text: text) == nil) }

    @Test(arguments: [
        ("mqtt://127.0.0.1", "mqtt://127.0.0.1:1883"), ("mqtts://broker.lan", "mqtts://broker.lan:8883"),
        ("mqtt://[::1]:1", "mqtt://[::1]:1"), ("mqtt://a?mqttVersion=3.1.1", "mqtt://a:1883?mqttVersion=3.1.1"),
        ("mqtt://mosquitto_1:65535", "mqtt://mosquitto_1:65535"),
    ])
    func `brokers`(_ text: String, _ description: String) throws {
        let broker = try #require(BrokerAddress(text: text))
        #expect(broker.description == description)
        #expect(BrokerAddress(text: description) == broker)
    }

    @Test(arguments: [
        "", "mqtt", "mqtt://", "mqtt:///x", "mqtt://:1883", "mqtt://a:", "mqtt://a:0", "mqtt://a:-1", "mqtt://a:+1",
        "mqtt://a:65536", "mqtt://a/", "mqtt://a b", "mqtt://[::1", "mqtt://[::1]x", "mqtt://[a]", "mqtt://u@a",
        "MQTT://a", "mqtt://a?mqttVersion=3", "mqtt://a?x", "tcp://a", "mqtt://-a", "mqtt://ä",
        "mqtt://\(String(repeating: "a", count: 254))",
    ])
    func `what is no broker`(_ text: String) { #expect(BrokerAddress(text: text) == nil) }
}
