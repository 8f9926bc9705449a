internal import Lighting
internal import Mesh
internal import Node

/// A node's clocks: its crystal, and its system's clock.
///
/// "True" instants are those of the world, which no node knows.
struct NodeClock: Sendable, Codable {
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
    /// What the crystal last showed: within an event it is asked again and again at one instant.
    private var shown: (truth: MeshInstant, monotonic: Int64)?

    private enum CodingKeys: CodingKey {
        case oscillator, usualError, step, isSynchronised, errorAtStart
    }

    init(_ oscillator: Oscillator, systemError: Duration, isSynchronised: Bool) {
        self.oscillator = oscillator
        usualError = systemError
        errorAtStart = nil
        self.isSynchronised = isSynchronised
    }

    /// What the crystal shows.
    mutating func monotonic(at truth: MeshInstant) -> Int64 {
        if let shown, shown.truth == truth { return shown.monotonic }
        let monotonic = oscillator.monotonic(at: truth)
        shown = (truth, monotonic)
        return monotonic
    }

    /// The system's clock less the monotonic one.
    mutating func systemOffset(at truth: MeshInstant) -> Int64 {
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
    mutating func system(at truth: MeshInstant) -> NodeMachine.Event {
        .system(offset: systemOffset(at: truth), synchronised: isSynchronised)
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

    /// The first true instant at which the crystal shows `monotonic` or more.
    func truth(of monotonic: Int64) -> MeshInstant { oscillator.truth(of: monotonic) }
}
