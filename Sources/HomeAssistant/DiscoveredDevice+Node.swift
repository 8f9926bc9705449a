public import Mesh

extension DiscoveredDevice {
    /// A node's device: how it is, what its sensors find, and what it can be asked to do.
    ///
    /// - Parameter measured: the checks that its health reports have: a board without a thermometer has no temperature.
    public init(node description: NodeDescription, measured: Set<HealthCheck>, _ topics: DiscoveryTopic) {
        let node = description.node
        self.init(
            objectID: topics.objectID(of: .node(node)), name: node, model: "Node", version: description.version)
        let status = DiscoveryValue.text(Topic.status(node: node).name(site: topics.site))
        availability = [
            [
                "topic": status,
                "value_template": .text(
                    DiscoveredDevice.template(
                        "'offline' if value_json.state == 'offline' else 'online'", else: "'offline'")),
            ]
        ]
        addHealth(measured, status: status, health: .text(Topic.health(node: node).name(site: topics.site)))
        for sensor in description.sensors.map(\.name) {
            add(
                "sensor_\(sensor)", "binary_sensor", name: "Sensor \(sensor)",
                [
                    "device_class": "occupancy",
                    "state_topic": .text(Topic.sensor(node: node, sensor: sensor).name(site: topics.site)),
                    "value_template": .text(DiscoveredDevice.template("'ON' if value_json.motion else 'OFF'")),
                ])
        }
        for light in description.lights {
            add(
                "light_\(light)", "sensor", name: "Light sensor \(light)",
                [
                    "device_class": "illuminance", "unit_of_measurement": "lx", "state_class": "measurement",
                    "state_topic": .text(Topic.light(node: node, light: light).name(site: topics.site)),
                    "value_template": .text(DiscoveredDevice.template("value_json.lux | default(none)")),
                ])
        }
        addButton("identify", named: "Identify", category: "diagnostic", of: description, topics)
        addButton("restart", named: "Restart", category: "config", of: description, topics)
    }

    /// A button whose device class is what it asks for.
    private mutating func addButton(
        _ action: String, named name: String, category: DiscoveryValue, of description: NodeDescription,
        _ topics: DiscoveryTopic
    ) {
        guard action != "identify" || !description.bars.isEmpty else { return }
        var button = DiscoveredDevice.action(action, of: description.node, topics)
        button["device_class"] = .text(action)
        button["entity_category"] = category
        add(action, "button", name: name, button)
    }

    private mutating func addHealth(_ measured: Set<HealthCheck>, status: DiscoveryValue, health: DiscoveryValue) {
        add(
            "connectivity", "binary_sensor", name: "Connectivity",
            [
                "device_class": "connectivity", "entity_category": "diagnostic", "state_topic": status,
                "value_template": .text(
                    DiscoveredDevice.template("'OFF' if value_json.state == 'offline' else 'ON'", else: "'OFF'")),
                // Whoever is away is to be seen as that.
                "availability": [],
            ])
        add(
            "problem", "binary_sensor", name: "Problem",
            [
                "device_class": "problem", "entity_category": "diagnostic", "state_topic": health,
                "value_template": .text(
                    DiscoveredDevice.template(
                        "'ON' if value_json.checks | rejectattr('healthy') | list | count > 0 else 'OFF'")),
                "json_attributes_topic": health, "json_attributes_template": .text(DiscoveredDevice.reasons),
            ])
        for (check, name, fields) in DiscoveredDevice.figures where measured.contains(check) {
            var figure = fields
            figure["entity_category"] = "diagnostic"
            figure["state_class"] = "measurement"
            figure["state_topic"] = health
            figure["value_template"] = .text(DiscoveredDevice.figure(of: check))
            add(check.rawValue.split(separator: " ").joined(separator: "_"), "sensor", name: name, figure)
        }
    }

    /// The figures of health reports that are shown, if they are measured.
    private static let figures: [(check: HealthCheck, name: String, fields: Component)] = [
        (
            .temperature, "Temperature",
            ["device_class": "temperature", "unit_of_measurement": "°C", "suggested_display_precision": 1]
        ),
        (
            .clockErrorBound, "Clock error",
            ["device_class": "duration", "unit_of_measurement": "ms", "suggested_display_precision": 1]
        ),
        (.lateFrames, "Late frames", ["unit_of_measurement": "frames"]),
    ]

    private static func figure(of check: HealthCheck) -> String {
        template(
            "value_json.checks | selectattr('check', 'eq', '\(check.rawValue)') | map(attribute='value') | first "
                + "| default(none)")
    }

    /// What the matter is, as an attribute: each check that isn't well, with its reason.
    private static let reasons =
        "{% set found = namespace(reasons=[]) %}"
        + "{% for one in value_json.checks if not one.healthy %}"
        + "{% set found.reasons = found.reasons + [one.check ~ (': ' ~ one.detail if one.detail is defined else '')] %}"
        + "{% endfor %}{{ {'reasons': found.reasons} | tojson }}"
}
