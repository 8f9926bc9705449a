/// Which columns of a table with commas tell when, whose and what.
struct LogColumns: Sendable, Hashable {
    /// The most columns that are looked at.
    private static let limit = 64

    var time: Int
    /// The time of day, where it stands in a column of its own.
    var clock: Int?
    var name: Int
    var value: Int

    /// CASAS: `2010-11-04,00:03:50.209589,M003,ON`.
    static let casas = LogColumns(time: 0, clock: 1, name: 2, value: 3)

    private init(time: Int, clock: Int?, name: Int, value: Int) {
        (self.time, self.clock, self.name, self.value) = (time, clock, name, value)
    }

    /// What headings call them, the better name first: Home Assistant, InfluxDB 2 and 1, Node-RED.
    private static let times = [
        "last_changed", "_time", "last_updated", "time", "timestamp", "datetime", "date", "_msgid_time",
    ]
    private static let names = ["entity_id", "topic", "friendly_name", "sensor", "device", "name", "_measurement"]
    private static let values = ["state", "_value", "value", "payload", "occupancy", "presence", "motion", "mean"]

    /// The columns that a heading names; nil for a line that is none.
    init?(_ text: Span<UInt8>, _ range: Range<Int>) {
        guard range.contains(where: { text[$0] == 0x2c }) else { return nil }
        let heads = LogColumns.fields(text, range).map { field in
            String(decoding: field.map { text[$0] }, as: UTF8.self).lowercased()
        }
        func column(_ known: [String]) -> Int? { known.lazy.compactMap { heads.firstIndex(of: $0) }.first }
        guard let time = column(LogColumns.times), let name = column(LogColumns.names),
            let value = column(LogColumns.values), Set([time, name, value]).count == 3
        else { return nil }
        self.init(time: time, clock: nil, name: name, value: value)
    }

    /// Takes a row apart.
    func read(_ text: Span<UInt8>, _ range: Range<Int>) -> LogLine {
        let fields = LogColumns.fields(text, range)
        guard fields.count > time else { return .fault(.date) }
        let instant: LogInstant?
        if let clock {
            guard let days = LogTime.days(text, fields[time]) else { return .fault(.date) }
            guard fields.count > clock, let rest = LogTime.nanoseconds(text, fields[clock]) else {
                return .fault(.time)
            }
            instant = LogInstant(nanoseconds: days * LogTime.day + rest, isZoned: false)
        } else {
            instant = LogInstant(text, fields[time])
        }
        guard let instant else { return .fault(.date) }
        guard fields.count > name, !fields[name].isEmpty else { return .fault(.noSensor) }
        guard fields.count > value else { return .fault(.noValue) }
        return .event(time: instant, name: fields[name], value: fields[value], isStream: false)
    }

    /// The fields between commas, without the quotes around them.
    ///
    /// - Source: RFC 4180; a doubled quote within stays doubled.
    private static func fields(_ text: Span<UInt8>, _ range: Range<Int>) -> [Range<Int>] {
        var fields: [Range<Int>] = []
        var place = range.lowerBound
        while fields.count < limit {
            var start = place
            if start < range.upperBound, text[start] == 0x22 {
                start += 1
                place = start
                while place < range.upperBound {
                    if text[place] == 0x22 {
                        guard place + 1 < range.upperBound, text[place + 1] == 0x22 else { break }
                        place += 1
                    }
                    place += 1
                }
                fields.append(start..<min(place, range.upperBound))
                while place < range.upperBound, text[place] != 0x2c { place += 1 }
            } else {
                while place < range.upperBound, text[place] != 0x2c { place += 1 }
                fields.append(start..<place)
            }
            guard place < range.upperBound else { break }
            place += 1
        }
        return fields
    }
}
