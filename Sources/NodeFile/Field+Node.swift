internal import Documents
internal import Hardware
import Lighting
internal import Mesh
import YAML

extension FieldMap {
    /// The node that the fields `node`, `bars`, `sensors` and `lightSensors` make.
    func node(hasNetwork: Bool) -> NodeConfiguration? {
        let name = required("node", example: "stair-01")?.name("a node's name", example: "stair-01")
        let bars = self["bars"]?.nodeBars(hasNetwork: hasNetwork)
        let sensors = self["sensors"]?.nodeSensors(hasNetwork: hasNetwork)
        let lights = self["lightSensors"]?.nodeLights(hasNetwork: hasNetwork)
        // What is written but can't be read isn't missing.
        if !["bars", "sensors", "lightSensors"].contains(where: { key in self[key].map { !$0.isEmptyList } ?? false }) {
            missing(
                "bars", problem: "is missing, and so is sensors",
                remedy: "Write bars: [{name: bar, channels: white, output: simulated}], for instance")
        }
        guard let name else { return nil }
        return NodeConfiguration(name: name, bars: bars ?? [], sensors: sensors ?? [], lightSensors: lights ?? [])
    }
}

extension Field {
    fileprivate var isEmptyList: Bool { node.isNull || node.items?.isEmpty ?? false }

    fileprivate func nodeSensors(hasNetwork: Bool) -> [SensorConfiguration]? {
        let example = "[{name: bottom, input: simulated}]"
        guard let items = list(of: "sensors", example: example) else { return nil }
        let sensors = items.compactMap { item -> (field: Field, value: SensorConfiguration)? in
            guard
                let fields = item.fields(["name", "stuckLimit", "input"], example: "{name: bottom, input: simulated}")
            else { return nil }
            let nameField = fields.required("name", example: "bottom")
            let name = nameField?.name("a sensor's name", example: "bottom")
            let limit = fields["stuckLimit"]?
                .duration(in: SensorConfiguration.stuckLimitRange, "a stuck limit", example: "10m")
            let inputField = fields.required("input", example: "simulated")
            let input = inputField?.sensorInput()
            if !hasNetwork, input?.topic != nil {
                inputField?.fail(
                    .conflict, "is heard of over the network, which is off", allowed: "such an agent opens no socket",
                    remedy: "Connect a sensor to a GPIO line, or remove network: off")
            }
            guard let nameField, let name, let input else { return nil }
            return (nameField, SensorConfiguration(name: name, stuckLimit: limit, input: input))
        }
        settle(
            sensors.map {
                (item: $0.field, owner: "the sensor \($0.value.name)", claims: $0.value.input.driver.claims)
            },
            allowed: "what reads one sensor reads no other")
        return distinct(sensors, name: \.name, "a node has one sensor of a name")
    }

    fileprivate func nodeLights(hasNetwork: Bool) -> [LightSensorConfiguration]? {
        let example = "[{name: window, input: {driver: iio, device: bh1750}}]"
        guard let items = list(of: "light sensors", example: example) else { return nil }
        let lights = items.compactMap { item -> (field: Field, value: LightSensorConfiguration)? in
            guard
                let fields = item.fields(
                    ["name", "input"], example: "{name: window, input: {driver: iio, device: bh1750}}")
            else { return nil }
            let nameField = fields.required("name", example: "window")
            let name = nameField?.name("a light sensor's name", example: "window")
            let inputField = fields.required("input", example: "{driver: iio, device: bh1750}")
            let input = inputField?.lightInput()
            if !hasNetwork, case .mqtt = input {
                inputField?.fail(
                    .conflict, "is heard of over the network, which is off", allowed: "such an agent opens no socket",
                    remedy: "Connect a light sensor to the node, or remove network: off")
            }
            guard let nameField, let name, let input else { return nil }
            return (nameField, LightSensorConfiguration(name: name, input: input))
        }
        return distinct(lights, name: \.name, "a node has one light sensor of a name")
    }

    private func lightInput() -> LightSensorInput? {
        driver(
            "a light sensor's input",
            [
                Driver("iio", fields: ["device"], example: "{driver: iio, device: bh1750}") { fields in
                    fields.required("device", example: "bh1750")?
                        .folderName(
                            "an IIO device", example: "bh1750",
                            allowed: "a device's name as cat /sys/bus/iio/devices/*/name has it"
                        ).map { .iio(device: $0) }
                },
                Driver(
                    "mqtt", fields: ["topic", "field", "availability"],
                    example: "{driver: mqtt, topic: zigbee2mqtt/window, field: illuminance}"
                ) { fields in
                    let path = fields["field"]?.jsonPath()
                    let availability = fields["availability"]?.availability()
                    return fields.required("topic", example: "zigbee2mqtt/window")?.topic()
                        .map { .mqtt(topic: $0, field: path ?? .whole, availability: availability) }
                },
            ])
    }
}
