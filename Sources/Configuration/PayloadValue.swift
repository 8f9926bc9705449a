/// A value that a sensor's payload is compared with.
///
/// In a JSON payload, `true` is not `"true"`: there ``meaning`` counts. A payload that is plain text has no types:
/// there ``text`` counts.
public struct PayloadValue: Sendable, Hashable {
    /// What the value is in JSON.
    public enum Meaning: Sendable, Hashable {
        /// A text.
        case text(String)
        /// A number, finite.
        case number(Double)
        /// True or false.
        case boolean(Bool)
    }

    /// The value as written, without quotes.
    public var text: String
    /// What it is in JSON.
    public var meaning: Meaning

    /// The value that a file's `text` means: in quotes always a text; otherwise a boolean, or a number, if it looks
    /// like one. Nil for a number beyond all that computers count with.
    public init?(text: String, isQuoted: Bool = false) {
        self.text = text
        switch text {
        case _ where isQuoted: meaning = .text(text)
        case "true", "True", "TRUE": meaning = .boolean(true)
        case "false", "False", "FALSE": meaning = .boolean(false)
        case _ where PayloadValue.isNumber(text):
            guard let number = Double(text), number.isFinite else { return nil }
            meaning = .number(number)
        default: meaning = .text(text)
        }
    }

    /// - Source: RFC 8259, section 6.
    private static func isNumber(_ text: String) -> Bool {
        var rest = Substring(text).utf8
        func digits() -> Substring.UTF8View { rest.prefix { (0x30...0x39).contains($0) } }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let whole = digits()
        guard let first = whole.first, first != UInt8(ascii: "0") || whole.count == 1 else { return false }
        rest = rest.dropFirst(whole.count)
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard !digits().isEmpty else { return false }
            rest = rest.dropFirst(digits().count)
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
            guard !digits().isEmpty else { return false }
            rest = rest.dropFirst(digits().count)
        }
        return rest.isEmpty
    }
}
