public import Lighting

/// The light of a bar in a frame.
public struct BarLook: Sendable {
    /// Its light; where its pixels differ, that of the whole.
    public let light: Light
    /// The light of the pixel at a place along it, 0 (the first) … 1 (the last); nil: all show the same, or it
    /// wasn't asked for.
    public let pixel: (@Sendable (Double) -> Light)?
}
