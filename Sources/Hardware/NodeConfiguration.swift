/// A node: bars, sensors, or both.
public struct NodeConfiguration: Sendable, Hashable {
    /// The node's name, unique in its site.
    public var name: String
    /// Its bars, of different names.
    public var bars: [BarConfiguration]
    /// Its sensors, of different names.
    public var sensors: [SensorConfiguration]

    /// Its light sensors, of different names.
    public var lightSensors: [LightSensorConfiguration]

    /// A node made in code.
    public init(
        name: String, bars: [BarConfiguration] = [], sensors: [SensorConfiguration] = [],
        lightSensors: [LightSensorConfiguration] = []
    ) {
        self.name = name
        self.bars = bars
        self.sensors = sensors
        self.lightSensors = lightSensors
    }
}
