import YAML

extension FieldReader {
    /// A single value as text.
    mutating func text(_ key: String) throws(TopologyError) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.text else {
            throw fault(
                .malformed, key, found: value.kind, allowed: "a single value", remedy: "write \"\(key): value\"")
        }
        return text
    }

    /// A whole number.
    mutating func int(_ key: String, in range: ClosedRange<Int>) throws(TopologyError) -> Int? {
        guard let text = try text(key) else { return nil }
        let allowed = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let number = Int(text) else {
            throw fault(.malformed, key, found: "\"\(text)\"", allowed: allowed, remedy: "write a number")
        }
        guard range.contains(number) else {
            let nearest = min(max(number, range.lowerBound), range.upperBound)
            throw fault(.outOfRange, key, found: text, allowed: allowed, remedy: "the nearest is \(nearest)")
        }
        return number
    }

    /// `true` or `false`.
    mutating func bool(_ key: String) throws(TopologyError) -> Bool? {
        guard let text = try text(key) else { return nil }
        switch text {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default:
            throw fault(
                .malformed, key, found: "\"\(text)\"", allowed: "true or false", remedy: "write true or false")
        }
    }

    /// A time with its unit, `60s`, `5m`, `1h`, `7d`.
    mutating func duration(_ key: String, in range: ClosedRange<Duration>) throws(TopologyError) -> Duration? {
        guard let text = try text(key) else { return nil }
        let allowed =
            "a time with its unit (s, m, h, d) from \(range.lowerBound.briefly) to \(range.upperBound.briefly)"
        guard let duration = Duration(brief: text) else {
            throw fault(
                .malformed, key, found: "\"\(text)\"", allowed: allowed, remedy: "write 60s, 5m, 1h or 7d, say")
        }
        guard range.contains(duration) else {
            let nearest = min(max(duration, range.lowerBound), range.upperBound)
            throw fault(.outOfRange, key, found: text, allowed: allowed, remedy: "the nearest is \(nearest.briefly)")
        }
        return duration
    }

    /// A network in CIDR notation.
    mutating func network(_ key: String) throws(TopologyError) -> IPv4Network? {
        guard let text = try text(key) else { return nil }
        do { return try IPv4Network(text) } catch {
            throw fault(error.code, key, found: error.found, allowed: error.allowed, remedy: error.remedy)
        }
    }

    /// One of a type's words.
    mutating func choice<T: RawRepresentable & CaseIterable>(
        _ key: String, of type: T.Type = T.self
    ) throws(TopologyError) -> T? where T.RawValue == String {
        guard let text = try text(key) else { return nil }
        if let choice = T(rawValue: text) { return choice }
        let words = T.allCases.map(\.rawValue)
        let remedy = Spelling.nearest(to: text, in: words).map { "did you mean \"\($0)\"?" } ?? "write one of them"
        throw fault(
            .outOfRange, key, found: "\"\(text)\"", allowed: words.joined(separator: ", "), remedy: remedy)
    }

    /// A list of single values.
    mutating func list(_ key: String) throws(TopologyError) -> [String]? {
        guard let value = value(key) else { return nil }
        let texts = value.items?.compactMap(\.text)
        guard let texts, texts.count == value.items?.count else {
            throw fault(
                .malformed, key, found: value.items == nil ? value.kind : "a list with more than single values in it",
                allowed: "a list of single values", remedy: "write \"\(key): [one, two]\"")
        }
        return texts
    }

    /// A list of references.
    mutating func references<R>(
        _ key: String, to type: R.Type = R.self
    ) throws(TopologyError) -> [Reference<R>]? {
        try list(key)?.map { Reference($0) }
    }

    /// A mapping below this one.
    mutating func mapping(_ key: String) throws(TopologyError) -> FieldReader? {
        guard let value = value(key) else { return nil }
        return try FieldReader(value, file: file, path: field(key))
    }

    /// A mapping of names to mappings, in the order of the file.
    mutating func named(_ key: String) throws(TopologyError) -> [(name: String, fields: FieldReader)] {
        guard let outer = try mapping(key) else { return [] }
        return try outer.named()
    }

    /// The entries of this mapping of names to mappings.
    func named() throws(TopologyError) -> [(name: String, fields: FieldReader)] {
        var all: [(name: String, fields: FieldReader)] = []
        for entry in node.entries ?? [] {
            var value = entry.value
            // An empty entry ("Artefacts:") is one with every default.
            if value.isNull { value.content = .mapping([]) }
            value.mark = entry.keyMark
            all.append((entry.key, try FieldReader(value, file: file, path: field(entry.key))))
        }
        return all
    }
}
