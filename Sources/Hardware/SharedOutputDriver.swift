/// A driver of devices that draw several bars: those share an output, of which each is a part.
package protocol SharedOutputDriver: OutputDriver {
    /// The device: bars of one driver of which this is the same share an output.
    var connection: String { get }
    /// Returns the output that draws bars of one device, its parts in this order.
    ///
    /// - Parameters:
    ///   - others: the bars, at least one; this one is the first.
    ///   - bar: this one.
    func output(sharedBy others: [(driver: Self, bar: BarPlace)], for bar: BarPlace) -> any LightOutput
}

extension SharedOutputDriver {
    /// The driver and the device: bars of which this is the same share an output.
    package var shared: String { "\(Self.name) \(connection)" }

    package func output(for bar: BarPlace) -> any LightOutput { output(sharedBy: [(self, bar)], for: bar) }

    /// Returns the output of bars whose ``shared`` is this one's.
    func output(shared bars: [(driver: any OutputDriver, bar: BarPlace)], for bar: BarPlace) -> any LightOutput {
        let others = bars.compactMap { other in (other.driver as? Self).map { (driver: $0, bar: other.bar) } }
        return output(sharedBy: others, for: bar)
    }
}
