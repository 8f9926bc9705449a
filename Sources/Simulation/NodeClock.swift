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
    /// What the crystal last showed: within an event it is asked again and again at one instant.
    private var shown: (truth: MeshInstant, monotonic: Int64)?

    init(_ oscillator: Oscillator, systemError: Duration, isSynchronised: Bool) {
        self.oscillator = oscillator
        usualError = systemError
        errorAtStart = nil
        self.isSynchronised = isSynchronised
    }

    /// What the crystal shows.
    private mutating func monotonic(at truth: MeshInstant) -> Int64 {
        if let shown, shown.truth == truth { return shown.monotonic }
        let monotonic = oscillator.monotonic(at: truth)
        shown = (truth, monotonic)
        return monotonic
    }

    /// The system's clock less the monotonic one.
    private mutating func systemOffset(at truth: MeshInstant) -> Int64 {
        (truth + systemError).nanoseconds - monotonic(at: truth)
    }

    /// The clock of a board that begins so far off, and doesn't know better.
    init(_ oscillator: Oscillator, errorAtStart: Duration) {
        self.oscillator = oscillator
        self.errorAtStart = errorAtStart
        usualError = errorAtStart
        isSynchronised = false
    }

    /// What the node's process reads of the system's clock.
    mutating func system(at truth: MeshInstant) -> MeshClockEvent {
        .system(offset: systemOffset(at: truth), synchronised: isSynchronised)
    }

    /// The node's process begins.
    mutating func boot(_ node: String, site: String, at truth: MeshInstant) {
        core = MeshClockCore(
            node: node, site: site, systemOffset: systemOffset(at: truth), synchronised: isSynchronised,
            at: monotonic(at: truth))
    }

    /// The node's board begins anew.
    mutating func restart(at truth: MeshInstant) {
        oscillator.restart(at: truth)
        shown = nil
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
        let monotonic = monotonic(at: truth)
        return core?.handle(event, at: monotonic) ?? []
    }

    // Mutating, though they change nothing: what is asked so is asked where it lies, and not copied first.

    /// An answer of its core's, with what the crystal shows; nil: its process doesn't run.
    mutating func ask<Answer>(
        at truth: MeshInstant, _ question: (inout MeshClockCore, Int64) -> Answer
    ) -> Answer? {
        let monotonic = monotonic(at: truth)
        return core?.answer { question(&$0, monotonic) }
    }

    /// The mesh time that the node believes in at a true instant; while it is down, its system's time.
    mutating func mesh(at truth: MeshInstant) -> MeshInstant {
        ask(at: truth) { $0.mesh(at: $1) } ?? truth + systemError
    }

    /// The first true instant at which the node's mesh time is `mesh` or later, as things stand.
    mutating func truth(of mesh: MeshInstant) -> MeshInstant {
        guard let monotonic = core?.answer({ $0.monotonic(of: mesh) }) else { return mesh - systemError }
        return oscillator.truth(of: monotonic)
    }

    /// When its core wants a tick.
    var due: MeshInstant? {
        mutating get { (core?.answer { $0.nextDue } ?? nil).map { oscillator.truth(of: $0) } }
    }

    /// How far from the time of the reference that it names it is at most; nil: it doesn't know.
    mutating func bound(at truth: MeshInstant) -> Duration? { ask(at: truth) { $0.errorBound(at: $1) } ?? nil }

    /// What it is about the mesh's time; nil: its process doesn't run.
    var state: MeshClockState? {
        mutating get { core?.answer { $0.state } }
    }

    /// Which clock it has, whom it goes by, and what it adds for the time of day.
    var identity: MeshClockCore.Identity? {
        mutating get { core?.answer { $0.identity } ?? nil }
    }
    var reference: String? {
        mutating get { core?.answer { $0.reference } ?? nil }
    }
    var civilCorrection: Duration? {
        mutating get { core?.answer { $0.civilCorrection } ?? nil }
    }

    /// Whether it goes by the mesh's time.
    var isSettled: Bool {
        mutating get { state == .synchronised || state == .reference }
    }
}

extension MeshClockCore {
    /// The answer to a question that is put to it where it lies.
    fileprivate mutating func answer<Answer>(_ question: (inout MeshClockCore) -> Answer) -> Answer { question(&self) }
}
