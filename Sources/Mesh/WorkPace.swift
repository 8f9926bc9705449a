/// The urgency with which a loop may work: in real time while it reacts, like any other program while it works off what
/// has piled up, so that neither the board nor the kernel's patience with it (`RLIMIT_RTTIME`) suffers.
public struct WorkPace: Sendable {
    /// The programs before which the loop's thread comes.
    public enum Priority: Sendable, Hashable {
        /// Before all ordinary programs.
        case realTime
        /// Before nobody.
        case ordinary
    }

    /// The longest that it may work in real time without a rest, nanoseconds.
    public static let longestBurst: Int64 = 50_000_000
    /// The shortest wait that counts as a rest, nanoseconds: it has surely slept, and didn't just look.
    public static let leastRest: Int64 = 50_000

    /// The priority that it has now.
    public private(set) var priority = Priority.realTime
    private var since: Int64

    /// A loop that begins at `now` of the monotonic clock.
    public init(at now: Int64) { since = now }

    /// Takes note that it waited for something to happen.
    public mutating func waited(from began: Int64, to ended: Int64) {
        if ended - began >= WorkPace.leastRest { since = ended }
    }

    /// The kernel's patience was at its end.
    public mutating func exceeded() { priority = .ordinary }

    /// Returns the priority to go on with, before the next wait.
    ///
    /// - Parameters:
    ///   - isBehind: whether more has piled up than could be worked off in a slice.
    ///   - hasMore: whether something has happened already; asked only where it matters.
    public mutating func next(isBehind: Bool, hasMore: () -> Bool, at now: Int64) -> Priority {
        switch priority {
        case .realTime:
            if isBehind || now - since >= WorkPace.longestBurst { priority = .ordinary }
        case .ordinary where !isBehind && !hasMore():
            priority = .realTime
            since = now
        case .ordinary: break
        }
        return priority
    }
}
