public import Lighting
public import Mesh

extension DiscoveredDevice {
    /// How many nodes a zone is taken for available by: of more, those first by their names.
    static let mostNodes = 100

    /// A zone's device: what its keeper tells, and what anybody may ask of it.
    ///
    /// - Parameters:
    ///   - zone: its configuration, with hardware in the stead of places.
    ///   - nodes: the nodes that have a part in it, in the order of their names.
    ///   - modes: the light that its bars can show.
    public init(zone name: String, _ zone: Zone, nodes: [String], modes: LightModes, _ topics: DiscoveryTopic) {
        self.init(objectID: topics.objectID(of: .zone(name)), name: name, model: "Zone")
        availability = nodes.prefix(DiscoveredDevice.mostNodes).map { node in
            [
                "topic": .text(Topic.status(node: node).name(site: topics.site)),
                // A node that sleeps keeps no zone.
                "value_template": .text(
                    DiscoveredDevice.template(
                        "'online' if value_json.state == 'online' else 'offline'", else: "'offline'")),
            ]
        }
        let state = DiscoveryValue.text(Topic.state(zone: name).name(site: topics.site))
        let set = DiscoveryValue.text(Topic.set(zone: name).name(site: topics.site))
        addLight(modes, state: state, set: set)
        add(
            "motion", "binary_sensor", name: "Motion",
            [
                "device_class": "motion", "state_topic": state,
                "value_template": .text(DiscoveredDevice.template("'ON' if value_json.motion else 'OFF'")),
            ])
        add(
            "reason", "sensor", name: "Reason",
            [
                "device_class": "enum", "options": ["motion", "manual", "standby", "idle"],
                "entity_category": "diagnostic", "state_topic": state,
                "value_template": .text(DiscoveredDevice.template("value_json.reason")),
            ])
        add(
            "until", "sensor", name: "Command holds until",
            [
                "device_class": "timestamp", "state_topic": state,
                "value_template": .text(
                    DiscoveredDevice.template(
                        "((value_json.until / 1000000000) | as_datetime if value_json.until is defined else None)")),
            ])
        add(
            "hold", "sensor", name: "Hold",
            [
                "device_class": "duration", "unit_of_measurement": "s", "entity_category": "diagnostic",
                "state_topic": .text(Topic.zoneConfiguration(zone: name).name(site: topics.site)),
                "value_template": .text(
                    DiscoveredDevice.template(
                        "value_json.holdSeconds | default(\(Int(Zone(bars: [], sensors: [:]).hold.seconds)))")),
            ])
        add("automatic", "button", name: "Back to automatic", ["command_topic": set, "payload_press": "auto"])
        if let (node, sensor) = DiscoveredDevice.walkStart(of: zone) {
            add(
                "walk", "button", name: "Walk",
                DiscoveredDevice.action("trigger", of: node, with: ["sensor": .text(sensor), "seconds": 1], topics))
        }
    }

    private mutating func addLight(_ modes: LightModes, state: DiscoveryValue, set: DiscoveryValue) {
        var light: Component = [
            "schema": "json", "state_topic": state, "command_topic": set, "brightness": true, "effect": true,
            "effect_list": ["auto", "off"],
        ]
        var names: [DiscoveryValue] = []
        if modes.temperature { names.append("color_temp") }
        if modes.colour { names.append("rgb") }
        light["supported_color_modes"] = names.isEmpty ? ["brightness"] : .list(names)
        if modes.temperature {
            // In mireds, which every release reads: 2024.11 knows nothing else.
            light["min_mireds"] = .number(Int(1e6 / Kelvin.range.upperBound))
            light["max_mireds"] = .number(Int((1e6 / Kelvin.range.lowerBound).rounded(.up)))
        }
        add("light", "light", name: nil, light)
    }

    /// The sensor at which somebody would come: at the first bar if there is one.
    private static func walkStart(of zone: Zone) -> (node: String, sensor: String)? {
        let places = zone.sensors.keys.filter { Name.place($0)?.part != nil }
        let first = places.filter { zone.sensors[$0] == .first }.min() ?? places.min()
        guard let first, let place = Name.place(first), let sensor = place.part else { return nil }
        return (place.node, sensor)
    }

    /// The template of a value, which holds where the message is JSON: a topic that is cleared says nothing, and Home
    /// Assistant would log an error for it.
    public static func template(_ value: String, else other: String = "None") -> String {
        "{{ (\(value)) if value_json is defined else \(other) }}"
    }

    /// The fields of a button that asks a node for an action: with a fresh id each time, by which the node tells one from
    /// another, and a minute in which it is to be done.
    static func action(
        _ action: String, of node: String, with arguments: Component = [:], _ topics: DiscoveryTopic
    ) -> Component {
        let fields = JSON.encode(
            DiscoveryValue.object(arguments.merging(["action": .text(action)]) { $1 }))
        // The fields after the id are those of the action: its opening brace goes.
        let rest = String(decoding: fields.dropFirst(), as: UTF8.self)
        return [
            "command_topic": .text(Topic.action(node: node).name(site: topics.site)),
            "command_template":
                .text("{\"id\":\"home-assistant-{{ (now().timestamp() * 1000) | int }}\",\(rest)"),
        ]
    }
}
