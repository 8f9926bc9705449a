public import Lighting

/// Reads motion logs, one event a line, in pieces as they come, in any of the forms of ``LogLine``: each line tells which.
///
/// Lines of other sensors are counted by kind and skipped, and so are lines that can't be read. Memory doesn't grow with
/// a log of the form `2010-11-04 00:03:50.209589 M003 ON`; of others the events are kept, to be sorted.
public struct MotionLogParser: Sendable {
    /// The longest line that is read, in bytes.
    public static let longestLine = 4096
    /// The longest name of a sensor, in bytes.
    public static let longestName = 128
    /// The largest distance by which a line may be earlier than lines before it and still be put in its place.
    public static let tolerance = Duration.seconds(10)
    /// How many other sensors that say ON and OFF are kept, to suggest them.
    private static let suggestionLimit = 10

    /// The summary so far; complete after ``finish(into:)``.
    public var summary: LogSummary {
        var summary = counted
        for (kind, count) in zip(table.kinds, skipped) where count > 0 { summary.skipped[kind] = count }
        return summary
    }
    /// The number of lines so far.
    public var lineCount: Int { counted.lines }
    /// The chosen sensors in the order in which the log named them first; an event's `sensor` is a place in it.
    public var sensors: [String] { table.chosen }
    /// Sensors that weren't chosen and say ON and OFF all the same: the first few.
    public private(set) var suggestions: [String] = []

    private var counted = LogSummary()
    private var skipped: [Int] = []
    private var table: SensorTable
    private var order = EventOrder(tolerance: MotionLogParser.tolerance)
    private var file = ""
    private var line = 0
    private var carry: [UInt8] = []
    private var isSkippingLine = false
    private var columns: LogColumns?
    private let clock: CivilClock
    /// Events of forms that may come in any order (a table has one sensor after the other): sorted at the end.
    private var unsorted: [MotionEvent] = []

    /// A parser that hands on the events of the chosen sensors.
    ///
    /// - Parameter clock: what clocks on the wall show, for times that the log has in UTC.
    public init(choice: SensorChoice = .allMotion, clock: CivilClock = .utc) {
        table = SensorTable(choice: choice)
        self.clock = clock
    }

    /// Begins a file; the one before has ended.
    /// - Parameter file: what messages call it.
    public mutating func begin(file: String) {
        self.file = file
        line = 0
        columns = nil
    }

    /// Reads the next piece of the file. Events are appended in the order of time.
    public mutating func parse(_ piece: Span<UInt8>, into events: inout [MotionEvent]) {
        var start = 0
        for index in piece.indices where piece[index] == 0x0a {
            endLine(piece.extracting(start..<index), into: &events)
            start = index + 1
        }
        keep(piece.extracting(start..<piece.count))
    }

    /// Ends the file, whose last line may have no end.
    public mutating func endFile(into events: inout [MotionEvent]) {
        guard !carry.isEmpty else { return }
        let nothing: [UInt8] = []
        endLine(nothing.span, into: &events)
    }

    /// Hands on the last events, after the last file.
    public mutating func finish(into events: inout [MotionEvent]) {
        // Sorted by time, those of one instant as they came.
        let sorted = unsorted.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
        unsorted = []
        let nothing: [UInt8] = []
        // What fell silent is only seen in the order of time.
        let (first, last) = (counted.first, counted.last)
        if let start = sorted.first { (counted.first, counted.last) = (start.element.time, start.element.time) }
        for (_, event) in sorted {
            counted.see(event.time)
            _ = put(event, nothing.span, into: &events)
        }
        if let first, let last {
            counted.widen(to: first)
            counted.widen(to: last)
        }
        order.flush(into: &events)
    }

    /// Keeps the beginning of a line whose end is in the next piece.
    private mutating func keep(_ rest: Span<UInt8>) {
        guard !isSkippingLine else { return }
        let room = MotionLogParser.longestLine + 1 - carry.count
        for index in rest.indices.prefix(room) { carry.append(rest[index]) }
        if carry.count > MotionLogParser.longestLine { isSkippingLine = true }
    }

