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

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x20..<0x7f).contains(scalar.value) }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return false
        default: return true
        }
    }
}
