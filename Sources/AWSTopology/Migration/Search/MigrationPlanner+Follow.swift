extension MigrationPlanner {
    /// The time that a failover takes, and the reboot before it.
    static let failoverDuration = TimeSpread(.seconds(60), likeliest: .seconds(180), .seconds(300))

    /// A zone in a title: its letter, or its whole name where that doesn't end in one.
    func label(_ zone: AvailabilityZone) -> String {
        zone.name.last?.isLetter == true ? zone.letter.uppercased() : zone.name
    }

    func labels(_ zones: [AvailabilityZone]) -> String {
        let names = zones.map(label)
        return names.count < 2
            ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
    }

    /// Adds a step of the search to the plan.
    mutating func follow(
        _ step: PuzzleStep, from state: PuzzleState, in puzzle: MigrationPuzzle
    ) throws(MigrationRefusal) {
        switch step.action {
        case .failover(let index, let zone):
            place(step.state, in: puzzle)
            command(failingOver: puzzle.databases[index].reference, outOf: puzzle.zones[zone])
        case .users: try followUsers(step, from: state, in: puzzle)
        case .gateways:
            let next = topology(for: step.state, in: puzzle)
            let gone = current.natGateways.filter { next[$0.reference] == nil }
            let zones = puzzle.zones(of: step.state.closed - state.closed)
            try update(
                to: next,
                "\(gone.map(\.name).joined(separator: ", ")) in zone \(labels(zones)) "
                    + (gone.count == 1 ? "goes; its routes lead" : "go; their routes lead") + " to another zone's",
                "A NAT gateway holds its subnet, and its address can't be bound twice; the address stays allocated.",
                kind: .gateways, emptied: names(step.state.closed, puzzle))
        case .subnets: try followSubnets(step, from: state, in: puzzle)
        case .drop(let databases, let zone):
            place(step.state, in: puzzle)
            try update(
                to: topology(for: step.state, in: puzzle),
                "\(names(of: databases, puzzle)) \(databases.count == 1 ? "drops" : "drop") Multi-AZ, the standby in "
                    + "zone \(label(puzzle.zones[zone]))",
                "A standby lies in the subnet that is to go.", kind: .standby(making: false))
        case .make(let databases):
            place(step.state, in: puzzle)
            let zones = Set(databases.compactMap { step.state.places[$0].standby }).sorted().map { puzzle.zones[$0] }
            let gone = state.present - step.state.present
            try update(
                to: topology(for: step.state, in: puzzle),
                "\(names(of: databases, puzzle)) \(databases.count == 1 ? "is" : "are") Multi-AZ"
                    + (databases.allSatisfy { puzzle.databases[$0].multiAZ } ? " again" : "")
                    + ", with a standby in zone \(labels(zones))"
                    + (gone.isEmpty ? "" : "; zone \(labels(puzzle.zones(of: gone)))'s subnets are removed"),
                "A new standby is made in zone \(labels(zones)), and catches up.", kind: .standby(making: true),
                emptied: names(gone, puzzle))
        }
    }

    private mutating func followUsers(
        _ step: PuzzleStep, from state: PuzzleState, in puzzle: MigrationPuzzle
    ) throws(MigrationRefusal) {
        let next = topology(for: step.state, in: puzzle)
        let left = puzzle.zones(of: state.joined - step.state.joined)
        let joined = puzzle.zones(of: step.state.joined - state.joined)
        let isEnd = puzzle.isEnd(step.state)
        var title = ""
        var why = ""
        if left.isEmpty {
            let all = isEnd ? puzzle.zones(of: step.state.joined) : joined
            let isBack = !isEnd && all.allSatisfy { zone in from.subnets.contains { $0.zone == zone } }
            title =
                moving(to: next, isBack ? "return" : "spread", isBack ? "returns" : "spreads")
                + (isEnd ? " over zones " : " to zone ") + labels(all)
            why =
                isEnd
                ? "From now on the loss of one zone leaves \(max(0, all.count - 1))."
                : "Before another zone is left, this one carries."
        } else {
            title = moving(to: next, "leave", "leaves") + " zone \(labels(left))"
            if !joined.isEmpty { title += ", and are in zone \(labels(joined))" }
            why = "A subnet can be replaced only when no interface is in it."
        }
        let emptied = names(state.joined - step.state.joined, puzzle)
        try update(to: next, title, why, kind: .users(joining: left.isEmpty), emptied: emptied)
    }

    private mutating func followSubnets(
        _ step: PuzzleStep, from state: PuzzleState, in puzzle: MigrationPuzzle
    ) throws(MigrationRefusal) {
        let changed = TokenSet(puzzle.tokens.indices.filter { state.blocks[$0] != step.state.blocks[$0] })
        let (made, gone) = (changed - state.present, changed - step.state.present)
        let replaced = changed - made - gone
        // Of a zone of which some are replaced, what is new needs no word of its own.
        let parts =
            puzzle.zones(of: changed) == puzzle.zones(of: replaced) && gone.isEmpty
            ? [("replace", changed)]
            : [("add", made), ("remove", gone), ("replace", replaced)].filter { !$0.1.isEmpty }
        let temporary = changed.contains { index in
            let block = step.state.blocks[index]
            return block != nil && block != puzzle.tokens[index].to
        }
        var title = parts.map { verb, set in "\(verb) zone \(labels(puzzle.zones(of: set)))'s subnets" }
            .joined(separator: ", ").capitalizedFirst
        let isOfDatabases = changed - puzzle.databaseTokens == TokenSet()
        if isOfDatabases { title = "Database: \(title.lowercasedFirst), update the subnet group" }
        if temporary { title += ": at temporary ranges" }
        let why = changed.map { index in
            let (now, next) = (state.blocks[index], step.state.blocks[index])
            let name = puzzle.tokens[index].name
            let id = from.ids[name].map { " (\($0))" } ?? ""
            return "\(name)\(id) \(now?.description ?? "new") → \(next?.description ?? "gone")"
        }
        try update(
            to: topology(for: step.state, in: puzzle), title, why.joined(separator: ", ") + ".", kind: .subnets,
            emptied: names(changed & state.present, puzzle))
    }

    private func names(_ set: TokenSet, _ puzzle: MigrationPuzzle) -> Set<String> {
        Set(set.map { puzzle.tokens[$0].name })
    }

    private func names(of databases: [Int], _ puzzle: MigrationPuzzle) -> String {
        databases.map { puzzle.databases[$0].reference.name }.joined(separator: ", ")
    }

    /// Notes where databases lie now.
    private mutating func place(_ state: PuzzleState, in puzzle: MigrationPuzzle) {
        for (index, database) in puzzle.databases.enumerated() {
            guard let at = placements.firstIndex(where: { $0.database == database.reference }) else { continue }
            placements[at].primary = puzzle.zones[state.places[index].primary]
            placements[at].standby = state.places[index].standby.map { puzzle.zones[$0] }
        }
    }
}

extension MigrationPuzzle {
    /// The zones of some subnets, in order.
    func zones(of set: TokenSet) -> [AvailabilityZone] {
        Set(set.map { tokens[$0].zone }).sorted().map { zones[$0] }
    }
}
