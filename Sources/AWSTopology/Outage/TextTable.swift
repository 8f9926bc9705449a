/// A table of text: columns as wide as their widest cell, two spaces between.
enum TextTable {
    /// The rows, the first of them the heading, each line indented by `indent`.
    static func rendered(_ rows: [[String]], indent: String = "  ") -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.indices.map { $0 == row.count - 1 ? row[$0] : row[$0].padded(to: widths[$0]) }
            return (indent + cells.joined(separator: "  ")).trimmingTrailingSpaces + "\n"
        }.joined()
    }
}
