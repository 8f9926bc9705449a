extension AddressPlan {
    /// The plan as a picture of text: a line for each sixteenth of the VPC, a letter for a zone's addresses, `·` for those
    /// that are spare, a space for those that nobody has.
    public var picture: String {
        let linePrefix = min(32, vpc.prefix + 4)
        let cellPrefix = min(32, linePrefix + 5)
        var lines: [String] = []
        for index in 0..<(1 << (linePrefix - vpc.prefix)) {
            guard let line = vpc.subnet(index, prefix: linePrefix) else { continue }
            var cells = ""
            for cell in 0..<(1 << (cellPrefix - linePrefix)) {
                cells += line.subnet(cell, prefix: cellPrefix).map(letter) ?? " "
            }
            let tier = cuts.first { $0.tier.block.overlaps(line) }?.tier.name ?? ""
            lines.append("\("\(line)".padded(to: 18)) |\(cells)| \(tier)".trimmingTrailingSpaces)
        }
        let used = zoneLetters.prefix(zones).joined(separator: " ")
        return lines.joined(separator: "\n") + "\n\(used): subnet in that zone   ·: spare   blank: unused\n"
    }

    private func letter(of cell: IPv4Network) -> String {
        guard let cut = cuts.first(where: { $0.tier.block.overlaps(cell) }) else { return " " }
        if let zone = cut.subnets.firstIndex(where: { $0.overlaps(cell) }) { return zoneLetters[zone] }
        return "·"
    }
}
