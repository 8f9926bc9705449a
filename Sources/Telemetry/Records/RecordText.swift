internal import Mesh

/// What texts in records may be.
enum RecordText {
    /// `text` in at most `limit` bytes, whole characters only, without zeros, which PostgreSQL has no text for.
    static func cut(_ text: String, to limit: Int) -> String {
        var result = text.utf8.contains(0) ? text.replacing("\0", with: "\u{FFFD}") : text
        while result.utf8.count > limit {
            // Many at once, for a line may be long: a character takes a byte at least.
            result.removeLast(max(1, (result.utf8.count - limit) / 64))
        }
        return result
    }

    static func checkName(_ name: String, field: String) throws(MessageError) {
        guard Name.isValid(name) else {
            throw MessageError(.outOfRange, field: field, reason: "\"\(name.prefix(80))\" is not \(Name.rule)")
        }
    }

    static func checkLength(_ text: String, _ range: ClosedRange<Int>, field: String) throws(MessageError) {
        guard range.contains(text.utf8.count) else {
            throw MessageError(
                .outOfRange, field: field,
                reason: "has \(text.utf8.count) bytes, which is not within \(range.lowerBound)…\(range.upperBound)")
        }
    }

    /// Refuses what is JSON, and yet no database reads as such: PostgreSQL stores it as `json` and fails every query
    /// that looks into it. A record is kept byte for byte, so that its chain can be checked.
    ///
    /// - Source: PostgreSQL 15 refuses `\u0000`, lone surrogates and 1e-20000 (22P05, 22003) in `jsonb`.
    static func checkPlain(_ line: [UInt8]) throws(MessageError) {
        var place = 0
        while place < line.count {
            let byte = line[place]
            if byte < 0x20 {
                throw MessageError(.notJSON, field: "", reason: "has a control character at byte \(place)")
            }
            if byte == UInt8(ascii: "\\"), place + 1 < line.count {
                guard line[place + 1] == UInt8(ascii: "u") else {
                    place += 2
                    continue
                }
                try checkEscape(line, at: &place)
            } else {
                place += 1
            }
        }
        guard String(validating: line, as: UTF8.self) != nil else {
            throw MessageError(.notJSON, field: "", reason: "is not UTF-8")
        }
    }

    private static func checkEscape(_ line: [UInt8], at place: inout Int) throws(MessageError) {
        let unit = unit(line, at: place)
        if unit == 0 {
            throw MessageError(.notJSON, field: "", reason: "has \\u0000 at byte \(place), which is no character")
        }
        if let unit, (0xD800...0xDFFF).contains(unit) {
            guard unit < 0xDC00, let low = self.unit(line, at: place + 6), (0xDC00...0xDFFF).contains(low) else {
                throw MessageError(.notJSON, field: "", reason: "has half a surrogate pair at byte \(place)")
            }
            place += 6
        }
        place += 6
    }

    /// The code unit of an escape `\uXXXX`; nil where there is none.
    private static func unit(_ line: [UInt8], at place: Int) -> UInt16? {
        guard place + 6 <= line.count, line[place] == UInt8(ascii: "\\"), line[place + 1] == UInt8(ascii: "u") else {
            return nil
        }
        return UInt16(String(decoding: line[place + 2..<place + 6], as: UTF8.self), radix: 16)
    }
}
