/// A value in a CloudFormation template, with the intrinsic functions that Footlight emits.
public indirect enum TemplateValue: Sendable, Hashable {
    /// A key and its value.
    public struct Entry: Sendable, Hashable {
        /// The key.
        public var key: String
        /// Its value.
        public var value: TemplateValue
    }

    /// A string.
    case text(String)
    /// A whole number.
    case integer(Int)
    /// A number.
    case number(Double)
    /// `true` or `false`.
    case boolean(Bool)
    /// A list.
    case list([TemplateValue])
    /// Keys and values, in order.
    case mapping([Entry])
    /// `!Ref Name`
    case ref(String)
    /// `!GetAtt Name.Attribute`
    case attribute(String, String)
    /// `!Sub "…${Name}…"`
    case sub(String)
    /// `Fn::Base64`
    case base64(TemplateValue)
}

extension TemplateValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral
{
    /// A string, taken literally.
    public init(stringLiteral value: String) { self = .text(value) }
    /// A whole number.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    /// A list.
    public init(arrayLiteral elements: TemplateValue...) { self = .list(elements) }
}

extension TemplateValue {
    /// A mapping of what is there: entries without a value are left out.
    static func fields(_ pairs: KeyValuePairs<String, TemplateValue?>) -> TemplateValue {
        .mapping(pairs.compactMap { key, value in value.map { Entry(key: key, value: $0) } })
    }

    /// The value under `key` of a mapping; nil where there is none.
    public subscript(key: String) -> TemplateValue? {
        guard case .mapping(let entries) = self else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// Whether this is a mapping.
    var isMapping: Bool {
        if case .mapping = self { true } else { false }
    }

    /// A text of the model, in which `${…}` has the meaning of `Fn::Sub`, as the shortest function that says the same.
    static func interpolated(_ text: String) -> TemplateValue {
        guard text.contains("${") else { return .text(text) }
        let inner = text.dropFirst(2).dropLast()
        // What can be no logical name stays the text that it is, in quotes.
        if text.hasPrefix("${"), text.hasSuffix("}"), inner.first.map({ $0.isLetter }) ?? false,
            inner.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || ":.".contains($0)) })
        {
            guard let dot = inner.firstIndex(of: ".") else { return .ref(String(inner)) }
            return .attribute(String(inner[..<dot]), String(inner[inner.index(after: dot)...]))
        }
        return .sub(text)
    }

    /// The logical names and pseudo parameters that this value refers to, in order of their places.
    public var references: [String] {
        switch self {
        case .text, .integer, .number, .boolean: []
        case .list(let items): items.flatMap(\.references)
        case .mapping(let entries): entries.flatMap(\.value.references)
        case .ref(let name), .attribute(let name, _): [name]
        case .sub(let text): Self.names(in: text)
        case .base64(let value): value.references
        }
    }

    private static func names(in text: String) -> [String] {
        var names: [String] = []
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            rest = rest[rest.index(after: dollar)...]
            guard rest.first == "{", let end = rest.firstIndex(of: "}") else { continue }
            let name = rest[rest.index(after: rest.startIndex)..<end]
            if !name.hasPrefix("!") { names.append(String(name.prefix { $0 != "." })) }
            rest = rest[end...]
        }
        return names
    }
}
