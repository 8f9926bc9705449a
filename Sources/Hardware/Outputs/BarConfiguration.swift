public import Lighting

/// One LED bar of a node.
public struct BarConfiguration: Sendable, Hashable {
    /// Its name, unique in its node.
    public var name: String
    /// The kinds of LEDs that it has.
    public var channels: ChannelSet
    /// Of its LEDs, those that aren't as data sheets usually have them.
    public var primaries: [LEDChannel: Emitter]
    /// A factor on its brightness, 0…1, to match the bars beside it.
    public var trim: Lightness
    /// Its light after a start, until the zone's is known, and while the agent isn't there.
    public var power: PowerStates
    /// The driver that draws it.
    public var output: BarOutput

    /// A bar made in code.
    public init(
        name: String, channels: ChannelSet = .white, primaries: [LEDChannel: Emitter] = [:], trim: Lightness = .full,
        power: PowerStates = PowerStates(), output: BarOutput
    ) {
        self.name = name
        self.channels = channels
        self.primaries = primaries
        self.trim = trim
        self.power = power
        self.output = output
    }

    /// A remark on light that the bar's driver makes worse than it need be, with the reason; nil: none.
    public var warning: String? { output.driver.warning.map { "bar \(name): \($0)" } }
}