    private mutating func endLine(_ rest: Span<UInt8>, into events: inout [MotionEvent]) {
        line += 1
        counted.lines += 1
        guard !carry.isEmpty else {
            read(rest, into: &events)
            return
        }
        keep(rest)
        var bytes: [UInt8] = []
        swap(&bytes, &carry)
        isSkippingLine = false
        read(bytes.span, into: &events)
        bytes.removeAll(keepingCapacity: true)
        swap(&bytes, &carry)
    }

    private mutating func read(_ whole: Span<UInt8>, into events: inout [MotionEvent]) {
        var text = whole
        if line == 1, text.count >= 3, text[0] == 0xef, text[1] == 0xbb, text[2] == 0xbf {
            text = text.extracting(3..<text.count)
        }
        guard text.count <= MotionLogParser.longestLine else {
            fail(.tooLong, text)
            return
        }
        guard text.indices.contains(where: { !LogLine.isBlank(text[$0]) }) else {
            counted.blank += 1
            return
        }
        switch LogLine(text, columns: &columns) {
        case .nothing: counted.remarks += 1
        case .fault(let reason): fail(reason, text)
        case .event(let instant, let name, let value, let isStream):
            let word = LogWord(text, value)
            // A message of something else, or one that says nothing of motion.
            if word == nil, LogWord.isMessage(text, value) {
                counted.remarks += 1
                return
            }
            let time = instant.time(on: clock)
            if let reason = take(text, name, value, word, at: time, isStream, into: &events) { fail(reason, text) }
        }
    }

    /// Takes a line apart no further: whose it is and what it says decide.
    /// - Returns: why it can't be read; nil where it can.
    private mutating func take(
        _ text: Span<UInt8>, _ name: Range<Int>, _ value: Range<Int>, _ word: LogWord?, at time: MeshInstant,
        _ isStream: Bool, into events: inout [MotionEvent]
    ) -> LineFault.Reason? {
        guard name.count <= MotionLogParser.longestName else { return .name }
        for index in name where !(0x21...0x7e).contains(text[index]) { return .name }
        if isStream, value.isEmpty { return .noValue }
        var isField = false
        if case .motion(_, .field) = word { isField = true }
        guard let (entry, use) = table.use(of: text, name, isMotion: isField) else { return .tooManySensors }
        switch use {
        case .motion(let sensor):
            guard let word else { return .value }
            counted.events += 1
            var motion = false
            // Whoever isn't known to see motion doesn't keep a light on.
            if case .motion(let seen, _) = word { motion = seen } else { counted.unknown += 1 }
            let event = MotionEvent(time: time, sensor: sensor, motion: motion)
            guard isStream, unsorted.isEmpty else {
                unsorted.append(event)
                break
            }
            guard put(event, text, into: &events) else { return nil }
        case .notChosen: counted.notChosen += 1
        case .other(let kind):
            while skipped.count <= kind { skipped.append(0) }
            skipped[kind] += 1
            if case .motion(_, .word) = word, suggestions.count < MotionLogParser.suggestionLimit {
                let name = table.name(of: entry)
                if !suggestions.contains(name) { suggestions.append(name) }
            }
        }
        if isStream { counted.see(time) } else { counted.widen(to: time) }
        return nil
    }

    /// Puts an event in its place, or counts it as too late.
    private mutating func put(_ event: MotionEvent, _ text: Span<UInt8>, into events: inout [MotionEvent]) -> Bool {
        switch order.put(event, into: &events) {
        case .inOrder: return true
        case .moved:
            counted.reordered += 1
            return true
        case .tooLate:
            counted.late += 1
            if counted.lateFaults.count < LogSummary.shownFaults {
                counted.lateFaults.append(LineFault(file: file, line: line, reason: .late, bytes: text))
            }
            return false
        }
    }

    private mutating func fail(_ reason: LineFault.Reason, _ text: Span<UInt8>) {
        counted.add(LineFault(file: file, line: line, reason: reason, bytes: text))
    }
}
