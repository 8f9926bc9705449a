import HomeAssistant
import Lighting
import Mesh
import Testing

@Suite("A device as Home Assistant discovers it")
struct DiscoveredDeviceTests {
    private static let topics = DiscoveryTopic(site: "home", .usual)
    private static let stairs = Zone(
        bars: ["stair-01", "stair-02"], sensors: ["landing/top": .last, "stair-01/bottom": .first])

    private static func zone(
        _ zone: Zone = stairs, nodes: [String] = ["landing", "stair-01", "stair-02"], modes: LightModes = .all
    ) -> DiscoveredDevice {
        DiscoveredDevice(zone: "stairs", zone, nodes: nodes, modes: modes, topics)
    }

    private static func node(_ measured: Set<HealthCheck> = []) -> DiscoveredDevice {
        var description = NodeDescription(
            site: "home", node: "landing", bars: [], sensors: [.init(name: "top", driver: "gpio")], version: "0.2.0",
            bootId: "1", started: MeshInstant(nanoseconds: 0))
        description.lights = ["window"]
        return DiscoveredDevice(node: description, measured: measured, topics)
    }

    private static func text(_ device: DiscoveredDevice) -> String { String(decoding: device.payload, as: UTF8.self) }

    @Test func `a zone is a light that anybody may command, with what its keeper tells`() {
        let device = Self.zone()
        #expect(device.components.keys.sorted() == ["automatic", "hold", "light", "motion", "reason", "until", "walk"])
        let light = device.components["light"]
        #expect(light?["name"] == .null && light?["schema"] == "json")
        #expect(light?["state_topic"] == "footlight/home/zone/stairs/state")
        #expect(light?["command_topic"] == "footlight/home/zone/stairs/set")
        #expect(device.components["automatic"]?["payload_press"] == "auto")
    }

    @Test(arguments: [
        (LightModes(temperature: false, colour: false), ["brightness"], false),
        (LightModes(temperature: true, colour: false), ["color_temp"], true), (.all, ["color_temp", "rgb"], true),
    ])
    func `a zone's light can what its bars can`(modes: LightModes, names: [String], hasRange: Bool) {
        let light = Self.zone(modes: modes).components["light"]
        #expect(light?["supported_color_modes"] == .list(names.map { .text($0) }))
        #expect((light?["max_mireds"] == 556) == hasRange && (light?["min_mireds"] == 153) == hasRange)
    }

    @Test func `a zone is available while any of its nodes is, of a hundred at most`() {
        #expect(Self.zone().availability.map { $0["topic"] }.count == 3)
        #expect(Self.text(Self.zone()).contains(#""availability_mode":"any""#))
        let many = (1000..<1200).map { "node-\($0)" }
        #expect(Self.zone(nodes: many).availability.count == 100)
        // The message of the largest is one that any broker takes.
        #expect(Self.zone(nodes: many).payload.count < 64_000)
    }

    @Test func `the walk begins at the first bar's sensor, by a fresh id`() {
        let walk = Self.zone().components["walk"]
        #expect(walk?["command_topic"] == "footlight/home/node/stair-01/action")
        #expect(
            walk?["command_template"]
                == #"{"id":"home-assistant-{{ (now().timestamp() * 1000) | int }}","action":"trigger","seconds":1,"sensor":"bottom"}"#
        )
        #expect(Self.zone(Zone(bars: ["a"], sensors: [:])).components["walk"] == nil)
        let vacant = Zone(bars: ["a"], sensors: ["a/eye (vacant)": .first])
        #expect(Self.zone(vacant).components["walk"] == nil)
    }

    @Test func `a node has what it has hardware for, and figures that it measures`() {
        #expect(
            Self.node().components.keys.sorted() == [
                "connectivity", "light_window", "problem", "restart", "sensor_top",
            ])
        let measured = Self.node([.temperature, .lateFrames, .memory]).components
        #expect(measured["temperature"]?["unit_of_measurement"] == "°C" && measured["late_frames"] != nil)
        #expect(measured["memory"] == nil)
    }

    @Test func `whether a node is there is also known when it isn't`() {
        #expect(Self.node().components["connectivity"]?["availability"] == [])
    }

    @Test func `entities have ids of their own, whatever sites and nodes are called`() {
        let one = DiscoveryTopic(site: "a-zone", .usual).objectID(of: .zone("b"))
        let other = DiscoveryTopic(site: "a", .usual).objectID(of: .zone("zone-b"))
        #expect(one != other)
        let ids = Self.node([.temperature]).components.values.compactMap { $0["unique_id"] }
        #expect(Set(ids).count == 6)
    }

    @Test func `who wrote it, and which version, is told`() {
        #expect(Self.text(Self.node()).contains(#""origin":{"name":"Footlight","sw_version":"0.2.0"}"#))
        // A zone's message is the same, whichever node keeps it.
        #expect(Self.text(Self.zone()).contains(#""origin":{"name":"Footlight"}"#))
    }

    @Test func `entities that there were are taken away by their platform alone, and those aren't read as there`() {
        let (now, before) = (Self.node(), Self.node([.temperature]))
        let former = DiscoveredDevice.platforms(in: before.payload) ?? [:]
        #expect(former["temperature"] == "sensor")
        let said = now.payload(removing: former)
        #expect(String(decoding: said, as: UTF8.self).contains(#""temperature":{"platform":"sensor"}"#))
        #expect(DiscoveredDevice.platforms(in: said) == DiscoveredDevice.platforms(in: now.payload))
    }

    @Test(arguments: ["", "{", "{}", #"{"components":{},"origin":{"name":"zigbee2mqtt"}}"#])
    func `what others say is none of ours`(text: String) {
        #expect(DiscoveredDevice.platforms(in: Array(text.utf8)) == nil)
    }

    @Test func `a topic tells what its device stands for, if it is of the site`() {
        for subject in [DiscoveryTopic.Subject.zone("stairs"), .node("stair-01")] {
            #expect(Self.topics.subject(of: Self.topics.name(of: subject)) == subject)
        }
        for topic in [
            "homeassistant/device/footlight_other_zone_a/config", "homeassistant/device/footlight_home_zone_/config",
            "homeassistant/device/footlight_home_lamp_a/config", "homeassistant/device/x/config",
            "homeassistant/device/footlight_home_/config", "homeassistant/device/footlight_home_zone_A b/config",
        ] {
            #expect(Self.topics.subject(of: topic) == nil, "\(topic)")
        }
    }
}
