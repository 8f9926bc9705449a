/// The policy for connecting: when, and to which of several addresses; pure, and the same for the same seed.
///
/// The addresses are tried in turn without a pause; after a whole round it waits, each time `growth` times longer
/// up to `longest`, less a random part of up to a half, so that a hundred nodes don't come back at one instant.
/// A connection that lasted for `stableAfter` starts the next loss with the shortest wait again.
public struct ReconnectPolicy: Sendable {
    /// An event that the policy takes.
    public enum Event: Sendable, Hashable {
        /// Begin.
        case start
        /// The instant that ``Action/wait(until:)`` named has come.
        case due
        /// The attempt came to nothing.
        case failed
        /// The attempt succeeded.
        case connected
        /// The connection ended.
        case lost
        /// The connection was given up for the address of this index.
        case moving(to: Int)
    }

    /// An action that the policy asks for.
    public enum Action: Sendable, Hashable {
        /// Connect to the address of this index.
        case connect(Int)
        /// Do nothing until this monotonic instant in nanoseconds, then report ``Event/due``.
        case wait(until: Int64)
        /// No action.
        case none
    }

    private enum State: Sendable, Hashable {
        case idle
        case trying(Int, triesInRound: Int)
        case waiting(until: Int64, next: Int)
        case connected(Int, since: Int64)
    }

    /// The longest first wait after a loss: 200 ms.
    public static let firstWait: Duration = .milliseconds(200)
    /// The longest wait of all: 10 s.
    public static let longestWait: Duration = .seconds(10)
    /// The time for which a connection must last to count as stable: 5 s.
    public static let stableAfter: Duration = .seconds(5)
    /// Each round waits this many times longer, so that a wait is never longer than about a third of the outage
    /// so far: a broker that was gone for 10 s is joined within 3 s.
    static let growth = 1.3

    private let addressCount: Int
    private var generator: SplitMix64
    private var state = State.idle
    private var waits = 0

    /// A policy for a number of addresses (at least one); `seed` makes its randomness repeatable.
    public init(addressCount: Int, seed: UInt64) {
        precondition(addressCount > 0)
        self.addressCount = addressCount
        generator = SplitMix64(seed: seed)
    }

    /// Takes what happened at a monotonic instant in nanoseconds, and says what to do.
    public mutating func handle(_ event: Event, at now: Int64) -> Action {
        switch (state, event) {
        case (.idle, .start):
            return attempt(0, triesInRound: 1)
        case (.waiting(let until, let next), .due):
            return now >= until ? attempt(next, triesInRound: 1) : .wait(until: until)
        case (.trying(let index, let tries), .failed):
            let next = (index + 1) % addressCount
            return tries < addressCount ? attempt(next, triesInRound: tries + 1) : pause(before: next, from: now)
        case (.trying(let index, _), .connected):
            state = .connected(index, since: now)
            return .none
        case (.connected(let index, let since), .lost):
            if now - since >= Self.stableAfter.nanoseconds { waits = 0 }
            return pause(before: index, from: now)
        case (.connected, .moving(let index)):
            waits = 0
            return attempt(index, triesInRound: 1)
        default:
            return .none
        }
    }

    private mutating func attempt(_ index: Int, triesInRound: Int) -> Action {
        state = .trying(index, triesInRound: triesInRound)
        return .connect(index)
    }

    private mutating func pause(before next: Int, from now: Int64) -> Action {
        var wait = Double(Self.firstWait.nanoseconds)
        let longest = Double(Self.longestWait.nanoseconds)
        for _ in 0..<waits where wait < longest { wait *= Self.growth }
        if wait < longest { waits += 1 }
        wait = min(wait, longest) * Double.random(in: 0.5...1, using: &generator)
        let until = now + Int64(wait)
        state = .waiting(until: until, next: next)
        return .wait(until: until)
    }
}
