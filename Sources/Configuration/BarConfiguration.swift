public import Lighting

/// One LED bar of a node.
public struct BarConfiguration: Sendable, Hashable {
    /// Its name, unique in its node.
    public var name: String
    /// Which LEDs it has.
    public var channels: ChannelSet
    /// What its brightness is multiplied by, to match the bars beside it.
    public var trim: Lightness
    /// What draws it.
    public var output: BarOutput

    /// A bar made in code.
    public init(name: String, channels: ChannelSet = .white, trim: Lightness = .full, output: BarOutput) {
        self.name = name
        self.channels = channels
        self.trim = trim
        self.output = output
    }
}
