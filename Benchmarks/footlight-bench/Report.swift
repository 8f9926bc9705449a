internal import FoundationEssentials

/// All that was measured.
struct Report: Encodable {
    var machine: Machine
    var isQuick: Bool
    var rows: [Row] = []

    init(machine: Machine, isQuick: Bool) {
        self.machine = machine
        self.isQuick = isQuick
    }

    /// Prints it.
    func show(json: Bool) throws {
        if json {
            let encoder = JSONEncoder()
            encoder.nonConformingFloatEncodingStrategy = .convertToString(
                positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(self), as: UTF8.self))
            return
        }
        print(machine.text)
        print("")
        var lines = [["FIGURE", "MEDIAN", "P99", "REFERENCE", "MEDIAN", "P99", "RATIO", "MUST", ""]]
        for row in rows {
            let unit = row.figure.unit
            lines.append([
                row.what, Notes.number(row.figure.median) + " " + unit, Notes.number(row.figure.p99) + " " + unit,
                row.referenceWhat ?? "–",
                row.reference.map { Notes.number($0.median) + " " + $0.unit } ?? "–",
                row.reference.map { Notes.number($0.p99) + " " + $0.unit } ?? "–",
                row.reference == nil ? "–" : Notes.number(row.value) + " (\(row.judged.rawValue))",
                "≤ " + Notes.number(row.limit) + (row.reference == nil ? " " + unit : ""),
                row.isReached ? "reached" : "NOT REACHED",
            ])
        }
        let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        for line in lines {
            let cells = zip(line, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            print(cells.joined(separator: "  "))
        }
        print("")
        for row in rows where !row.notes.isEmpty { print("\(row.what): \(row.notes.joined(separator: "; ")).") }
    }
}
