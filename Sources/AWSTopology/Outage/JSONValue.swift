/// JSON to be written, keys in the order given.
indirect enum JSONValue {
    case null
    case bool(Bool)
    case number(Double, decimals: Int)
    case text(String)
    case list([JSONValue])
    case object([(String, JSONValue)])

    static func int(_ value: Int) -> JSONValue { .number(Double(value), decimals: 0) }
    static func texts(_ values: [String]) -> JSONValue { .list(values.map { .text($0) }) }
    static func optional<T>(_ value: T?, _ body: (T) -> JSONValue) -> JSONValue { value.map(body) ?? .null }

    /// As text; lists and objects of plain values on one line.
    func rendered(indent: String = "") -> String {
        switch self {
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .number(let value, let decimals): return value.isFinite ? value.fixed(decimals) : "null"
        case .text(let value): return Self.quoted(value)
        case .list(let values):
            if values.allSatisfy(\.isPlain) { return "[" + values.map { $0.rendered() }.joined(separator: ", ") + "]" }
            let inner = values.map { "\(indent)  \($0.rendered(indent: indent + "  "))" }
            return "[\n" + inner.joined(separator: ",\n") + "\n\(indent)]"
        case .object(let entries):
            let inner = entries.map { "\(indent)  \(Self.quoted($0)): \($1.rendered(indent: indent + "  "))" }
            return inner.isEmpty ? "{}" : "{\n" + inner.joined(separator: ",\n") + "\n\(indent)}"
        }
    }

    private var isPlain: Bool {
        switch self {
        case .list, .object: false
        default: true
        }
    }

    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\n": quoted += "\\n"
            case _ where scalar.value < 32:
                let hex = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
