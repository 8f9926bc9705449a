/// Writes values as YAML: short ones on one line, long ones as blocks.
struct TemplateWriter {
    private(set) var text = ""
    private static let width = 116
    /// Whether every line feed counts: where a block would say another text, it is written in quotes.
    private let isExact: Bool

    init(isExact: Bool = false) { self.isExact = isExact }

    mutating func line(_ line: String) { text += line + "\n" }

    /// A comment, broken at spaces.
    mutating func comment(_ comment: String, indent: Int) {
        let lead = String(repeating: "  ", count: indent) + "#"
        var current = lead
        for word in comment.split(separator: " ") {
            if current != lead, current.count + word.count + 1 > Self.width {
                line(current)
                current = lead
            }
            current += " \(word)"
        }
        if current != lead { line(current) }
    }

    /// A key and its value.
    mutating func entry(_ key: String, _ value: TemplateValue, indent: Int) {
        write(value, lead: String(repeating: "  ", count: indent) + Self.scalar(key) + ":", indent: indent)
    }

    private mutating func write(_ value: TemplateValue, lead: String, indent: Int) {
        if let short = Self.inline(value), short.count + lead.count < Self.width, !Self.wantsBlock(value) {
            return line("\(lead) \(short)")
        }
        let inner = String(repeating: "  ", count: indent + 1)
        switch value {
        case .mapping(let entries):
            line(lead)
            for entry in entries { self.entry(entry.key, entry.value, indent: indent + 1) }
        case .list(let items):
            line(lead)
            // Not indented below their key, as in AWS's own templates: what fits into 51,200 bytes deploys directly.
            for item in items { self.item(item, indent: indent) }
        case .base64(.sub(let script)):
            line(lead)
            line("\(inner)Fn::Base64: !Sub |")
            lines(of: script, lead: inner + "  ")
        case .base64(let value):
            line(lead)
            self.entry("Fn::Base64", value, indent: indent + 1)
        case .text(let text) where isExact && text.contains("\n") && !Self.isBlock(text):
            line("\(lead) \(Self.quoted(text))")
        case .text(let text) where text.contains("\n"):
            line("\(lead) |")
            lines(of: text, lead: inner)
        case .sub(let text) where text.contains("\n"):
            line("\(lead) !Sub |")
            lines(of: text, lead: inner)
        default:
            line("\(lead) \(Self.inline(value) ?? "")")
        }
    }

    /// Whether a block scalar says exactly this text.
    private static func isBlock(_ text: String) -> Bool {
        text.hasSuffix("\n") && !text.hasSuffix("\n\n") && text.first.map { !$0.isWhitespace } ?? false
            && text.unicodeScalars.allSatisfy { $0 == "\n" || (32..<127).contains($0.value) }
    }

    /// The lines of a block scalar, which ends in one line feed however many the text has.
    private mutating func lines(of text: String, lead: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        while lines.last?.isEmpty == true { lines.removeLast() }
        for each in lines { line(each.isEmpty ? "" : lead + each) }
    }

    private mutating func item(_ value: TemplateValue, indent: Int) {
        let lead = String(repeating: "  ", count: indent) + "-"
        guard case .mapping(let entries) = value, let first = entries.first else {
            return write(value, lead: lead, indent: indent)
        }
        if let short = Self.inline(value), short.count + lead.count < Self.width, !Self.wantsBlock(value) {
            return line("\(lead) \(short)")
        }
        write(first.value, lead: "\(lead) \(Self.scalar(first.key)):", indent: indent + 1)
        for entry in entries.dropFirst() { self.entry(entry.key, entry.value, indent: indent + 1) }
    }

    /// Whether it reads better as a block though it would fit on a line: mappings of more than four, and what holds
    /// mappings of several keys in turn; tags excepted.
    private static func wantsBlock(_ value: TemplateValue) -> Bool {
        switch value {
        case .mapping(let entries): entries.count > 4 || entries.contains { isCompound($0.value) }
        case .list(let items): !items.allSatisfy(isTag) && items.contains(where: isCompound)
        default: false
        }
    }

    private static func isTag(_ value: TemplateValue) -> Bool { value["Key"] != nil && value["Value"] != nil }

    private static func isCompound(_ value: TemplateValue) -> Bool {
        switch value {
        case .mapping(let entries): entries.count > 1 || entries.contains { isCompound($0.value) }
        case .base64: true
        case .list(let items): items.contains { isCompound($0) || $0.isMapping }
        default: false
        }
    }

    /// A value on one line; nil for what only a block can hold.
    private static func inline(_ value: TemplateValue) -> String? {
        switch value {
        case .text(let text): return text.contains("\n") ? nil : scalar(text)
        case .integer(let number): return "\(number)"
        case .number(let number): return number == number.rounded() ? "\(Int(number))" : "\(number)"
        case .boolean(let flag): return flag ? "true" : "false"
        case .ref(let name): return "!Ref \(name)"
        // A dotted attribute in the short form is cut at the wrong dot by moto.
        case .attribute(let name, let attribute) where attribute.contains("."):
            return "{Fn::GetAtt: [\(name), \(attribute)]}"
        case .attribute(let name, let attribute): return "!GetAtt \(name).\(attribute)"
        case .sub(let text): return text.contains("\n") ? nil : "!Sub \(quoted(text))"
        case .base64: return nil
        case .list(let items):
            let parts = items.compactMap(inline)
            return parts.count == items.count ? "[\(parts.joined(separator: ", "))]" : nil
        case .mapping(let entries):
            let parts = entries.compactMap { entry in inline(entry.value).map { "\(scalar(entry.key)): \($0)" } }
            return parts.count == entries.count ? "{\(parts.joined(separator: ", "))}" : nil
        }
    }

    /// A text as a scalar, quoted where it could be taken for anything else, in a flow as in a block.
    static func scalar(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, text.unicodeScalars.allSatisfy(isPlain),
            ("a"..."z").contains(first) || ("A"..."Z").contains(first) || first == "/",
            !text.hasSuffix(" "), !text.hasSuffix(":"), !text.contains(": "), !text.contains(" #"),
            !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(text.lowercased())
        else { return quoted(text) }
        return text
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            || " -_./:*+;()=@$%<>".unicodeScalars.contains(scalar)
    }

    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 32 || scalar.value == 127:
                let hex = String(scalar.value, radix: 16)
                quoted += "\\x" + String(repeating: "0", count: 2 - hex.count) + hex
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
