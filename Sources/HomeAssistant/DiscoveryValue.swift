/// A value of a discovery message's JSON. Which fields there are is Home Assistant's to say, and differs by platform.
public enum DiscoveryValue: Sendable, Hashable {
    case null
    case flag(Bool)
    case number(Int)
    case text(String)
    case list([DiscoveryValue])
    case object([String: DiscoveryValue])
}

extension DiscoveryValue: Encodable {
    /// Encodes the value as JSON has it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let values): try container.encode(values)
        case .object(let fields): try container.encode(fields)
        }
    }
}

extension DiscoveryValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
}

extension DiscoveryValue: ExpressibleByBooleanLiteral {
    /// A flag.
    public init(booleanLiteral value: Bool) { self = .flag(value) }
}

extension DiscoveryValue: ExpressibleByIntegerLiteral {
    /// A number.
    public init(integerLiteral value: Int) { self = .number(value) }
}

extension DiscoveryValue: ExpressibleByArrayLiteral {
    /// A list.
    public init(arrayLiteral elements: DiscoveryValue...) { self = .list(elements) }
}

extension DiscoveryValue: ExpressibleByDictionaryLiteral {
    /// An object.
    public init(dictionaryLiteral elements: (String, DiscoveryValue)...) {
        self = .object(Dictionary(elements) { first, _ in first })
    }
}
