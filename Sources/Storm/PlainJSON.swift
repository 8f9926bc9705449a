/// JSON as it stands, read without any of the product's code, so that the judge stays an outsider.
package enum PlainJSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([PlainJSON])
    case object([String: PlainJSON])

    /// The deepest nesting that is read.
    static let depthLimit = 32

    /// Reads a text; nil if it is none, or nests deeper than 32.
    package init?(_ bytes: some Sequence<UInt8>) {
        var reader = Reader(bytes: Array(bytes))
        guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
        self = value
    }

    /// A field of an object.
    package subscript(name: String) -> PlainJSON? {
        if case .object(let fields) = self { fields[name] } else { nil }
    }

    /// The text of a string.
    package var text: String? { if case .string(let text) = self { text } else { nil } }
    /// The value of a number.
    package var number: Double? { if case .number(let number) = self { number } else { nil } }
    /// The value of true and false.
    package var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
    /// The elements of an array, none of anything else.
    package var elements: [PlainJSON] { if case .array(let elements) = self { elements } else { [] } }
    /// The fields of an object, none of anything else.
    package var fields: [String: PlainJSON] { if case .object(let fields) = self { fields } else { [:] } }

    private struct Reader {
        var bytes: [UInt8]
        var place = 0

        var isAtEnd: Bool {
            mutating get {
                skipSpace()
                return place == bytes.count
            }
        }

        mutating func skipSpace() {
            while place < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[place]) { place += 1 }
        }

        mutating func take(_ byte: UInt8) -> Bool {
            skipSpace()
            guard place < bytes.count, bytes[place] == byte else { return false }
            place += 1
            return true
        }

        mutating func word(_ word: String) -> Bool {
            guard bytes[place...].starts(with: word.utf8) else { return false }
            place += word.utf8.count
            return true
        }

        mutating func value(depth: Int) -> PlainJSON? {
            guard depth < PlainJSON.depthLimit else { return nil }
            if take(UInt8(ascii: "{")) { return object(depth) }
            if take(UInt8(ascii: "[")) { return array(depth) }
            if take(UInt8(ascii: "\"")) { return string().map { .string($0) } }
            if word("true") { return .bool(true) }
            if word("false") { return .bool(false) }
            if word("null") { return .null }
            let start = place
            while place < bytes.count, "+-.eE0123456789".utf8.contains(bytes[place]) { place += 1 }
            return Double(String(decoding: bytes[start..<place], as: UTF8.self)).map { .number($0) }
        }

        mutating func object(_ depth: Int) -> PlainJSON? {
            var fields: [String: PlainJSON] = [:]
            if take(UInt8(ascii: "}")) { return .object(fields) }
            repeat {
                guard take(UInt8(ascii: "\"")), let name = string(), take(UInt8(ascii: ":")),
                    let value = value(depth: depth + 1)
                else { return nil }
                fields[name] = value
            } while take(UInt8(ascii: ","))
            return take(UInt8(ascii: "}")) ? .object(fields) : nil
        }

        mutating func array(_ depth: Int) -> PlainJSON? {
            var elements: [PlainJSON] = []
            if take(UInt8(ascii: "]")) { return .array(elements) }
            repeat {
                guard let value = value(depth: depth + 1) else { return nil }
                elements.append(value)
            } while take(UInt8(ascii: ","))
            return take(UInt8(ascii: "]")) ? .array(elements) : nil
        }

        /// The rest of a string; escapes stay as they are written, as no name that is looked for has one.
        mutating func string() -> String? {
            let start = place
            while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
                place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
            }
            guard place < bytes.count else { return nil }
            place += 1
            return String(decoding: bytes[start..<(place - 1)], as: UTF8.self)
        }
    }
}
