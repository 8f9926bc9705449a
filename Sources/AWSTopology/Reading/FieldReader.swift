import YAML

/// Reads the fields of one mapping, knows which it was asked for, and says where what is wrong.
struct FieldReader {
    let file: String
    /// The path of this mapping: `addresses.tiers`; empty for the whole file.
    let path: String
    let node: YAMLNode
    private var known: [String] = []

    init(_ node: YAMLNode, file: String, path: String = "") throws(TopologyError) {
        self.file = file
        self.path = path
        self.node = node
        guard node.entries != nil else {
            throw TopologyError(
                .malformed, at: SourcePlace(file: file, line: node.mark.line), field: path, found: node.kind,
                allowed: "a mapping", remedy: "write keys and values, \"key: value\"")
        }
    }

    /// The line where the mapping begins.
    var place: SourcePlace { SourcePlace(file: file, line: node.mark.line) }

    /// The path of a field.
    func field(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// The node of a field; nil where it is missing or null. The key is known from now on.
    mutating func value(_ key: String) -> YAMLNode? {
        known.append(key)
        guard let value = node[key], !value.isNull else { return nil }
        return value
    }

    /// A fault of a field, placed.
    func fault(
        _ code: TopologyError.Code, _ key: String, found: String, allowed: String, remedy: String
    ) -> TopologyError {
        let line = node.entries?.first { $0.key == key }?.keyMark.line ?? node.mark.line
        return TopologyError(
            code, at: SourcePlace(file: file, line: line), field: field(key), found: found, allowed: allowed,
            remedy: remedy)
    }

    /// The value of a field that must be there.
    func require<T>(_ value: T?, _ key: String, allowed: String) throws(TopologyError) -> T {
        guard let value else {
            // A misspelt key is why another one is missing.
            let strangers = node.entries?.map(\.key).filter { !known.contains($0) } ?? []
            if let stranger = strangers.first(where: { Spelling.nearest(to: $0, in: [key]) != nil }) {
                throw fault(
                    .unknownKey, stranger, found: "the unknown key \"\(stranger)\"", allowed: allowed,
                    remedy: "did you mean \"\(key)\"?")
            }
            throw fault(.missing, key, found: "nothing", allowed: allowed, remedy: "add \"\(key)\"")
        }
        return value
    }

    /// Refuses keys that nobody asked for, with what was probably meant.
    func finish() throws(TopologyError) {
        guard let stranger = node.entries?.first(where: { !known.contains($0.key) }) else { return }
        let keys = known.sorted().joined(separator: ", ")
        let remedy = Spelling.nearest(to: stranger.key, in: known).map { "did you mean \"\($0)\"?" } ?? "remove it"
        throw fault(
            .unknownKey, stranger.key, found: "the unknown key \"\(stranger.key)\"", allowed: keys, remedy: remedy)
    }
}
