import YAML

/// Reads files in which keys stand twice, as the readers of templates and plans do: the last one counts.
struct RepeatedKeys {
    /// A key that stands twice in one mapping.
    struct Repetition: Sendable, Hashable {
        var key: String
        /// The keys of the mappings around it, from the root.
        var path: [String]
        var first: Int
        var second: Int
    }

    /// More than these, and the file is no longer worth reading.
    private static let most = 100
    private static let mark = "footlight-repeats-"

    let root: YAMLNode
    /// In the order of the second lines.
    let repetitions: [Repetition]

    /// Reads a file.
    ///
    /// - Throws: `YAMLError` for anything but one well-formed document, repeated keys left aside.
    init(_ text: String) throws(YAMLError) {
        var text = text
        var count = 0
        while true {
            do {
                let parsed = try YAML.parse(text)
                var found: [Repetition] = []
                root = count == 0 ? parsed : Self.merged(parsed, [], &found)
                repetitions = found.sorted { ($0.second, $0.key) < ($1.second, $1.key) }
                return
            } catch {
                guard error.code == .duplicateKey, count < Self.most,
                    let renamed = Self.renaming(text, at: error.mark, to: "\(Self.mark)\(count)-")
                else { throw error }
                text = renamed
                count += 1
            }
        }
    }

    /// The text with the key at a mark under another name: marked, within its quotes if it has some.
    private static func renaming(_ text: String, at mark: YAMLMark, to name: String) -> String? {
        let scalars = text.unicodeScalars
        var position = scalars.startIndex
        for _ in 1..<max(1, mark.line) {
            guard let end = scalars[position...].firstIndex(of: "\n") else { return nil }
            position = scalars.index(after: end)
        }
        guard let start = scalars.index(position, offsetBy: mark.column - 1, limitedBy: scalars.endIndex),
            start < scalars.endIndex
        else { return nil }
        let isQuoted = scalars[start] == "\"" || scalars[start] == "'"
        let place = isQuoted ? scalars.index(after: start) : start
        return String(text[..<place]) + name + String(text[place...])
    }

    /// A key without its mark.
    private static func plain(_ key: String) -> String {
        guard key.hasPrefix(mark), let dash = key.dropFirst(mark.count).firstIndex(of: "-") else { return key }
        return String(key[key.index(after: dash)...])
    }

    /// Puts each marked entry in the place of the first of its name.
    private static func merged(_ node: YAMLNode, _ path: [String], _ found: inout [Repetition]) -> YAMLNode {
        var node = node
        switch node.content {
        case .scalar: break
        case .sequence(let items):
            var all: [YAMLNode] = []
            for item in items { all.append(merged(item, path, &found)) }
            node.content = .sequence(all)
        case .mapping(let entries):
            var all: [YAMLNode.Entry] = []
            var lines: [String: Int] = [:]
            for entry in entries {
                var entry = entry
                entry.value = merged(entry.value, path + [plain(entry.key)], &found)
                guard entry.key.hasPrefix(mark) else {
                    lines[entry.key] = entry.keyMark.line
                    all.append(entry)
                    continue
                }
                entry.key = plain(entry.key)
                guard let at = all.firstIndex(where: { $0.key == entry.key }) else { continue }
                found.append(
                    Repetition(key: entry.key, path: path, first: lines[entry.key] ?? 0, second: entry.keyMark.line))
                all[at] = entry
            }
            node.content = .mapping(all)
        }
        return node
    }
}
