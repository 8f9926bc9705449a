internal import Lighting

/// Rows below headings, each column as wide as it must be and no wider than the terminal allows.
struct Table {
    /// What stands in one place.
    struct Cell: Sendable, ExpressibleByStringInterpolation {
        let text: String
        let style: Style

        init(_ text: String, _ style: Style = .plain) {
            self.text = Printable.text(text)
            self.style = style
        }

        init(stringLiteral text: String) { self.init(text) }
    }

    private static let gap = 2
    /// No column is cut below this: half a time of day is worth nothing.
    private static let narrowest = 12

    let headings: [String]
    private(set) var rows: [[Cell]] = []

    init(_ headings: [String]) { self.headings = headings }

    /// Adds a row of as many cells as there are headings.
    mutating func add(_ row: [Cell]) { rows.append(row) }

    /// Writes it to standard output.
    func show() {
        for line in lines(columns: Screen.columns, colourful: Screen.isColourful(1)) { Screen.show(line) }
    }

    /// The lines, cut to fit `columns`.
    func lines(columns: Int?, colourful: Bool) -> [StyledLine] {
        var all = [headings.map { Cell($0, .bold) }] + rows
        // Nothing failed, say: then there is room for the rest.
        if rows.allSatisfy({ $0.last?.text.isEmpty ?? true }), !rows.isEmpty { all = all.map { $0.dropLast() } }
        let natural = all[0].indices.map { column in
            all.map { width(of: $0[column], colourful: colourful) }.max() ?? 0
        }
        var widths = natural
        if let columns {
            widths = Table.fit(natural, into: columns)
            if widths.count < natural.count {
                all = all.enumerated().map { $1.prefix(widths.count) + [Cell($0 == 0 ? "…" : "", .bold)] }
                widths.append(1)
            }
        }
        return all.map { row in
            var line: StyledLine = ""
            for (cell, width) in zip(row, widths) {
                let extra = colourful ? cell.style.extraColumns : 0
                let text = Table.cut(cell.text, to: width - extra)
                line += cell.style.paint(text, if: colourful)
                line += StyledLine(String(repeating: " ", count: max(0, width - extra - text.count) + Table.gap))
            }
            return line.trimmed
        }
    }

    /// As many columns as `columns` have room for, narrower than they would be where they must.
    private static func fit(_ natural: [Int], into columns: Int) -> [Int] {
        var widths = natural
        var room = columns
        while true {
            // The widest gives way first; the first column last, which says what the row is about.
            while total(widths) > room, let place = widest(widths) { widths[place] -= 1 }
            if total(widths) <= room || widths.count == 1 { return widths }
            // Without the last column, and with a sign that there is more.
            widths = natural.prefix(widths.count - 1).map { $0 }
            room = columns - gap - 1
        }
    }

    private static func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + gap * (widths.count - 1) }

    /// The column that gives way next; nil where all are as narrow as they may be.
    private static func widest(_ widths: [Int]) -> Int? {
        let wide = widths.indices.filter { widths[$0] > narrowest }
        return wide.filter { $0 > 0 }.max { widths[$0] < widths[$1] } ?? wide.first
    }

    private func width(of cell: Cell, colourful: Bool) -> Int {
        cell.text.isEmpty ? 0 : cell.text.count + (colourful ? cell.style.extraColumns : 0)
    }

    private static func cut(_ text: String, to width: Int) -> String {
        text.count <= width ? text : String(text.prefix(max(0, width - 1))) + "…"
    }
}

extension Table.Cell {
    /// A colour's name, with a dot of it where there are colours.
    static func colour(_ text: String?) -> Table.Cell {
        guard let text else { return "" }
        return Table.Cell(text, Colour(text: text).map { .swatch($0) } ?? .plain)
    }
}
