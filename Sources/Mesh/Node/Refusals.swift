internal import Lighting

/// Messages that were refused: how many, and which of them is the matter still; a flood of them doesn't flood the log.
struct Refusals: Sendable {
    private struct Open {
        var line: String
        var at: MeshInstant
    }

    /// How many topics are remembered whose last message was refused.
    private static let openLimit = 64
    /// For how long a refusal is told of where nothing else comes on its topic: what was said for an instant is over.
    static let memory = Duration.seconds(600)

    /// How many were logged at most within ``window``.
    static let loggedPerWindow = 10
    static let window = Duration.seconds(10)

    private(set) var count = 0
    /// Whose last message was refused, by topic.
    private var open: [String: Open] = [:]
    private var logged = Window()
    private var answered = Window()

    /// Counts a refusal.
    ///
    /// - Returns: the line to log, if it is to be logged.
    mutating func add(_ error: MessageError, topic: String, at now: MeshInstant) -> String? {
        count += 1
        let line = "refused \(Excerpt.of(topic, limit: 256)): \(error); what held before holds on"
        if open[topic] == nil, open.count == Refusals.openLimit,
            let oldest = open.min(by: { ($0.value.at, $1.key) < ($1.value.at, $0.key) })
        {
            open[oldest.key] = nil
        }
        open[topic] = Open(line: line, at: now)
        return logged(line, at: now)
    }

    /// Another message came on a topic, and was taken, or the topic was cleared.
    mutating func taken(_ topic: String) { if !open.isEmpty { open[topic] = nil } }

    /// The last of the refusals that are the matter still; nil: none is. `keeps`: whether a broker keeps what comes on a topic,
    /// so that what was refused stands there until something else does.
    func last(at now: MeshInstant, keeps: (String) -> Bool) -> String? {
        open.filter { now - $0.value.at < Refusals.memory || keeps($0.key) }
            .max { ($0.value.at, $1.key) < ($1.value.at, $0.key) }?.value.line
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
