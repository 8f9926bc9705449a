/// One light sensor of a node: how bright it is where it stands.
public struct LightSensorConfiguration: Sendable, Hashable {
    /// Its name, unique among its node's light sensors.
    public var name: String
    /// The source of its readings.
    public var input: LightSensorInput

    /// A light sensor made in code.
    public init(name: String, input: LightSensorInput) {
        self.name = name
        self.input = input
    }
}
