/// A driver of devices that draw several bars: those share an output, of which each is a part.
package protocol SharedOutputDriver: OutputDriver {
    /// The device: bars of one driver of which this is the same share an output.
    var connection: String { get }
    /// Returns the output that draws bars of one device, at least one: its parts, in this order.
    static func output(sharedBy bars: [(driver: Self, bar: BarPlace)]) -> any LightOutput
}

extension SharedOutputDriver {
    /// The driver and the device: bars of which this is the same share an output.
    package var shared: String { "\(Self.name) \(connection)" }

    package func output(for bar: BarPlace) -> any LightOutput { Self.output(sharedBy: [(self, bar)]) }

    /// Returns the output of bars whose ``shared`` is this one's.
    func output(shared bars: [(driver: any OutputDriver, bar: BarPlace)]) -> any LightOutput {
        Self.output(sharedBy: bars.compactMap { other in (other.driver as? Self).map { ($0, other.bar) } })
    }
}
