/// The policy for going back to an earlier broker of the list: pure, and the same for the same seed.
///
/// The list is an order of preference, so that all who list the same brokers end up on the same one. Whoever is
/// connected to a later broker asks the earlier ones now and then, the first of them first. One that has answered
/// every time for as long as ``hold``, or ``lonelyHold`` where somebody is missing here, is gone back to. A broker that is lost again within ``stableAfter`` of going
/// back, or doesn't take the connection then, must answer twice as long the next time, up to ``longestHold``.
public struct FailBack: Sendable {
    /// An event that the policy takes.
    public enum Event: Sendable, Hashable {
        /// The broker of this index accepted.
        case connected(Int)
        /// The connection ended, other than by ``Action/move(to:)``.
        case lost
        /// The instant that ``Action/wait(until:)`` named has come.
        case due
        /// The broker that was asked took a connection.
        case answered
        /// The broker that was asked didn't.
        case silent
    }

    /// An action that the policy asks for.
    public enum Action: Sendable, Hashable {
        /// Ask the broker of this index whether it takes connections, then report `answered` or `silent`.
        case probe(Int)
        /// Leave the present broker for the one of this index.
        case move(to: Int)
        /// Do nothing until this monotonic instant in nanoseconds, then report ``Event/due``.
        case wait(until: Int64)
        /// No action.
        case none
    }

    private enum State: Sendable, Hashable {
        /// Not connected, or to the first.
        case resting
        case waiting(on: Int, until: Int64)
        case probing(Int, on: Int)
        case moving(to: Int)
    }

    /// The time for which a broker must have answered before it is gone back to: 10 s.
    public static let firstHold: Duration = .seconds(10)
    /// The longest of these times: 5 min.
    public static let longestHold: Duration = .seconds(300)
    /// The longest of these times while somebody is missing here: 20 s.
    public static let lonelyHold: Duration = .seconds(20)
    /// The longest pause between two rounds of questions: 3 s, less a random part of up to a half.
    public static let pause: Duration = .seconds(3)
    /// The time for which a connection must last after going back to count as a good choice: 60 s.
    public static let stableAfter: Duration = .seconds(60)

    /// True if somebody is missing at the present broker who may be at another: then a site in two halves is worse than
    /// a broker that may go again.
    public var isLonely = false

    /// How long an earlier broker must have answered, in nanoseconds.
    private(set) var hold = FailBack.firstHold.nanoseconds
    private var state = State.resting
    private var generator: SplitMix64
    /// Since when the broker of an index has answered each time.
    private var answering: [Int: Int64] = [:]
    private var wentBackAt: Int64?

    /// One whose randomness `seed` makes repeatable.
    public init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
    }

    /// Takes what happened at a monotonic instant in nanoseconds, and says what to do.
    public mutating func handle(_ event: Event, at now: Int64) -> Action {
        switch (state, event) {
        case (_, .connected(let index)):
            if case .moving(let target) = state {
                if index == target { wentBackAt = now } else { lengthenHold() }
            }
            answering = [:]
            guard index > 0 else {
                state = .resting
                return .none
            }
            return pause(on: index, from: now)
        case (.moving, .lost):
            return .none  // What comes next is told by `connected`.
        case (_, .lost):
            if let wentBackAt {
                if now - wentBackAt < Self.stableAfter.nanoseconds {
                    lengthenHold()
                } else {
                    hold = Self.firstHold.nanoseconds
                }
            }
            wentBackAt = nil
            answering = [:]
            state = .resting
            return .none
        case (.waiting(let index, let until), .due):
            return now >= until ? probe(0, on: index) : .wait(until: until)
        case (.probing(let asked, let index), .answered):
            // Later ones weren't asked, so nobody knows whether they have answered all the while.
            answering = answering.filter { $0.key <= asked }
            let since = answering[asked, default: now]
            answering[asked] = since
            let enough = isLonely ? min(hold, Self.lonelyHold.nanoseconds) : hold
            guard now - since >= enough else { return pause(on: index, from: now) }
            state = .moving(to: asked)
            return .move(to: asked)
        case (.probing(let asked, let index), .silent):
            answering[asked] = nil
            return asked + 1 < index ? probe(asked + 1, on: index) : pause(on: index, from: now)
        default:
            return .none
        }
    }

    private mutating func probe(_ asked: Int, on index: Int) -> Action {
        state = .probing(asked, on: index)
        return .probe(asked)
    }

    private mutating func pause(on index: Int, from now: Int64) -> Action {
        let wait = Double(Self.pause.nanoseconds) * Double.random(in: 0.5...1, using: &generator)
        let until = now + Int64(wait)
        state = .waiting(on: index, until: until)
        return .wait(until: until)
    }

    private mutating func lengthenHold() {
        hold = min(hold * 2, Self.longestHold.nanoseconds)
    }
}
