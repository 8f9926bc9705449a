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
            text += exposed(index)
            for finding in step.findings { text += "      lint: \(finding)\n".wrapped }
        }
        return text + "\n" + thinness + risk
    }

    /// How long anything stands in one zone, and databases without their standby, and what no order can be below.
    var thinness: String {
        if let bound { return bound.text }
        func time(_ seconds: Int) -> String { seconds == 0 ? "none" : "up to \(Double(seconds).asTime)" }
        return "Time in a single zone: \(time(secondsInOneZone)).\n"
            + "Time without a synchronous standby: \(time(secondsWithoutStandby)).\n"
    }

    /// What the loss of a zone would take after a step, said once for as long as it stays the same.
    private func exposed(_ index: Int) -> String {
        func exposure(_ index: Int) -> [[String]] {
            steps.indices.contains(index) ? steps[index].exposure.map { [$0.zone.name] + $0.down } : []
        }
        let now = exposure(index).filter { $0.count > 1 }
        guard !now.isEmpty, now != exposure(index - 1).filter({ $0.count > 1 }) else { return "" }
        let end = steps.indices.dropFirst(index).first { exposure($0).filter { $0.count > 1 } != now }
        let until = end.map { "Until step \(number($0)) is done" } ?? "From now on"
        return steps[index].exposure.filter { !$0.down.isEmpty }.map { exposure in
            "      \(until), the loss of \(exposure.zone) would take \(briefly(exposure.down))\n".wrapped
        }.joined()
    }

    /// Names, interface endpoints only counted where there are many.
    func briefly(_ names: [String]) -> String {
        let endpoints = Set((from.interfaceEndpoints + to.interfaceEndpoints).map(\.name))
        let many = names.filter(endpoints.contains)
        guard many.count > 2 else { return names.joined(separator: ", ") }
        return (names.filter { !endpoints.contains($0) } + ["\(many.count) interface endpoints"])
            .joined(separator: ", ")
    }

    /// The time for which the loss of one zone could take something down, in seconds, from the shortest to the longest.
    public var secondsExposed: ClosedRange<Double> {
        var (short, long) = (0.0, 0.0)
        for index in steps.indices {
            let isExposed = [index - 1, index].contains { place in
                steps.indices.contains(place) && steps[place].exposure.contains { !$0.down.isEmpty }
            }
            guard isExposed else { continue }
            short += steps[index].duration.shortest.inSeconds
            long += steps[index].duration.longest.inSeconds
        }
        return short...long
    }

    var risk: String {
        guard secondsExposed.upperBound > 0 else { return "" }
        let timings = OutageTimings()
        let chance = SecondFailure(zones: 2, timings: timings).chance(within: secondsExposed.upperBound)
        return "\nIn all, the loss of the one zone that carries would take something down for "
            + "\(secondsExposed.lowerBound.asTime) to \(secondsExposed.upperBound.asTime);\n"
            + "at \(timings.zoneFailuresPerYear.fixed(1)) losses per zone and year (assumed) the chance of that is "
            + "up to \(chance.percent).\n"
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
