public import Lighting

/// A summary of a motion log.
public struct LogSummary: Sendable, Hashable {
    /// The number of faults of a kind that are kept for showing.
    public static let shownFaults = 5

    /// All lines.
    public var lines = 0
    /// Lines with nothing on them.
    public var blank = 0
    /// Lines that say nothing of a sensor: headings, remarks, a program's other messages.
    public var remarks = 0
    /// Of ``events``, those that say that nobody knows: they count as no motion.
    public var unknown = 0
    /// Lines of motion sensors that were chosen, those that came too late included.
    public var events = 0
    /// Lines of motion sensors that were not chosen.
    public var notChosen = 0
    /// Lines of other sensors, by kind: the letters that their names begin with.
    public var skipped: [String: Int] = [:]
    /// Lines that can't be read.
    public var malformed = 0
    /// The first of them.
    public var faults: [LineFault] = []
    /// Events that were earlier than one before them, and were put in their place.
    public var reordered = 0
    /// Events that were so much earlier that they were left out.
    public var late = 0
    /// The first of those.
    public var lateFaults: [LineFault] = []
    /// The earliest line.
    public var first: MeshInstant?
    /// The latest line.
    public var last: MeshInstant?
    /// The longest time without any line.
    public var longestSilence = Duration.zero
    /// The beginning of that time.
    public var silentSince: MeshInstant?

    /// A share of late events above which a log is not in order at all, and no result would be worth anything.
    public static let tolerableLateShare = 0.01

    /// The reason why the log can't be replayed; nil if it can.
    public var refusal: String? {
        guard late > 0, Double(late) > Double(events) * LogSummary.tolerableLateShare else { return nil }
        let example = lateFaults.first.map { "\nfor instance \($0)" } ?? ""
        return
            "\(Figures.grouped(late)) of \(Figures.grouped(events)) events are not in the order of time\(example)\n"
            + "Sort the log, or give several files in the order of their dates."
    }

    mutating func add(_ fault: LineFault) {
        malformed += 1
        if faults.count < LogSummary.shownFaults { faults.append(fault) }
    }

    /// Takes note of a time that isn't in order.
    mutating func widen(to time: MeshInstant) {
        first = min(first ?? time, time)
        last = max(last ?? time, time)
    }

    mutating func see(_ time: MeshInstant) {
        guard let last, let first else {
            (first, last) = (time, time)
            return
        }
        if time > last {
            if time - last > longestSilence { (longestSilence, silentSince) = (time - last, last) }
            self.last = time
        } else if time < first {
            self.first = time
        }
    }
}
