package import YAML

/// One value of a file, with the name and the place that a message about it needs.
package struct Field {
    package let node: YAMLNode
    /// From the top of the file: `zones.stairs.hold`, `bars[0].name`.
    package let path: String
    /// Where the value's name stands; where it has none, the value itself.
    package let keyMark: YAMLMark
    package let faults: Faults

    package init(_ node: YAMLNode, path: String, keyMark: YAMLMark, faults: Faults) {
        self.node = node
        self.path = path
        self.keyMark = keyMark
        self.faults = faults
    }

    /// The field's name before its value, as a remedy writes it; list items have none.
    private var label: String {
        guard !path.isEmpty, !path.hasSuffix("]") else { return "" }
        return (path.split(separator: ".").last.map(String.init) ?? path) + ": "
    }

    /// `Write hold: 60s, for instance`
    package func write(_ example: String) -> String { "Write \(label)\(example), for instance" }

    /// Reports the value, and returns nil for the reader to return.
    package func fail(_ code: ConfigurationError.Code, _ problem: String, allowed: String = "", remedy: String) {
        faults.add(
            code, at: node.mark, field: path, found: Excerpt.of(node), problem: problem, allowed: allowed,
            remedy: remedy)
    }

    /// The field `key` of this mapping.
    package func child(_ entry: YAMLNode.Entry) -> Field {
        let key = Excerpt.of(entry.key)
        return Field(
            entry.value, path: path.isEmpty ? key : "\(path).\(key)", keyMark: entry.keyMark, faults: faults)
    }

    /// The items of a list; nil, and a fault, for anything else. No value at all is an empty list.
    package func list(of what: String, example: String) -> [Field]? {
        guard isUntagged() else { return nil }
        if node.isNull { return [] }
        guard let items = node.items else {
            fail(.wrongKind, "is \(node.kind), not a list", allowed: "\(what) stand in a list", remedy: write(example))
            return nil
        }
        return items.enumerated().map { index, item in
            Field(item, path: "\(path)[\(index)]", keyMark: item.mark, faults: faults)
        }
    }

    /// The entries of a mapping whose keys are names; nil, and a fault, for anything else. No value at all is none.
    package func named(_ what: String, example: String) -> [(key: String, field: Field)]? {
        guard isUntagged() else { return nil }
        if node.isNull { return [] }
        guard let entries = node.entries else {
            fail(
                .wrongKind, "is \(node.kind), not a mapping", allowed: "\(what) stand here, each with its name",
                remedy: write(example))
            return nil
        }
        return entries.map { ($0.key, child($0)) }
    }

    /// A mapping with fields of these names; nil, and a fault, for anything else.
    ///
    /// - Parameter hints: what to do about names that people are known to try.
    package func fields(_ known: [String], example: String, hints: [String: String] = [:]) -> FieldMap? {
        guard isUntagged() else { return nil }
        guard let entries = node.entries else {
            let problem = node.isNull ? "has no value" : "is \(node.kind), not a mapping"
            fail(
                node.isNull ? .missing : .wrongKind, problem,
                allowed: "here stand the fields \(known.joined(separator: ", "))", remedy: write(example))
            return nil
        }
        var meant: Set<String> = []
        for entry in entries where !known.contains(entry.key) {
            let field = child(entry)
            let near = faults.isFull ? nil : Spelling.nearest(to: entry.key, in: known)
            if let near { meant.insert(near) }
            let remedy: String
            if let hint = hints[entry.key] {
                remedy = hint
            } else if let near {
                remedy = "Did you mean \(near)?"
            } else {
                remedy = "Remove it"
            }
            faults.add(
                .unknownField, at: entry.keyMark, field: field.path, found: Excerpt.of(entry.key),
                problem: "is no field here",
                allowed: "known here: \(known.joined(separator: ", "))", remedy: remedy)
        }
        return FieldMap(field: self, entries: entries, meant: meant)
    }

    /// Whether the value has no tag of its own; a fault if it has.
    package func isUntagged() -> Bool {
        guard let tag = node.tag, tag != "!", !tag.hasPrefix("tag:yaml.org,2002:") else { return true }
        faults.add(
            .malformed, at: node.mark, field: path, found: Excerpt.of(tag), problem: "is a tag",
            allowed: "tags mean nothing in this file", remedy: "Write the value itself")
        return false
    }
}
