/// The times at which something is written to disk: soon after it has changed, not more often than once a second, and
/// after a failure again and again, at growing distances, until it is saved.
public struct SavingPolicy: Sendable {
    private enum State: Sendable {
        case saved
        case due(at: Int64)
        /// It is being written; `hasChanged`: and has changed meanwhile.
        case writing(hasChanged: Bool)
    }

    /// How long what changes together is gathered, nanoseconds.
    private static let delay: Int64 = 100_000_000
    private static let pace: Int64 = 1_000_000_000
    private static let firstPause: Int64 = 1_000_000_000
    private static let longestPause: Int64 = 60_000_000_000

    private var state = State.saved
    private var notBefore = Int64.min
    private var pause = SavingPolicy.firstPause
    /// The reason why the last attempt failed; nil: it didn't.
    public private(set) var failure: String?
    /// The instant from which something hasn't been saved, in nanoseconds of the monotonic clock; nil: all is saved.
    public private(set) var unsavedSince: Int64?

    /// A policy for something that hasn't changed yet.
    public init() {}

    /// The next instant at which to begin to write, in nanoseconds of the monotonic clock; `.max`: nothing is to be
    /// written, or it is being written.
    public var due: Int64 { if case .due(let at) = state { at } else { .max } }

    /// Something has changed.
    public mutating func changed(at now: Int64) {
        if unsavedSince == nil { unsavedSince = now }
        switch state {
        case .saved: state = .due(at: max(now + SavingPolicy.delay, notBefore))
        case .writing: state = .writing(hasChanged: true)
        case .due: break
        }
    }

    /// Returns whether it is to be written now; ``ended(_:at:)`` then takes the outcome.
    public mutating func begin(at now: Int64) -> Bool {
        guard due <= now else { return false }
        state = .writing(hasChanged: false)
        return true
    }

    /// Takes the outcome of an attempt to write: nil, or the reason why it failed.
    ///
    /// - Returns: whether that is news: it failed for the first time, or works again.
    public mutating func ended(_ failure: String?, at now: Int64) -> Bool {
        guard case .writing(let hasChanged) = state else { return false }
        let isNews = (failure == nil) != (self.failure == nil)
        self.failure = failure
        if failure != nil {
            state = .due(at: now + pause)
            pause = min(pause * 2, SavingPolicy.longestPause)
        } else {
            pause = SavingPolicy.firstPause
            notBefore = now + SavingPolicy.pace
            unsavedSince = hasChanged ? now : nil
            state = hasChanged ? .due(at: notBefore) : .saved
        }
        return isNews
    }
}
