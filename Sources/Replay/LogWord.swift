/// What a sensor of a log says.
enum LogWord: Sendable, Hashable {
    /// It sees motion, or no more; as a word (`ON`), a number (`1`) or a field of a message (`"occupancy":true`).
    case motion(Bool, Spelling)
    /// Nobody knows: `unavailable`, `unknown`, `null`.
    case unknown

    /// How it is said.
    enum Spelling: Sendable, Hashable {
        case word
        case number
        case field
    }

    private static let meanings: [(text: StaticString, word: LogWord)] = [
        ("on", .motion(true, .word)), ("off", .motion(false, .word)), ("true", .motion(true, .word)),
        ("false", .motion(false, .word)), ("detected", .motion(true, .word)), ("clear", .motion(false, .word)),
        ("1", .motion(true, .number)), ("0", .motion(false, .number)), ("1.0", .motion(true, .number)),
        ("0.0", .motion(false, .number)), ("1i", .motion(true, .number)), ("0i", .motion(false, .number)),
        ("t", .motion(true, .word)), ("f", .motion(false, .word)), ("unavailable", .unknown), ("unknown", .unknown),
        ("none", .unknown), ("null", .unknown), ("", .unknown),
    ]

    /// What a value says; nil where it isn't of motion.
    init?(_ text: Span<UInt8>, _ range: Range<Int>) {
        if range.count > 64 || range.first.map({ text[$0] == 0x7b }) ?? false {
            guard let word = LogWord.field(text, range) else { return nil }
            self = word
            return
        }
        guard let meaning = LogWord.meanings.first(where: { LogWord.isEqual($0.text, text, range) }) else { return nil }
        self = meaning.word
    }

    /// Whether this is a message with fields.
    static func isMessage(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        range.first.map { text[$0] == 0x7b } ?? false
    }

    /// The first of the fields that tell of motion. Quotes may be doubled or escaped, as logs write them.
    private static func field(_ text: Span<UInt8>, _ range: Range<Int>) -> LogWord? {
        for name in ["occupancy", "presence", "motion"] as [StaticString] {
            var rest = range
            while let found = LogLine.find(name, in: text, rest) {
                rest = found.upperBound..<range.upperBound
                var place = found.upperBound
                let before = found.lowerBound > range.lowerBound ? text[found.lowerBound - 1] : 0
                guard before == 0x22, place < range.upperBound, text[place] == 0x22 || text[place] == 0x5c else {
                    continue
                }
                while place < range.upperBound, [0x22, 0x5c, 0x20, 0x3a].contains(text[place]) { place += 1 }
                var end = place
                while end < range.upperBound, ![0x22, 0x5c, 0x2c, 0x7d, 0x20].contains(text[end]) { end += 1 }
                guard let word = meanings.first(where: { isEqual($0.text, text, place..<end) })?.word else { continue }
                if case .motion(let motion, _) = word { return .motion(motion, .field) }
                return word
            }
        }
        return nil
    }

    /// In capitals or not.
    private static func isEqual(_ word: StaticString, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard word.utf8CodeUnitCount == range.count else { return false }
        return word.withUTF8Buffer { wanted in
            for index in 0..<range.count {
                let byte = text[range.lowerBound + index]
                guard ((0x41...0x5a).contains(byte) ? byte | 0x20 : byte) == wanted[index] else { return false }
            }
            return true
        }
    }
}
