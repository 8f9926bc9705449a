/// Columns of text, each as wide as its widest; all but the first aligned to the right.
struct AlignedTable: Sendable {
    private var rows: [[String]]

    init(_ heads: [String]) { rows = [heads] }

    mutating func add(_ row: [String]) { rows.append(row) }

    /// The lines, without spaces at their ends.
    var lines: [String] {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let space = String(repeating: " ", count: widths[column] - cell.count)
                line += column == 0 ? cell + space : "  " + space + cell
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
    }
}
