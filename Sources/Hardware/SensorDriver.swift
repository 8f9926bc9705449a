package import Documents

/// A source of a sensor's motion, with the fields that an agent's file gives it: a value that has been read and can be
/// listened to.
///
/// A driver is one file in `Sensors`, and its line in ``Drivers/sensors``.
package protocol SensorDriver: Sendable, Hashable {
    /// The driver's name in the file, after `driver:`.
    static var name: String { get }
    /// The fields beside `driver`.
    static var fields: [DriverField] { get }
    /// The whole value in YAML, to be shown in errors.
    static var example: String { get }
    /// Reads the fields; nil: a fault was reported.
    init?(_ fields: FieldMap)

    /// The topic that it is heard on; nil: none.
    var heardOn: String? { get }
    /// The parts of the board that it takes.
    var claims: [Claim] { get }
    /// Returns the sensor, not opened yet; nil for one that nothing on the board tells of.
    ///
    /// - Parameters:
    ///   - name: the sensor's name in its node.
    ///   - node: the node's name.
    func sensor(_ name: String, node: String) -> (any MotionSensor)?
    /// Returns what the doctor finds: is the device there, and may the agent use it?
    ///
    /// - Parameter check: the findings' title: `sensor bottom`.
    func findings(_ check: String, on board: Board) -> [Finding]
}

extension SensorDriver {
    package static var fields: [DriverField] { [] }
    package var heardOn: String? { nil }
    package var claims: [Claim] { [] }
    package func sensor(_ name: String, node: String) -> (any MotionSensor)? { nil }
    package func findings(_ check: String, on board: Board) -> [Finding] { [] }
}
