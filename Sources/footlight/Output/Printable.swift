/// Texts from elsewhere, for a terminal.
enum Printable {
    /// `text` with what a terminal would act upon, or a reader not see, written out as `\u{202E}`: a node's word must not
    /// move the cursor, turn a line round or hide in it.
    static func text(_ text: String) -> String {
        guard !text.unicodeScalars.allSatisfy(isPlain) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isPlain(scalar) { result.unicodeScalars.append(scalar) } else { result += scalar.escaped(asASCII: true) }
        }
        return result
    }

    /// The same of a text of several lines.
    static func lines(_ text: String) -> String {
        // By scalars: as characters, a carriage return and the line feed behind it are one.
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { self.text(String($0)) }
            .joined(separator: "\n")
    }

    /// JSON with the same written as JSON does, `\u202e`: it says the same, and shows it.
    static func json(_ text: String) -> String {
        guard !text.unicodeScalars.allSatisfy({ isPlain($0) || $0 == "\n" }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isPlain(scalar) || scalar == "\n" {
                result.unicodeScalars.append(scalar)
            } else {
                for unit in UTF16.encode(scalar) ?? .init(UTF16.encodedReplacementCharacter) {
                    let digits = String(unit, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            }
        }
        return result
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x20..<0x7f).contains(scalar.value) }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return false
        default: return true
        }
    }
}
