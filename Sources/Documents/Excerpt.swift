package import YAML

/// What of a file goes into a message: short, and without characters that a terminal would act upon.
package enum Excerpt {
    /// How many characters of a value a message shows.
    package static let limit = 60

    /// `text` in at most `limit` characters, controls written out.
    package static func of(_ text: some StringProtocol, limit: Int = Excerpt.limit) -> String {
        var result = ""
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < limit else { return result + "…" }
            if isPlain(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += scalar.escaped(asASCII: true)
            }
            count += 1
        }
        return result
    }

    /// A node as it might stand in one line of a file.
    package static func of(_ node: YAMLNode) -> String {
        var text = ""
        write(node, to: &text)
        return of(text)
    }

    /// Whether a character shows itself, and does nothing else.
    package static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x20..<0x7f).contains(scalar.value) }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate: return false
        default: return true
        }
    }

    private static func write(_ node: YAMLNode, to text: inout String) {
        // Enough to show that there is more: the caller cuts it.
        guard text.utf8.count <= limit * 4 else { return }
        switch node.content {
        case .scalar(let value, _): text += value.prefix(limit + 1)
        case .sequence(let items):
            text += "["
            for (index, item) in items.prefix(limit).enumerated() {
                if index > 0 { text += ", " }
                write(item, to: &text)
            }
            text += "]"
        case .mapping(let entries):
            text += "{"
            for (index, entry) in entries.prefix(limit).enumerated() {
                if index > 0 { text += ", " }
                text += entry.key.prefix(limit + 1) + ": "
                write(entry.value, to: &text)
            }
            text += "}"
        }
    }
}
