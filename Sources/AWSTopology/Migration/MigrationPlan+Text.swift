extension MigrationPlan {
    /// The plan for a terminal.
    public var text: String {
        var text = "\(from.name): from \(Self.zones(from)) to \(Self.zones(to)), \(steps.count) steps, "
        text += "\(seconds.lowerBound.asTime) to \(seconds.upperBound.asTime)\n\n"
        if steps.isEmpty { return text + "There is nothing to do.\n" }
        text += "Subnets\n" + TextTable.rendered(moveRows) + "\n"
        let conflicts = oneStep.conflicts
        if conflicts.isEmpty {
            text += "One update of the stack would do as well: nothing would be in its way.\n\n"
        } else {
            text += "As one update of the stack it would fail, and roll back: \(conflicts.count) conflicts\n"
            text += TextTable.rendered(conflicts.map { [$0.kind.rawValue, $0.description] }) + "\n"
        }
        text += "Steps\n"
        for (index, step) in steps.enumerated() {
            text += "  \(number(index))  \(step.title)  (\(step.duration.briefly))\n"
            text += "      \(step.why)\n".wrapped
            if let interruption = step.interruption { text += "      INTERRUPTION: \(interruption)\n" }
            for exposure in step.exposure where !exposure.down.isEmpty {
                text +=
                    "      Meanwhile the loss of \(exposure.zone) would take \(exposure.down.joined(separator: ", "))\n"
                    .wrapped
            }
            for finding in step.findings { text += "      lint: \(finding)\n".wrapped }
        }
        return text
    }

    /// `01`
    func number(_ index: Int) -> String { index < 9 ? "0\(index + 1)" : "\(index + 1)" }

    static func zones(_ topology: Topology) -> String {
        let letters = Set(topology.subnets.compactMap(\.zone)).sorted().map(\.letter)
        return "\(letters.count) zones (\(letters.joined(separator: ", ")))"
    }

    /// The ways of the subnets as a table: by tier, then zone.
    var moveRows: [[String]] {
        let tiers = (to.subnets + from.subnets).compactMap(\.tier)
        let order = Dictionary(tiers.enumerated().map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
        let sorted = moves.sorted {
            (order[$0.tier ?? ""] ?? -1, $0.zone?.name ?? "", $0.subnet)
                < (order[$1.tier ?? ""] ?? -1, $1.zone?.name ?? "", $1.subnet)
        }
        var rows = [["subnet", "zone", "from", "through", "to", "usable"]]
        for move in sorted {
            let blocks = move.networks.map { $0?.description ?? "–" }
            let middle = blocks.dropFirst().dropLast().filter { $0 != "–" }
            rows.append([
                move.subnet, move.zone?.letter ?? "?", blocks.first ?? "–", middle.joined(separator: " "),
                blocks.last ?? "–", (move.networks.last ?? nil).map { "\($0.usable)" } ?? "",
            ])
        }
        return rows
    }
}

extension TimeSpread {
    /// `5–30 min`
    var briefly: String {
        let (a, b) = (shortest.inSeconds, longest.inSeconds)
        return b <= 5400 && a >= 60 ? "\((a / 60).fixed(0))–\((b / 60).fixed(0)) min" : "\(a.asTime) to \(b.asTime)"
    }
}
