extension AddressPlan {
    /// The plan as a table of text: a row for each tier, a column for each zone, the spare ones and the rest.
    public var table: String {
        let letters = zoneLetters
        var rows: [[String]] = [
            ["tier", "block"] + letters.prefix(zones).map { "zone \($0)" }
                + letters.dropFirst(zones).map { "spare \($0)" }
                + ["usable", "left over"]
        ]
        for cut in cuts {
            rows.append(
                [cut.tier.name, "\(cut.tier.block)"] + (cut.subnets + cut.spares).map(\.description)
                    + ["\(cut.usable)", cut.remainder.map(\.description).joined(separator: " ")])
        }
        let free = unused.map(\.description).joined(separator: " ")
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            row.indices.map { $0 == row.count - 1 ? row[$0] : row[$0].padded(to: widths[$0]) }
                .joined(separator: "  ").trimmingTrailingSpaces
        }
        return lines.joined(separator: "\n") + "\nunused: \(free.isEmpty ? "nothing" : free)"
            + "\nusable: what instances can have in the zones in use; AWS keeps five addresses of each subnet\n"
    }

    /// A letter for each zone in use, then for each spare one.
    public var zoneLetters: [String] { "abcdefghijkl".prefix(zones + spareZones).map(String.init) }
}

extension String {
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    var trimmingTrailingSpaces: String { String(reversed().drop { $0 == " " }.reversed()) }
}
