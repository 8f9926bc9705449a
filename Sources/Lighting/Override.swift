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

    /// How long each light and each darkness of a flash lasts: one light a second, slow enough for everybody.
    ///
    /// - Source: WCAG 2.2, 2.3.1: at most three flashes in any one second.
    static let flashTurn = Duration.milliseconds(500)

    /// What is asked for.
    public var mode: Mode
    /// From when.
    public var start: MeshInstant
    /// Until when; nil: until another command.
    public var until: MeshInstant?
    /// Whether it ends by itself, too, once nobody is there.
    public var ends: Ending.Absence?
    /// How long the change takes; nil: as the zone's look.
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

    /// Whether it decides what is shown at `instant`.
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
