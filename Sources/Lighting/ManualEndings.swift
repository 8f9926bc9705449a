/// The endings of a zone's commands that don't say how they end: a wall switch's, Home Assistant's.
public struct ManualEndings: Sendable, Hashable {
    /// One that lights.
    public var on: Ending
    /// One that puts out the light. By default it leaves nobody in the dark who comes later.
    public var off: Ending

    /// Endings; the defaults are those of a zone that says nothing.
    public init(on: Ending = .never, off: Ending = .absence(.empty)) {
        self.on = on
        self.off = off
    }
}
