internal import Synchronization

/// What can't be read of a message as it is decoded, and is left out alone: words that only a later contract has.
final class UnknownWords: Sendable {
    static let key = CodingUserInfoKey(rawValue: "unknown words")!
    private static let limit = 8

    private let gathered = Mutex<[String]>([])

    var all: [String] { gathered.withLock { $0 } }

    func add(_ text: String) {
        gathered.withLock { if $0.count < UnknownWords.limit { $0.append(Excerpt.of(text, limit: 200)) } }
    }
}

extension Decoder {
    func leaveOut(_ text: String) { (userInfo[UnknownWords.key] as? UnknownWords)?.add(text) }
}

extension RawRepresentable where RawValue == String {
    /// The word that a message has, or `usual` for one that only a later contract has.
    ///
    /// - Throws: `DecodingError` where it is no word.
    public init(from decoder: any Decoder, unknown usual: Self) throws {
        let word = try decoder.singleValueContainer().decode(String.self)
        if Self(rawValue: word) == nil {
            let path = decoder.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
            decoder.leaveOut("\(path.joined(separator: ".")): \"\(word)\" counts as \(usual.rawValue)")
        }
        self = Self(rawValue: word) ?? usual
    }
}

/// A list of which what can't be read is left out: words that only a later contract has, or what lacks a field.
@propertyWrapper
public struct KnownOnly<Element: Codable & Sendable & Hashable>: Codable, Sendable, Hashable {
    /// The elements that can be read.
    public var wrappedValue: [Element]

    /// A list.
    public init(wrappedValue: [Element]) { self.wrappedValue = wrappedValue }

    private struct Skipped: Decodable {
        init(from decoder: any Decoder) {}
    }

    /// Reads a list.
    public init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        wrappedValue = []
        while !list.isAtEnd {
            do {
                wrappedValue.append(try list.decode(Element.self))
            } catch let error as DecodingError {
                decoder.leaveOut("\(MessageError(error)), left out")
                _ = try list.decode(Skipped.self)
            }
        }
    }

    /// Writes a list.
    public func encode(to encoder: any Encoder) throws { try wrappedValue.encode(to: encoder) }
}
