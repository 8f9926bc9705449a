package import Documents
package import Lighting

/// The drivers that there are: a new one is a file, and its line here.
public enum Drivers {
    /// The drivers of outputs.
    package static let outputs: [any OutputDriver.Type] = [
        TraceFile.self,
        GPIOOutputLine.self,
        PWMPins.self,
        LEDNames.self,
        PCA9685Channels.self,
        WS281xStrip.self,
        APA102Strip.self,
        DDPStrip.self,
        E131Strip.self,
        ArtNetStrip.self,
        SimulatedBar.self,
    ]
    /// The drivers of motion sensors.
    package static let sensors: [any SensorDriver.Type] = [
        GPIOSensorInput.self,
        LD2410.self,
        MQTTSensorInput.self,
        SimulatedSensor.self,
    ]
}

extension Field {
    /// The output of a bar of these channels.
    package func output(channels: ChannelSet?) -> BarOutput? {
        let channels = channels ?? .white
        return driver(
            "an output",
            Drivers.outputs.map { type in
                Driver(
                    type.name, fields: type.fields.map(\.name), example: type.example(for: channels)
                ) { fields in type.init(fields, channels: channels).map { BarOutput($0) } }
            })
    }

    /// The source of a sensor's motion.
    package func sensorInput() -> SensorInput? {
        driver(
            "an input",
            Drivers.sensors.map { type in
                Driver(type.name, fields: type.fields.map(\.name), example: type.example) { fields in
                    type.init(fields).map { SensorInput($0) }
                }
            })
    }
}
