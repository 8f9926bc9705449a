import Lighting

/// One line of a log taken apart: when, whose and what, whichever of the forms that people have it is in.
///
/// - Source: the forms as these write them: CASAS data sets (Washington State University), also with commas; Home
///   Assistant 2026.1, History, "Download data"; zigbee2mqtt 2.1 (`[2026-01-31 18:39:46] info: z2m:mqtt: MQTT publish:
///   topic '…', payload '…'`) and 1.35 (`info  2024-05-28 10:42:38: MQTT publish: …`); mosquitto_sub 2.0 with
///   `-F '%I %t %p'` or `-F '%U %t %p'`; InfluxDB 2 annotated CSV, and InfluxDB 1's `-format csv`; Node-RED's csv node.
enum LogLine: Sendable, Hashable {
    /// Somebody's word. Lines of a CASAS text (`isStream`) come in the order of time.
    case event(time: LogInstant, name: Range<Int>, value: Range<Int>, isStream: Bool)
    /// No word of a sensor: a heading, a remark, a program's other messages.
    case nothing
    /// It can't be read.
    case fault(LineFault.Reason)

    /// Takes a line apart.
    /// - Parameter columns: those of the table that the file is; changed by a heading.
    init(_ text: Span<UInt8>, columns: inout LogColumns?) {
        let end = LogLine.trimmed(text)
        if let publish = LogLine.find("MQTT publish: topic '", in: text, 0..<end) {
            self = LogLine.zigbee2mqtt(text, publish, end)
        } else if columns == nil || LogLine.find(",result,table,", in: text, 0..<min(end, 32)) != nil,
            let heading = LogColumns(text, 0..<end)
        {
            columns = heading
            self = .nothing
        } else if end > 0, text[0] == 0x23 || text[0] == 0x5b {
            // InfluxDB's annotations; what zigbee2mqtt logs besides.
            self = .nothing
        } else if let columns {
            self = columns.read(text, 0..<end)
        } else if end > 10, text[10] == 0x2c, LogTime.days(text, 0..<10) != nil {
            self = LogColumns.casas.read(text, 0..<end)
        } else {
            self = LogLine.words(text, end)
        }
    }

    /// `2010-11-04 00:03:50.209589 M003 ON`, `2026-11-27T20:00:01+0100 topic payload`, `1764273601.5 topic payload`.
    private static func words(_ text: Span<UInt8>, _ end: Int) -> LogLine {
        var place = 0
        let first = word(text, &place, end)
        var instant = LogInstant(text, first)
        let isStream = instant == nil
        if isStream {
            guard let days = LogTime.days(text, first) else {
                return text[0] == 0x69 && find("info  ", in: text, 0..<min(6, end)) != nil ? .nothing : .fault(.date)
            }
            guard let rest = LogTime.nanoseconds(text, word(text, &place, end)) else { return .fault(.time) }
            instant = LogInstant(nanoseconds: days * LogTime.day + rest, isZoned: false)
        }
        guard let instant else { return .fault(.date) }
        let name = word(text, &place, end)
        guard !name.isEmpty else { return .fault(.noSensor) }
        let isPayload = name.contains { text[$0] == 0x2f }
        var value = word(text, &place, end)
        if isPayload, !value.isEmpty { value = value.lowerBound..<end }
        return .event(time: instant, name: name, value: value, isStream: isStream && !isPayload)
    }

    private static func zigbee2mqtt(_ text: Span<UInt8>, _ publish: Range<Int>, _ end: Int) -> LogLine {
        // The date stands somewhere before it: what logs it may have put a word of its own in front.
        var time: LogInstant?
        for start in 0..<publish.lowerBound where time == nil && start + 19 <= publish.lowerBound {
            time = LogInstant(text, start..<start + 19)
        }
        guard let time else { return .fault(.date) }
        guard let quote = find("', payload '", in: text, publish.upperBound..<end) else { return .fault(.noValue) }
        let last = end > quote.upperBound && text[end - 1] == 0x27 ? end - 1 : end
        return .event(
            time: time, name: publish.upperBound..<quote.lowerBound, value: quote.upperBound..<last, isStream: false)
    }

    /// The next word from `place` on; empty at the line's end.
    private static func word(_ text: Span<UInt8>, _ place: inout Int, _ end: Int) -> Range<Int> {
        while place < end, isBlank(text[place]) { place += 1 }
        let start = place
        while place < end, !isBlank(text[place]) { place += 1 }
        return start..<place
    }

    /// Where the line ends, blanks apart.
    private static func trimmed(_ text: Span<UInt8>) -> Int {
        var end = text.count
        while end > 0, isBlank(text[end - 1]) { end -= 1 }
        return end
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }

    /// Where `words` are first within a range, in capitals or not as they are written; nil where they aren't.
    static func find(_ words: StaticString, in text: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        let count = words.utf8CodeUnitCount
        guard range.count >= count else { return nil }
        return words.withUTF8Buffer { wanted in
            for start in range.lowerBound...(range.upperBound - count) {
                var length = 0
                while length < count, text[start + length] == wanted[length] { length += 1 }
                if length == count { return start..<start + count }
            }
            return nil
        }
    }
}
