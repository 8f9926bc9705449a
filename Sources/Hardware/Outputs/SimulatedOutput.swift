package import Documents
package import Lighting

/// A bar with no LEDs: it shows nothing, and reports as if it did.
public final class SimulatedOutput: LightOutput {
    /// The last frame.
    public private(set) var frame: Frame?

    /// A bar that has shown nothing yet.
    public init() {}

    /// Remembers the frame.
    public func set(_ frame: Frame, of part: Int) { self.frame = frame }

    /// Does nothing.
    public func present(isAtRest: Bool) -> Duration { .seconds(3600) }
}

/// No LEDs.
package struct SimulatedBar: OutputDriver {
    package static let name = "simulated"

    package init() {}

    package init?(_ fields: FieldMap, channels: ChannelSet) {}

    package static func example(for channels: ChannelSet) -> String { "simulated" }

    package func output(for bar: BarPlace) -> any LightOutput { SimulatedOutput() }
}
