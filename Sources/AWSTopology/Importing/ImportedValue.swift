/// A value of a template after its functions have been worked out as far as they can be.
indirect enum ImportedValue: Sendable, Hashable {
    /// Text; what isn't known in it stays as `${Name}`.
    case text(String)
    /// A resource, or one of its attributes.
    case reference(String, attribute: String?)
    /// A list.
    case list([ImportedValue])
    /// Keys and values, in the order of the file.
    case mapping([Entry])
    /// What the file doesn't say, in its own words: `!Ref Subnets`.
    case unknown(String)
    /// Nothing: a null, or `AWS::NoValue`.
    case absent

    /// A key and its value.
    struct Entry: Sendable, Hashable {
        var key: String
        var value: ImportedValue
    }

    /// The value under `key`; absent where there is none, unknown where this is unknown.
    subscript(key: String) -> ImportedValue {
        switch self {
        case .mapping(let entries): entries.first { $0.key == key }?.value ?? .absent
        case .unknown: self
        case .text(let text) where isUnknown: .unknown(text)
        default: .absent
        }
    }

    /// As text, a reference in the words of `Fn::Sub`; nil for anything else.
    var string: String? {
        switch self {
        case .text(let text): text
        case .reference(let name, let attribute?): "${\(name).\(attribute)}"
        case .reference(let name, nil): "${\(name)}"
        default: nil
        }
    }

    /// Text in which nothing is unknown.
    var known: String? {
        guard case .text(let text) = self else { return nil }
        // Most have no brace at all, which is quickly seen.
        let isPlain = !text.utf8.contains(UInt8(ascii: "{"))
        return isPlain || (!text.contains("${") && !text.contains(Self.dynamic)) ? text : nil
    }

    /// The beginning of a dynamic reference, whose value CloudFormation asks for when it deploys.
    static let dynamic = "{{resolve:"

    var int: Int? { known.flatMap { Int($0) ?? Double($0).flatMap { Int(exactly: $0) } } }

    var bool: Bool? {
        switch known?.lowercased() {
        case "true", "yes", "on", "1", "enabled": true
        case "false", "no", "off", "0", "disabled": false
        default: nil
        }
    }

    /// The items; a single value is a list of one, as in policies.
    var items: [ImportedValue] {
        switch self {
        case .list(let items): items
        case .absent, .unknown: []
        default: [self]
        }
    }

    /// Whether ``items`` are all that there are: none of them is something that the file doesn't say.
    var isComplete: Bool {
        switch self {
        case .unknown: false
        case .list(let items): !items.contains { if case .unknown = $0 { true } else { false } }
        default: true
        }
    }

    /// Texts of a list or of a single value; what isn't known is left out.
    var strings: [String] { items.compactMap(\.string) }

    var entries: [Entry] { if case .mapping(let entries) = self { entries } else { [] } }

    var isAbsent: Bool { self == .absent }

    /// The resource that is meant: by reference, by `${Name}` or as plain text (an identifier); nil for nothing.
    var referred: String? {
        switch self {
        case .reference(let name, _): name
        case .text(let text): text
        case .unknown(let expression): expression
        default: nil
        }
    }

    /// Whether a single value is not known, or not all of it: a dynamic reference, or text with `${Name}` in it where
    /// the name isn't one of AWS's own.
    var isUnknown: Bool {
        switch self {
        case .unknown: return true
        case .text(let text):
            guard text.utf8.contains(UInt8(ascii: "{")) else { return false }
            if text.contains(Self.dynamic) { return true }
            return text.separated(by: "${").dropFirst().contains { !$0.hasPrefix("AWS::") }
        default: return false
        }
    }
}

extension ImportedValue {
    /// As JSON, as `Fn::ToJsonString` writes it; nil where not all of it is known.
    var json: String? {
        switch self {
        case .unknown: return nil
        case .absent: return "null"
        case .text, .reference: return string.map { JSONText.quoted($0) }
        case .list(let items):
            let parts = items.compactMap(\.json)
            return parts.count == items.count ? "[\(parts.joined(separator: ","))]" : nil
        case .mapping(let entries):
            let parts = entries.compactMap { entry in
                entry.value.json.map { "\(JSONText.quoted(entry.key)):\($0)" }
            }
            return parts.count == entries.count ? "{\(parts.joined(separator: ","))}" : nil
        }
    }
}
