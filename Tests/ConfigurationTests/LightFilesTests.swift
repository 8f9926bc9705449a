import Configuration
import Documents
import Hardware
import Lighting
import Mesh
import NodeFile
import Testing

@Suite("Light sensors, and zones that are lit only when it is dark")
struct LightFilesTests {
    static let agent = """
        site: home
        node: landing
        brokers: [mqtt://localhost]
        lightSensors:
          - {name: window, input: {driver: iio, device: bh1750}}
          - {name: garden, input: {driver: mqtt, topic: zigbee2mqtt/garden, field: illuminance}}

        """
    static let site = """
        site: home
        zones:
          stairs:
            bars: [stair-01]
            onlyWhenDark: {sensor: landing/window, below: 7.5lx}

        """

    @Test
    func `a node may have light sensors and nothing else; a zone goes by one of them`() throws {
        let node = try AgentFile(text: Self.agent, file: "a").nodes[0]
        #expect(
            node.lightSensors == [
                LightSensorConfiguration(name: "window", input: .iio(device: "bh1750")),
                LightSensorConfiguration(
                    name: "garden", input: .mqtt(topic: "zigbee2mqtt/garden", field: JSONPath("illuminance"))),
            ])
        let zone = try #require(try SiteFile(text: Self.site, file: "s").zones["stairs"])
        #expect(zone.onlyWhenDark == DarkLimit(sensor: "landing/window", lux: 7.5))
        #expect(zone.onlyWhenDark?.text == "7.5lx")
    }

    @Test(arguments: [
        ("device: bh1750", "device: ../bh1750", "lightSensors[0].input.device", "Write device: bh1750"),
        (", device: bh1750", "", "lightSensors[0].input.device", "Write device: bh1750"),
        ("driver: iio", "driver: ioi", "lightSensors[0].input.driver", "Did you mean iio?"),
        ("name: garden", "name: window", "lightSensors[1].name", ""),
        ("zigbee2mqtt/garden", "zigbee2mqtt/#", "lightSensors[1].input.topic", "Write topic: zigbee2mqtt/hall-pir"),
        (
            "brokers: [mqtt://localhost]", "network: off\nsiteFile: /s", "lightSensors[1].input",
            "Connect a light sensor"
        ),
    ])
    func `a fault of an agent's file is told with what to do`(
        _ good: String, _ bad: String, _ field: String, _ remedy: String
    ) throws {
        let text = Self.agent.replacing(good, with: bad, maxReplacements: 1)
        let errors = try #require(faults { try AgentFile(text: text, file: "a") }?.errors)
        #expect(errors.map(\.field) == [field])
        #expect(errors.allSatisfy { $0.remedy.hasPrefix(remedy) && !$0.remedy.isEmpty }, "\(errors)")
    }

    @Test(arguments: [
        ("7.5lx", "7.5", "below", "Write below: 7.5lx, for instance"),
        ("7.5lx", "dim", "below", "Write below: 10lx, for instance"),
        ("7.5lx", "0.01lx", "below", "Write below: 10lx, for instance"),
        ("7.5lx", "200000lx", "below", "Write below: 10lx, for instance"),
        (", below: 7.5lx", "", "below", "Write below: 10lx, for instance"),
        ("landing/window", "window", "sensor", "Write stair-01/window, for instance"),
    ])
    func `a fault of a zone's limit is told with what to do`(
        _ good: String, _ bad: String, _ field: String, _ remedy: String
    ) throws {
        let text = Self.site.replacing(good, with: bad, maxReplacements: 1)
        let errors = try #require(faults { try SiteFile(text: text, file: "s") }?.errors)
        #expect(errors.map(\.field) == ["zones.stairs.onlyWhenDark.\(field)"])
        #expect(errors.map(\.remedy) == [remedy])
    }
}
