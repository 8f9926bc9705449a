/// Shares (0…1) over time as a picture of text: a character for each curve, `*` where two meet.
struct TextPlot {
    /// A curve: a value for each column.
    struct Curve {
        var mark: Character
        var values: [Double]
    }

    var curves: [Curve]
    /// What stands below, from the left edge to the right.
    var axis: [String]

    /// Eleven rows, from 100 % to 0 %.
    var rendered: String {
        let columns = curves.map(\.values.count).max() ?? 0
        var cells = [[Character]](repeating: [Character](repeating: " ", count: columns), count: 11)
        for curve in curves {
            for (column, value) in curve.values.enumerated() {
                let row = 10 - Int((min(1, max(0, value)) * 10).rounded())
                cells[row][column] = cells[row][column] == " " ? curve.mark : "*"
            }
        }
        var text = ""
        for (row, line) in cells.enumerated() {
            let label = String("\(100 - row * 10) %".reversed()).padded(to: 6)
            text += "\(String(label.reversed())) |\(String(line))".trimmingTrailingSpaces + "\n"
        }
        text += "       +" + String(repeating: "-", count: columns) + "\n        "
        let step = axis.count > 1 ? columns / (axis.count - 1) : columns
        return text + axis.map { $0.padded(to: step) }.joined().trimmingTrailingSpaces + "\n"
    }

    /// `values` at as many columns, the nearest earlier one each.
    static func sampled(_ values: [Double], upTo count: Int, columns: Int) -> [Double] {
        guard let last = values.last, columns > 1 else { return [] }
        return (0..<columns).map { column in
            let index = column * (count - 1) / (columns - 1)
            return index < values.count ? values[index] : last
        }
    }
}
