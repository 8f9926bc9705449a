/// Brings a presence radar LD2410 to its settings: reads what it has, writes what differs, and reads again. Pure.
///
/// While it is set up the module doesn't report. A command that isn't answered is repeated; if it still isn't, the module is
/// let go, so that it reports, and the whole begins anew after a pause, forever. Values are written in three rounds at most,
/// because each wears the module's flash.
///
/// - Source: Hi-Link, "HLK-LD2410B serial communication protocol" V1.06 (2023), 2.4.1: the order of commands, each of which
///   awaits its answer.
package struct LD2410Setup: Sendable {
    /// The time for which an answer is awaited, in nanoseconds.
    static let patience: Int64 = 500_000_000
    /// The number of times that a command is said.
    static let attempts = 3
    /// The time for which a module that doesn't answer is left alone, in nanoseconds: it may be starting, which takes one or
    /// two seconds.
    static let pause: Int64 = 5_000_000_000
    /// The number of times that values are written which the module doesn't keep.
    static let rounds = 3

    private let settings: LD2410Settings
    /// The command that is to be said, or was and awaits its answer; nil: none.
    private var command: LD2410Command?
    /// The commands that follow it.
    private var following: [LD2410Command] = []
    private var said = 0
    private var wasRefused = false
    /// True if the module is to be let go before the whole begins anew.
    private var isLeaving = false
    private var roundsLeft = LD2410Setup.rounds
    /// The trouble found in this conversation, which is told at its end.
    private var found: String?

    /// The instant at which ``tick(at:)`` must be called next, nanoseconds of the monotonic clock; nil: none.
    package private(set) var nextDue: Int64?
    /// True once the module has what was asked, and reports.
    package private(set) var isDone: Bool
    /// The reason why the module isn't yet, or won't be, as asked, and what to do; nil: none.
    package private(set) var trouble: String?

    /// The setup of a module that is to have `settings`, from `now` on.
    package init(_ settings: LD2410Settings, at now: Int64) {
        self.settings = settings
        isDone = settings.isEmpty
        command = isDone ? nil : .enable
        nextDue = isDone ? nil : now
    }

    /// Does what is due at `now`.
    ///
    /// - Returns: bytes to send; nil: none.
    package mutating func tick(at now: Int64) -> [UInt8]? {
        guard let due = nextDue, due <= now, let command else { return nil }
        if isLeaving {
            // Nobody listens for the answer: none came to the command before.
            begin(.enable, at: now + LD2410Setup.pause)
            isLeaving = false
            return LD2410Command.end.bytes
        }
        guard said < LD2410Setup.attempts else {
            trouble = wasRefused ? LD2410Setup.refusal : found ?? LD2410Setup.silence
            isLeaving = true
            return tick(at: now)
        }
        said += 1
        nextDue = now + LD2410Setup.patience
        return command.bytes
    }

    /// Takes a message of the module; what isn't the answer that is awaited is passed over.
    package mutating func handle(_ message: LD2410Message, at now: Int64) {
        guard case .acknowledgement(let word, let isDone, let value) = message, let command, said > 0,
            word == command.word
        else { return }
        guard isDone else {
            wasRefused = true
            guard command.writes else { return }
            found = LD2410Setup.refusal
            return end(at: now)
        }
        switch command {
        case .enable: begin(.read, at: now)
        case .read: took(value, at: now)
        case .setRange, .setGate: begin(following.isEmpty ? .read : following.removeFirst(), at: now)
        case .end: ended(at: now)
        }
    }

    /// Compares the parameters with what was asked.
    private mutating func took(_ value: [UInt8], at now: Int64) {
        guard let parameters = LD2410Parameters(answer: value) else {
            found = LD2410Setup.strangeness
            return
        }
        let last = LD2410Settings.movingGates.upperBound
        guard parameters.moving.count > last else {
            found = LD2410Setup.strangeness
            roundsLeft = 0
            return end(at: now)
        }
        following = settings.commands(from: parameters)
        found = nil
        guard !following.isEmpty else { return begin(.end, at: now) }
        guard roundsLeft > 0 else {
            found = LD2410Setup.forgetfulness(of: following)
            return end(at: now)
        }
        roundsLeft -= 1
        begin(following.removeFirst(), at: now)
    }

    private mutating func end(at now: Int64) {
        following = []
        begin(.end, at: now)
    }

    private mutating func ended(at now: Int64) {
        trouble = found
        isDone = found == nil
        // After a refusal it's tried again; what isn't kept in all rounds isn't.
        if isDone || roundsLeft == 0 {
            command = nil
            nextDue = nil
        } else {
            begin(.enable, at: now + LD2410Setup.pause)
        }
    }

    private mutating func begin(_ next: LD2410Command, at instant: Int64) {
        command = next
        said = 0
        // A new conversation has its own troubles.
        if next == .enable { found = nil }
        wasRefused = false
        nextDue = instant
    }

    static let silence =
        "the radar doesn't answer on its serial line; see that it has 5 V, that its RX is wired to the port's TX, and that "
        + "its speed is the one named (256000 baud unless it was changed; 57600 for some LD2410 without B or C)"
    static let refusal =
        "the radar refuses a command; take it off its supply for some seconds, and see that nobody sets it by Bluetooth"
    static let strangeness =
        "the radar's parameters aren't those of an LD2410, LD2410B or LD2410C; name the sensor that it is, or connect its "
        + "OUT pin as a GPIO sensor"

    private static func forgetfulness(of commands: [LD2410Command]) -> String {
        let what = commands.map { command in
            switch command {
            case .setRange: "its farthest gates or its timeout"
            case .setGate(let gate, _, _): "the sensitivity of gate \(gate)"
            case .enable, .read, .end: ""
            }
        }
        return
            "the radar doesn't keep \(what.joined(separator: ", ")); leave that out of the file, or replace the radar"
    }
}
