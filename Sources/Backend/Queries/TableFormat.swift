/// How rows are written down.
enum TableFormat: String, Sendable, CaseIterable {
    /// One JSON object: the rows, and where the next ones begin.
    case json
    /// A line of JSON each, all with the same fields.
    case ndjson
    /// Comma-separated values, with the columns' names in the first line.
    ///
    /// - Source: RFC 4180.
    case csv

    /// The media type.
    var type: String {
        switch self {
        case .json: "application/json"
        case .ndjson: "application/x-ndjson"
        case .csv: "text/csv; charset=utf-8; header=present"
        }
    }

    /// The bytes of a page of rows.
    func bytes<Row>(_ page: TablePage<Row>) -> [UInt8] {
        let names = Row.columns.map(\.name)
        var text = ""
        switch self {
        case .json:
            text += #"{"next":"#
            TableFormat.append(json: page.next.map { .text($0.description) } ?? .null, to: &text)
            text += #","rows":["#
            for (index, row) in page.rows.enumerated() {
                if index > 0 { text += "," }
                TableFormat.append(object: row.cells, names, to: &text)
            }
            text += "]}"
        case .ndjson:
            for row in page.rows {
                TableFormat.append(object: row.cells, names, to: &text)
                text += "\n"
            }
        case .csv:
            text += names.joined(separator: ",") + "\r\n"
            for row in page.rows {
                for (index, cell) in row.cells.enumerated() {
                    if index > 0 { text += "," }
                    TableFormat.append(csv: cell, to: &text)
                }
                text += "\r\n"
            }
        }
        return Array(text.utf8)
    }

    /// A row as a JSON object.
    static func object<Row: TableRow>(_ row: Row) -> [UInt8] {
        var text = ""
        append(object: row.cells, Row.columns.map(\.name), to: &text)
        return Array(text.utf8)
    }

    private static func append(object cells: [StoreQuery.Value], _ names: [String], to text: inout String) {
        text += "{"
        for (index, (name, cell)) in zip(names, cells).enumerated() {
            text += index > 0 ? ",\"\(name)\":" : "\"\(name)\":"
            append(json: cell, to: &text)
        }
        text += "}"
    }

    static func append(json value: StoreQuery.Value, to text: inout String) {
        switch value {
        case .integer(let number): text += "\(number)"
        case .null: text += "null"
        case .text(let string):
            text += "\""
            for scalar in string.unicodeScalars {
                switch scalar {
                case "\"": text += "\\\""
                case "\\": text += "\\\\"
                case "\n": text += "\\n"
                case "\u{0}"..<" ", "\u{2028}", "\u{2029}":
                    let digits = String(scalar.value, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                default: text.unicodeScalars.append(scalar)
                }
            }
            text += "\""
        }
    }

    /// A spreadsheet takes a text that begins so for a formula, and what a record says is anybody's.
    ///
    /// - Source: OWASP, CSV Injection.
    private static let formulaMarks: Set<Character> = ["=", "+", "-", "@", "\t", "\r", "\r\n"]

    private static func append(csv value: StoreQuery.Value, to text: inout String) {
        switch value {
        case .integer(let number): text += "\(number)"
        case .null: break
        case .text(var string):
            if let first = string.first, formulaMarks.contains(first) { string = "'" + string }
            let isPlain = string.utf8.allSatisfy { ![0x22, 0x2c, 0x0a, 0x0d].contains($0) }
            text += isPlain ? string : "\"" + string.replacing("\"", with: "\"\"") + "\""
        }
    }
}
