public import Lighting

/// A bar's light from now until the next frame.
public struct Frame: Sendable, Hashable {
    /// The drive of each channel in linear light, 0…65535: of one pixel, which stands for all, or of each of the bar's
    /// pixels, one after the other.
    public var channels: [UInt16]
    /// The lightness that the bar is to have, before its trim.
    public var lightness: Lightness

    /// A frame.
    public init(channels: [UInt16], lightness: Lightness) {
        self.channels = channels
        self.lightness = lightness
    }
}
