/// One node of a YAML document, with the place where it stands in the text.
///
/// Scalars stay text: what a scalar means (a number, a duration, a colour) is for the reader of the field to
/// say, so that `hold: 60s` and `from: "22:00"` are never second-guessed by YAML's own typing rules.
public struct YAMLNode: Sendable, Hashable {
    /// The content of a node.
    public enum Content: Sendable, Hashable {
        /// A scalar's text, and whether it was written without quotes (only then can it mean null, true or a number).
        case scalar(String, plain: Bool)
        /// A list.
        case sequence([YAMLNode])
        /// Keys and values in the order of the text; keys are unique.
        case mapping([Entry])
    }

    /// A key and its value.
    public struct Entry: Sendable, Hashable {
        /// The key's text.
        public var key: String
        /// The place of the key.
        public var keyMark: YAMLMark
        /// The value.
        public var value: YAMLNode
    }

    /// The content of the node.
    public var content: Content
    /// The tag as written, `!Ref` for instance; nil where there is none.
    public var tag: String?
    /// The place at which the node begins.
    public var mark: YAMLMark

    /// A node made in code.
    public init(_ content: Content, tag: String? = nil, mark: YAMLMark = YAMLMark(line: 1, column: 1)) {
        self.content = content
        self.tag = tag
        self.mark = mark
    }

    /// The text of a scalar; nil for anything else.
    public var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// The items of a sequence; nil for anything else.
    public var items: [YAMLNode]? {
        if case .sequence(let items) = content { items } else { nil }
    }

    /// The entries of a mapping; nil for anything else.
    public var entries: [Entry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// True if this is YAML's null: nothing at all, `~` or `null`, unquoted.
    public var isNull: Bool {
        if case .scalar(let text, true) = content { ["", "~", "null", "Null", "NULL"].contains(text) } else { false }
    }

    /// The value under `key` of a mapping; nil where there is none, or where this is no mapping.
    public subscript(key: String) -> YAMLNode? {
        entries?.first { $0.key == key }?.value
    }

    /// The kind of node, in the words of an error message.
    public var kind: String {
        switch content {
        case .scalar where isNull: "nothing"
        case .scalar: "a single value"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}
