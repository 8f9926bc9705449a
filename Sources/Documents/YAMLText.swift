/// Values as people write them in YAML.
package enum YAMLText {
    /// A text that is read as that and nothing else, within braces too: in quotes where it must be.
    package static func scalar(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy {
            (0x61...0x7a).contains($0) || (0x41...0x5a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5f
                || $0 == 0x2d || $0 == 0x2f || $0 == 0x2e
        }
        return isPlain && text.first?.isLetter == true ? text : quoted(text)
    }

    /// A text in quotation marks.
    package static func quoted(_ text: String) -> String {
        if text.contains("\"") || text.contains("\\"), !text.contains("\n") {
            return "'\(text.replacing("'", with: "''"))'"
        }
        return "\"\(text)\""
    }
}
