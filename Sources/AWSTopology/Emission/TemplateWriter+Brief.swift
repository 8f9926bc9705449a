extension TemplateWriter {
    /// A value in a few words, for a person's eye.
    static func brief(_ value: TemplateValue) -> String {
        let text: String =
            switch value {
            case .text(let text): text
            case .integer(let number): "\(number)"
            case .number(let number): number == number.rounded() ? "\(Int(number))" : "\(number)"
            case .boolean(let flag): flag ? "true" : "false"
            case .ref(let name): name
            case .attribute(let name, let attribute): "\(name).\(attribute)"
            case .sub(let text): text
            case .base64(let inner): brief(inner)
            case .list(let items): "[\(items.map(brief).joined(separator: ", "))]"
            case .mapping(let entries): "{\(entries.map { "\($0.key): \(brief($0.value))" }.joined(separator: ", "))}"
            }
        let line = text.split(separator: "\n").joined(separator: " ")
        return line.count <= 200 ? line : line.prefix(199) + "…"
    }

    /// A text as JSON has it.
    static func quotedJSON(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where scalar.value < 32:
                let hex = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
