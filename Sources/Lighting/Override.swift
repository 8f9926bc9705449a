/// A manual command in force over a zone or one of its bars.
public struct Override: Sendable, Hashable {
    /// The state that is asked for.
    public enum Mode: Sendable, Hashable {
        /// This light, whatever the sensors see; nil: as the zone's look.
        case on(brightness: Lightness?, colour: Colour?)
        /// No light, whatever the sensors see.
        case off
        /// The state that the sensors call for: the end of an earlier override.
        case auto
    }

    /// How long each light and each darkness of a flash lasts: one light a second, slow enough for everybody.
    ///
    /// - Source: WCAG 2.2, 2.3.1: at most three flashes in any one second.
    static let flashTurn = Duration.milliseconds(500)

    /// The state that is asked for.
    public var mode: Mode
    /// The instant at which it begins.
    public var start: MeshInstant
    /// The instant at which it ends; nil: when another command comes.
    public var until: MeshInstant?
    /// The absence by which it ends by itself, too, once nobody is there; nil: it doesn't.
    public var ends: Ending.Absence?
    /// The time that the change takes; nil: as the zone's look.
    public var ease: Duration?
    /// The commands that hold until this one begins, the earliest first: it takes over from them at its instant.
    public var before: [Override]

    /// An override.
    public init(
        mode: Mode, start: MeshInstant, until: MeshInstant? = nil, ease: Duration? = nil,
        ends: Ending.Absence? = nil, before: [Override] = []
    ) {
        self.mode = mode
        self.start = start
        self.until = until
        self.ease = ease
        self.ends = ends
        self.before = before
    }

    /// Returns true if it decides what is shown at `instant`.
    public func isInForce(at instant: MeshInstant) -> Bool {
        mode != .auto && start <= instant && instant < (until ?? .distantFuture)
    }

    /// It and those before it, the earliest first.
    var all: [Override] { before + [self] }

    /// The first instant after `instant` at which it, or one before it, begins or ends; nil if there is none.
    func nextChange(after instant: MeshInstant) -> MeshInstant? {
        let before = before.compactMap { $0.nextChange(after: instant) }
        return (before + [start, until].compactMap { $0 }.filter { $0 > instant }).min()
    }
}
