internal import Lighting

/// Messages that were refused: how many, and the last; a flood of them doesn't flood the log.
struct Refusals: Sendable {
    /// How many were logged at most within ``window``.
    static let loggedPerWindow = 10
    static let window = Duration.seconds(10)

    private(set) var count = 0
    private(set) var last: String?
    private var logged = Window()
    private var answered = Window()

    /// Counts a refusal.
    ///
    /// - Returns: the line to log, if it is to be logged.
    mutating func add(_ error: MessageError, topic: String, at now: MeshInstant) -> String? {
        count += 1
        let line = "refused \(Excerpt.of(topic, limit: 256)): \(error); what held before holds on"
        last = line
        return logged(line, at: now)
    }

    /// The line, if it is to be logged.
    mutating func logged(_ line: String, at now: MeshInstant) -> String? {
        switch logged.count(at: now) {
        case ...Refusals.loggedPerWindow: return line
        case Refusals.loggedPerWindow + 1:
            return "refused many messages; more of them are only counted, on the node's health"
        default: return nil
        }
    }

    /// Whether who sent it is answered: a flood is not met with another.
    mutating func mayAnswer(at now: MeshInstant) -> Bool { answered.count(at: now) <= Refusals.loggedPerWindow }

    private struct Window {
        var start = MeshInstant.distantPast
        var count = 0

        /// How many there have been in this one.
        mutating func count(at now: MeshInstant) -> Int {
            if now - start > Refusals.window { (start, count) = (now, 0) }
            count += 1
            return count
        }
    }
}
