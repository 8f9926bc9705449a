/// A manual command in force over a zone or one of its bars.
public struct Override: Sendable, Hashable {
    /// What is asked for.
    public enum Mode: Sendable, Hashable {
        /// This light, whatever the sensors see; nil: as the zone's look.
        case on(brightness: Lightness?, colour: Colour?)
        /// No light, whatever the sensors see.
        case off
        /// What the sensors say: the end of an earlier override.
        case auto
    }

    /// What is asked for.
    public var mode: Mode
    /// From when.
    public var start: MeshInstant
    /// Until when; nil: until another command.
    public var until: MeshInstant?
    /// How long the change takes; nil: as the zone's look.
    public var ease: Duration?

    /// An override.
    public init(mode: Mode, start: MeshInstant, until: MeshInstant? = nil, ease: Duration? = nil) {
        self.mode = mode
        self.start = start
        self.until = until
        self.ease = ease
    }

    /// Whether it decides what is shown at `instant`.
    public func isInForce(at instant: MeshInstant) -> Bool {
        mode != .auto && start <= instant && instant < (until ?? .distantFuture)
    }
}
