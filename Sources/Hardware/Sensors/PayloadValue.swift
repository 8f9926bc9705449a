internal import Mesh

/// A value that a sensor's payload is compared with.
///
/// In a JSON payload, `true` is not `"true"`: there ``meaning`` counts. A payload that is plain text has no types:
/// there ``text`` counts, and of what isn't in quotes the meaning too: `1` is `1.0`, `true` is `True`.
public struct PayloadValue: Sendable, Hashable {
    /// A value's meaning in JSON.
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
    /// The value's meaning in JSON.
    public var meaning: Meaning
    /// True if the value stood in quotes, and so is a text whatever it looks like.
    public var isQuoted: Bool

    /// The value that a file's `text` means: in quotes always a text; otherwise a boolean, or a number, if it looks
    /// like one. Nil for a number beyond all that computers count with.
    public init?(text: String, isQuoted: Bool = false) {
        self.text = text
        self.isQuoted = isQuoted
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

    /// The number that a plain payload's text is; nil where it is none.
    static func number(_ text: String) -> Double? {
        guard isNumber(text), let number = Double(text), number.isFinite else { return nil }
        return number
    }

    /// Whether a value in JSON is of this type, and equal.
    func equals(_ found: JSON.Scalar) -> Bool {
        switch (meaning, found) {
        case (.text(let text), .text(let other)): text == other
        case (.number(let number), .number(let other, _)): number == other
        case (.boolean(let flag), .boolean(let other)): flag == other
        case (.text(let text), .boolean(let other)) where !isQuoted: PayloadValue.words[text.lowercased()] == other
        default: false
        }
    }

    /// Whether a plain text says it, or what a JSON value of another type holds when it is written as one.
    func says(_ found: String) -> Bool {
        if text == found { return true }
        if isQuoted { return false }
        switch meaning {
        case .text: return false
        case .number(let number): return PayloadValue.number(found) == number
        case .boolean(let flag): return found.lowercased() == "\(flag)"
        }
    }

    /// What YAML 1.1 takes for booleans beside true and false, and YAML 1.2 for texts: a file's `on` means either.
    ///
    /// - Source: yaml.org/type/bool.html (version 1.1); YAML 1.2.2, section 10.3.2.
    private static let words: [String: Bool] = [
        "y": true, "yes": true, "on": true, "n": false, "no": false, "off": false,
    ]

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
