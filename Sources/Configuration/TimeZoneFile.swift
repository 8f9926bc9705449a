/// A compiled zone of the time zone database: which offset from UTC held, and holds, when.
///
/// Read by ourselves, since the C library knows but one zone at a time, the process's own, by which the log's time stamps
/// go too.
/// - Source: RFC 9636, "The Time Zone Information Format (TZif)".
struct TimeZoneFile: Sendable, Hashable {
    /// Since when, in seconds since 1970, which offset holds, in seconds east of UTC.
    private var transitions: [(from: Int64, offset: Int)] = []
    /// The offset before the first of them.
    private var earliest = 0
    /// What holds after the last of them; nil: the last goes on.
    private var rule: TimeZoneRule?

    /// The zone in `bytes`; nil for what isn't one.
    init?(_ bytes: [UInt8]) {
        var reader = Reader(bytes)
        guard var header = Header(&reader) else { return nil }
        var size = 4
        if header.version >= UInt8(ascii: "2") {
            // First comes the same once more for readers that know but 32 bits.
            reader.skip(header.length(ofTimes: 4))
            guard let second = Header(&reader) else { return nil }
            header = second
            size = 8
        }
        guard reader.rest >= header.length(ofTimes: size), header.types > 0 else { return nil }
        let times = (0..<header.times).map { _ in reader.number(size) }
        let indices = (0..<header.times).map { _ in Int(reader.number(1) & 0xff) }
        let offsets = (0..<header.types).map { _ in
            let offset = Int(reader.number(4))
            reader.skip(2)
            return offset
        }
        guard indices.allSatisfy({ $0 < offsets.count }), zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }),
            // A week is more than there ever was.
            offsets.allSatisfy({ (-604_800...604_800).contains($0) })
        else { return nil }
        transitions = zip(times, indices).map { ($0, offsets[$1]) }
        earliest = offsets[0]
        reader.skip(header.characters + header.leaps * (size + 4) + header.standards + header.universals)
        if size == 8, let text = reader.line(), !text.isEmpty {
            guard let rule = TimeZoneRule(text) else { return nil }
            self.rule = rule
        }
    }

    /// The offset at an instant, in seconds since 1970.
    func secondsFromUTC(at seconds: Int64) -> Int {
        guard let last = transitions.last else { return rule?.secondsFromUTC(at: seconds) ?? earliest }
        if seconds >= last.from { return rule?.secondsFromUTC(at: seconds) ?? last.offset }
        var (low, high) = (0, transitions.count)
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].from <= seconds { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? earliest : transitions[low - 1].offset
    }

    static func == (a: TimeZoneFile, b: TimeZoneFile) -> Bool {
        a.earliest == b.earliest && a.rule == b.rule && a.transitions.elementsEqual(b.transitions, by: ==)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(earliest)
        hasher.combine(transitions.count)
    }

    private struct Header {
        let version: UInt8
        let universals, standards, leaps, times, types, characters: Int

        init?(_ reader: inout Reader) {
            guard reader.rest >= 44, reader.number(4) == 0x545a_6966 else { return nil }
            version = UInt8(truncatingIfNeeded: reader.number(1))
            reader.skip(15)
            let counts = (0..<6).map { _ in Int(reader.number(4)) }
            // The largest zone has some hundred transitions.
            guard counts.allSatisfy({ (0...10_000).contains($0) }) else { return nil }
            (universals, standards, leaps) = (counts[0], counts[1], counts[2])
            (times, types, characters) = (counts[3], counts[4], counts[5])
        }

        func length(ofTimes size: Int) -> Int {
            times * (size + 1) + types * 6 + characters + leaps * (size + 4) + standards + universals
        }
    }

    private struct Reader {
        private let bytes: [UInt8]
        private var place = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        var rest: Int { bytes.count - place }

        mutating func skip(_ count: Int) { place = min(bytes.count, place + count) }

        /// A signed number of so many bytes, the highest first; 0 where there aren't as many.
        mutating func number(_ size: Int) -> Int64 {
            guard rest >= size else {
                skip(size)
                return 0
            }
            var value: Int64 = bytes[place] >= 0x80 && size > 1 ? -1 : 0
            for byte in bytes[place..<place + size] { value = value << 8 | Int64(byte) }
            place += size
            return value
        }

        /// The text between two ends of lines.
        mutating func line() -> Substring? {
            guard rest > 2, bytes[place] == 0x0a, let end = bytes[(place + 1)...].firstIndex(of: 0x0a) else {
                return nil
            }
            return Substring(String(decoding: bytes[(place + 1)..<end], as: UTF8.self))
        }
    }
}
