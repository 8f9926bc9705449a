@testable import Mesh

/// JSON of any kind.
enum JSONValue: Codable, Equatable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        if let members = try? decoder.container(keyedBy: Key.self) {
            var object: [String: JSONValue] = [:]
            for key in members.allKeys { object[key.stringValue] = try members.decode(JSONValue.self, forKey: key) }
            self = .object(object)
        } else if var items = try? decoder.unkeyedContainer() {
            var list: [JSONValue] = []
            while !items.isAtEnd { list.append(try items.decode(JSONValue.self)) }
            self = .list(list)
        } else {
            let value = try decoder.singleValueContainer()
            if value.decodeNil() {
                self = .null
            } else if let boolean = try? value.decode(Bool.self) {
                self = .boolean(boolean)
            } else if let integer = try? value.decode(Int64.self) {
                self = .integer(integer)
            } else if let number = try? value.decode(Double.self) {
                self = .number(number)
            } else {
                self = .text(try value.decode(String.self))
            }
        }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .object(let object): try object.encode(to: encoder)
        case .list(let list): try list.encode(to: encoder)
        case .null:
            var value = encoder.singleValueContainer()
            try value.encodeNil()
        case .boolean(let boolean): try boolean.encode(to: encoder)
        case .integer(let integer): try integer.encode(to: encoder)
        case .number(let number): try number.encode(to: encoder)
        case .text(let text): try text.encode(to: encoder)
        }
    }

    /// A number may come back as another kind of number.
    static func == (a: JSONValue, b: JSONValue) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.boolean(let a), .boolean(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.integer(let a), .number(let b)), (.number(let b), .integer(let a)): Double(a) == b
        case (.text(let a), .text(let b)): a == b
        case (.list(let a), .list(let b)): a == b
        case (.object(let a), .object(let b)): a == b
        default: false
        }
    }

    /// Lists and objects around the innermost value.
    var depth: Int {
        switch self {
        case .list(let list): 1 + (list.map(\.depth).max() ?? 0)
        case .object(let object): 1 + (object.values.map(\.depth).max() ?? 0)
        default: 0
        }
    }

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension Reader {
    /// The door itself: any JSON, what a program keeps, and one value by its path, which the first line names.
    static func read(json bytes: [UInt8]) throws {
        let parts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        let path = try? JSONPath(text: String(decoding: parts[0].prefix(64), as: UTF8.self))
        let text = Array(parts.count > 1 ? parts[1] : [])
        do {
            let value = try JSON.decode(JSONValue.self, from: text)
            try require(value.depth <= JSONBounds.message.nesting, "\(value.depth) levels were let through")
            let again = try JSON.decode(JSONValue.self, from: JSON.encode(value), within: .keptFile)
            try require(again == value, "\(value) became \(again)")
        } catch let error as MessageError { try requirePlain(error.description) }
        do {
            let kept = try JSON.decode([String: String].self, from: text, within: .keptFile)
            try require(
                try JSON.decode([String: String].self, from: JSON.encode(kept), within: .keptFile) == kept,
                "\(kept) was kept otherwise")
        } catch let error as MessageError { try requirePlain(error.description) }
        guard let path else { return }
        try require(try JSONPath(text: path.description) == path, "\(path) is read otherwise than it was written")
        do { _ = try JSON.scalar(at: path, in: text) } catch { try requirePlain(error.description) }
    }
}
