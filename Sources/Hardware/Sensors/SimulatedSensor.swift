package import Documents

/// No sensor: `footlight trigger` tells of motion.
package struct SimulatedSensor: SensorDriver {
    package static let name = "simulated"
    package static let example = "simulated"

    package init() {}

    package init?(_ fields: FieldMap) {}
}
