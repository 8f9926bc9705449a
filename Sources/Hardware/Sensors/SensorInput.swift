/// The source of a sensor's motion: a driver, with the fields that the file gives it.
public struct SensorInput: Sendable, Hashable {
    /// The driver.
    package let driver: any SensorDriver

    /// The input of a driver.
    package init(_ driver: any SensorDriver) { self.driver = driver }

    /// `footlight trigger` alone.
    public static let simulated = SensorInput(SimulatedSensor())

    /// The driver's name.
    public var driverName: String { type(of: driver).name }
    /// The topic that it is heard on; nil: none.
    public var topic: String? { driver.heardOn }

    /// True if both are of one driver, with the same fields.
    public static func == (a: SensorInput, b: SensorInput) -> Bool { AnyHashable(a.driver) == AnyHashable(b.driver) }

    /// Hashes the driver and its fields.
    public func hash(into hasher: inout Hasher) { hasher.combine(AnyHashable(driver)) }
}
