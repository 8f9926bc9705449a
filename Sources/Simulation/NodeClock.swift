internal import Lighting
internal import Mesh

/// A node's clocks: its crystal, its system's clock, and what the clock core makes of them.
///
/// "True" instants are those of the world, which no node knows.
struct NodeClock: Sendable {
    private(set) var oscillator: Oscillator
    /// The system's clock less true time.
    var systemError: Duration { usualError + step }
    private var usualError: Duration
    /// What somebody has set it off by, for now.
    private var step = Duration.zero
    /// Whether NTP or the like keeps it.
    private(set) var isSynchronised: Bool
    /// What the system's clock is off at its board's start, where nothing keeps the time while the power is off.
    let errorAtStart: Duration?
    /// While the node's process runs.
    var core: MeshClockCore?

    init(_ oscillator: Oscillator, systemError: Duration, isSynchronised: Bool) {
        self.oscillator = oscillator
        usualError = systemError
        errorAtStart = nil
        self.isSynchronised = isSynchronised
    }

    /// The system's clock less the monotonic one.
    private func systemOffset(at truth: MeshInstant) -> Int64 {
        (truth + systemError).nanoseconds - oscillator.monotonic(at: truth)
    }

    /// The clock of a board that begins so far off, and doesn't know better.
    init(_ oscillator: Oscillator, errorAtStart: Duration) {
        self.oscillator = oscillator
        self.errorAtStart = errorAtStart
        usualError = errorAtStart
        isSynchronised = false
    }

    /// What the node's process reads of the system's clock.
    func system(at truth: MeshInstant) -> MeshClockEvent {
        .system(offset: systemOffset(at: truth), synchronised: isSynchronised)
    }

    /// The node's process begins.
    mutating func boot(_ node: String, site: String, at truth: MeshInstant) {
        core = MeshClockCore(
            node: node, site: site, systemOffset: systemOffset(at: truth), synchronised: isSynchronised,
            at: oscillator.monotonic(at: truth))
    }

    /// The node's board begins anew.
    mutating func restart(at truth: MeshInstant) {
        oscillator.restart(at: truth)
        guard let errorAtStart else { return }
        usualError = errorAtStart
        isSynchronised = false
    }

    /// A time server is within reach: from now on the system's clock is off by no more than this.
    mutating func synchronise(within error: Duration) {
        usualError = error
        isSynchronised = true
    }

    /// Somebody sets the system's clock by this much.
    mutating func setSystem(by amount: Duration) { step += amount }

    /// The core takes up an event.
    mutating func handle(_ event: MeshClockEvent, at truth: MeshInstant) -> [MeshClockAction] {
        core?.handle(event, at: oscillator.monotonic(at: truth)) ?? []
    }

    /// The mesh time that the node believes in at a true instant; while it is down, its system's time.
    func mesh(at truth: MeshInstant) -> MeshInstant {
        core?.mesh(at: oscillator.monotonic(at: truth)) ?? truth + systemError
    }

    /// The first true instant at which the node's mesh time is `mesh` or later, as things stand.
    func truth(of mesh: MeshInstant) -> MeshInstant {
        guard let core else { return mesh - systemError }
        return oscillator.truth(of: core.monotonic(of: mesh))
    }

    /// When its core wants a tick.
    var due: MeshInstant? { core?.nextDue.map { oscillator.truth(of: $0) } }

    /// How far from the time of the reference that it names it is at most; nil: it doesn't know.
    func bound(at truth: MeshInstant) -> Duration? { core?.errorBound(at: oscillator.monotonic(at: truth)) }

    /// Whether it goes by the mesh's time.
    var isSettled: Bool { core.map { $0.state == .synchronised || $0.state == .reference } ?? false }
}
