package import YAML

/// A mapping whose keys have been checked.
package struct FieldMap {
    package let field: Field
    package let entries: [YAMLNode.Entry]
    /// The fields that keys were probably meant for which are no fields: they are refused, these aren't missing.
    package var meant: Set<String> = []

    /// The field of this name; nil where the file leaves it out.
    package subscript(key: String) -> Field? {
        entries.first { $0.key == key }.map(field.child)
    }

    /// The field of this name; a fault where the file leaves it out.
    package func required(_ key: String, example: String) -> Field? {
        if let found = self[key] { return found }
        missing(key, remedy: "Write \(key): \(example), for instance")
        return nil
    }

    /// The value of a field that may be left out, which is then `usual`; nil, and a fault, where it can't be read.
    package func optional<Value>(_ key: String, usual: Value, read: (Field) -> Value?) -> Value? {
        self[key].map(read) ?? usual
    }

    /// Reports that `key` isn't there, unless it probably is, in another spelling.
    package func missing(_ key: String, problem: String = "is missing", remedy: String) {
        guard !meant.contains(key) else { return }
        field.faults.add(
            .missing, at: field.keyMark, field: field.path.isEmpty ? key : "\(field.path).\(key)", problem: problem,
            remedy: remedy)
    }
}
