/// A value in Terraform's language.
indirect enum TerraformValue: Sendable, Hashable {
    /// A string, with `${…}` of Terraform's own in it.
    case text(String)
    /// An expression: `aws_vpc.vpc.id`.
    case expression(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case list([TerraformValue])
    /// An object: keys and values, in order.
    case object([(key: String, value: TerraformValue)])
    /// `jsonencode(…)`
    case json(TerraformValue)

    static func == (a: TerraformValue, b: TerraformValue) -> Bool { a.written(indent: 0) == b.written(indent: 0) }

    func hash(into hasher: inout Hasher) { hasher.combine(written(indent: 0)) }

    /// As Terraform reads it, the first line where it stands, the others indented.
    func written(indent: Int) -> String {
        let inner = String(repeating: "  ", count: indent + 1)
        let outer = String(repeating: "  ", count: indent)
        switch self {
        case .text(let text) where text.contains("\n"):
            var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            while lines.last?.isEmpty == true { lines.removeLast() }
            return "<<-EOT\n" + lines.map { $0.isEmpty ? "\n" : "\(inner)\($0)\n" }.joined() + "\(outer)EOT"
        case .text(let text): return Self.quoted(text)
        case .expression(let text): return text
        case .integer(let number): return "\(number)"
        case .number(let number): return number == number.rounded() ? "\(Int(number))" : "\(number)"
        case .boolean(let flag): return flag ? "true" : "false"
        case .json(let value): return "jsonencode(\(value.written(indent: indent)))"
        case .list(let items):
            let short = "[\(items.map { $0.written(indent: indent) }.joined(separator: ", "))]"
            if short.count <= 90, !short.contains("\n") { return short }
            return "[\n" + items.map { "\(inner)\($0.written(indent: indent + 1)),\n" }.joined() + "\(outer)]"
        case .object(let entries):
            if entries.isEmpty { return "{}" }
            let arguments = entries.map { (Self.key($0.key), $0.value.written(indent: indent + 1)) }
            return "{\n" + Self.aligned(arguments).map { "\(inner)\($0)\n" }.joined() + "\(outer)}"
        }
    }

    /// Arguments as `terraform fmt` leaves them: equal signs in a column, which a value of several lines interrupts.
    static func aligned(_ arguments: [(name: String, value: String)]) -> [String] {
        var lines: [String] = []
        var run: [(name: String, value: String)] = []
        func end() {
            let width = run.map(\.name.count).max() ?? 0
            lines += run.map { "\($0.name.padded(to: width)) = \($0.value)" }
            run = []
        }
        for argument in arguments {
            let isLong = argument.value.contains("\n") && !argument.value.hasPrefix("<<-")
            if isLong { end() }
            run.append(argument)
            if isLong { end() }
        }
        end()
        return lines
    }

    private static func key(_ key: String) -> String {
        key.utf8.allSatisfy { (97...122).contains($0 | 32) || $0 == 95 } ? key : quoted(key)
    }

    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
