/// The driver that draws a bar, with the fields that the file gives it.
public struct BarOutput: Sendable, Hashable {
    /// The driver.
    package var driver: any OutputDriver

    /// The output of a driver.
    package init(_ driver: any OutputDriver) { self.driver = driver }

    /// No LEDs: the mesh knows what the bar would show all the same.
    public static let simulated = BarOutput(SimulatedBar())

    /// The driver's name.
    public var driverName: String { type(of: driver).name }
    /// The number of pixels along the bar, at least 1.
    public var pixels: Int { driver.pixels }

    /// True if both are of one driver, with the same fields.
    public static func == (a: BarOutput, b: BarOutput) -> Bool { AnyHashable(a.driver) == AnyHashable(b.driver) }

    /// Hashes the driver and its fields.
    public func hash(into hasher: inout Hasher) { hasher.combine(AnyHashable(driver)) }
}
