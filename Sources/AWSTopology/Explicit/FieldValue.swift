import YAML

/// A value of a field in the explicit part of Footlight's own form: read from YAML, and written as it is read.
protocol FieldValue: Hashable {
    /// The value that a node says.
    ///
    /// - Throws: ``TopologyError`` with the node's place.
    static func read(_ node: FieldNode) throws(TopologyError) -> Self

    /// The value as it is written.
    var written: TemplateValue { get }
}

/// A node of a file, with its place and its path.
struct FieldNode {
    var node: YAMLNode
    var file: String
    var path: String

    func fault(
        _ code: TopologyError.Code = .malformed, _ found: String? = nil, allowed: String, remedy: String
    ) -> TopologyError {
        TopologyError(
            code, at: SourcePlace(file: file, line: node.mark.line), field: path,
            found: found ?? node.text.map { "\"\($0)\"" } ?? node.kind, allowed: allowed, remedy: remedy)
    }

    /// A single value.
    func text(_ allowed: String) throws(TopologyError) -> String {
        guard let text = node.text else {
            throw fault(allowed: allowed, remedy: "write a single value")
        }
        return text
    }

    /// The items of a list; a single value is a list of one.
    var items: [FieldNode] {
        guard let items = node.items else { return [self] }
        return items.enumerated().map { index, item in
            FieldNode(node: item, file: file, path: "\(path)[\(index)]")
        }
    }

    /// The fields of a mapping.
    func fields() throws(TopologyError) -> FieldReader { try FieldReader(node, file: file, path: path) }
}

/// A struct whose fields are told by a table, from which it is both read and written.
protocol DescribedByFields: FieldValue {
    /// One with every field at its default.
    static var blank: Self { get }
    /// Its fields, in the order in which they are written.
    static var fields: [Field<Self>] { get }
}

/// A field of a struct: its key, how it is read, how it is written.
struct Field<Owner: Hashable> {
    let key: String
    let read: (inout Owner, FieldNode) throws(TopologyError) -> Void
    /// The value of one, nil where it is that of another, the blank one.
    let write: (Owner, Owner) -> TemplateValue?

    init<Value: FieldValue>(_ key: String, _ path: WritableKeyPath<Owner, Value>) {
        self.key = key
        read = { (owner, node) throws(TopologyError) in owner[keyPath: path] = try Value.read(node) }
        write = { owner, blank in
            owner[keyPath: path] == blank[keyPath: path] ? nil : owner[keyPath: path].written
        }
    }

    /// One that may not be there.
    init<Value: FieldValue>(_ key: String, _ path: WritableKeyPath<Owner, Value?>) {
        self.key = key
        read = { (owner, node) throws(TopologyError) in owner[keyPath: path] = try Value.read(node) }
        write = { owner, _ in owner[keyPath: path]?.written }
    }
}

extension DescribedByFields {
    mutating func read(_ reader: inout FieldReader) throws(TopologyError) {
        for field in Self.fields {
            guard let node = reader.value(field.key) else { continue }
            try field.read(&self, FieldNode(node: node, file: reader.file, path: reader.field(field.key)))
        }
    }

    static func read(_ node: FieldNode) throws(TopologyError) -> Self {
        var value = blank
        var reader = try node.fields()
        try value.read(&reader)
        try reader.finish()
        return value
    }

    /// The fields that aren't at their defaults.
    func entries(beside blank: Self) -> [TemplateValue.Entry] {
        Self.fields.compactMap { field in
            field.write(self, blank).map { TemplateValue.Entry(key: field.key, value: $0) }
        }
    }

    var written: TemplateValue { .mapping(entries(beside: Self.blank)) }
}
