import Lighting

/// Reads motion logs of lived-in homes, in pieces as they come: `2010-11-04 00:03:50.209589 M003 ON`, one event a line.
///
/// Lines of other sensors are counted by kind and skipped, and so are lines that can't be read. Memory doesn't grow
/// with the log.
/// - Source: the form of the CASAS smart home data sets, Washington State University.
public struct MotionLogParser: Sendable {
    /// The longest line that is read, in bytes.
    public static let longestLine = 4096
    /// The longest name of a sensor, in bytes.
    public static let longestName = 64
    /// How much earlier than lines before it a line may be and still be put in its place.
    public static let tolerance = Duration.seconds(10)
    /// How many other sensors that say ON and OFF are kept, to suggest them.
    private static let suggestionLimit = 10

    /// What the log held so far; complete after ``finish(into:)``.
    public var summary: LogSummary {
        var summary = counted
        for (kind, count) in zip(table.kinds, skipped) where count > 0 { summary.skipped[kind] = count }
        return summary
    }
    /// How many lines there have been so far.
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

    /// A parser that hands on the events of the chosen sensors.
    public init(choice: SensorChoice = .allMotion) { table = SensorTable(choice: choice) }

    /// Begins a file; the one before has ended.
    /// - Parameter file: what messages call it.
    public mutating func begin(file: String) {
        self.file = file
        line = 0
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
    public mutating func finish(into events: inout [MotionEvent]) { order.flush(into: &events) }

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
        var place = 0
        let date = MotionLogParser.field(text, &place)
        guard !date.isEmpty else {
            counted.blank += 1
            return
        }
        guard let days = LogTime.days(text, date) else {
            fail(.date, text)
            return
        }
        guard let nanoseconds = LogTime.nanoseconds(text, MotionLogParser.field(text, &place)) else {
            fail(.time, text)
            return
        }
        let name = MotionLogParser.field(text, &place)
        guard !name.isEmpty else {
            fail(.noSensor, text)
            return
        }
        let value = MotionLogParser.field(text, &place)
        let time = MeshInstant(nanoseconds: days * LogTime.day + nanoseconds)
        if let reason = take(text, name, value, at: time, into: &events) { fail(reason, text) }
    }

    /// Takes a line apart no further: whose it is and what it says decide.
    /// - Returns: why it can't be read; nil where it can.
    private mutating func take(
        _ text: Span<UInt8>, _ name: Range<Int>, _ value: Range<Int>, at time: MeshInstant,
        into events: inout [MotionEvent]
    ) -> LineFault.Reason? {
        guard name.count <= MotionLogParser.longestName else { return .name }
        for index in name where !(0x21...0x7e).contains(text[index]) { return .name }
        guard !value.isEmpty else { return .noValue }
        guard let (entry, use) = table.use(of: text, name) else { return .tooManySensors }
        let motion = MotionLogParser.motion(text, value)
        switch use {
        case .motion(let sensor):
            guard let motion else { return .value }
            counted.events += 1
            switch order.put(MotionEvent(time: time, sensor: sensor, motion: motion), into: &events) {
            case .inOrder: break
            case .moved: counted.reordered += 1
            case .tooLate:
                counted.late += 1
                if counted.lateFaults.count < LogSummary.shownFaults {
                    counted.lateFaults.append(LineFault(file: file, line: line, reason: .late, bytes: text))
                }
                return nil
            }
        case .notChosen: counted.notChosen += 1
        case .other(let kind):
            while skipped.count <= kind { skipped.append(0) }
            skipped[kind] += 1
            if motion != nil, suggestions.count < MotionLogParser.suggestionLimit {
                let name = table.name(of: entry)
                if !suggestions.contains(name) { suggestions.append(name) }
            }
        }
        counted.see(time)
        return nil
    }

    private mutating func fail(_ reason: LineFault.Reason, _ text: Span<UInt8>) {
        counted.add(LineFault(file: file, line: line, reason: reason, bytes: text))
    }

    /// The next field from `place` on; empty at the line's end.
    private static func field(_ text: Span<UInt8>, _ place: inout Int) -> Range<Int> {
        while place < text.count, isBlank(text[place]) { place += 1 }
        let start = place
        while place < text.count, !isBlank(text[place]) { place += 1 }
        return start..<place
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }

    /// What ON and OFF mean, in capitals or not; nil for anything else.
    private static func motion(_ text: Span<UInt8>, _ value: Range<Int>) -> Bool? {
        let start = value.lowerBound
        guard value.count == 2 || value.count == 3, text[start] | 0x20 == 0x6f else { return nil }
        if value.count == 2 { return text[start + 1] | 0x20 == 0x6e ? true : nil }
        return text[start + 1] | 0x20 == 0x66 && text[start + 2] | 0x20 == 0x66 ? false : nil
    }
}
