extension MigrationPlanner {
    /// Plans by the best order that is found.
    mutating func search() throws(MigrationRefusal) -> MigrationBound {
        try checkMovable()
        let puzzle = MigrationPuzzle(from: from, to: to)
        guard puzzle.tokens.count <= TokenSet.capacity else {
            throw MigrationRefusal(
                .tooLarge, from.name, "\(puzzle.tokens.count) subnets are more than are searched through",
                "leave those out that don't change (up to \(TokenSet.capacity)), or plan with --order reference")
        }
        try checkZones(puzzle)
        let start = puzzle.start(placements)
        let way: MigrationSearch.Way
        if let found = MigrationSearch(puzzle: puzzle).way(from: start) {
            way = found
        } else {
            way = try wayByBlocks(puzzle, start)
        }
        var state = start
        for step in way.steps {
            try follow(step, from: state, in: puzzle)
            state = step.state
        }
        try settle()
        let search = MigrationSearch(puzzle: puzzle)
        return MigrationBound(
            secondsInOneZone: way.cost.inOneZone,
            leastInOneZone: way.cost.inOneZone == 0 ? 0 : min(way.cost.inOneZone, leastInOneZone(puzzle)),
            secondsWithoutStandby: way.cost.withoutStandby,
            leastWithoutStandby: search.rest(of: start).withoutStandby, isBest: way.isBest, states: way.states)
    }

    private func wayByBlocks(
        _ puzzle: MigrationPuzzle, _ start: PuzzleState
    ) throws(MigrationRefusal) -> MigrationSearch.Way {
        let outcome = BlockSearch(puzzle).run()
        switch outcome {
        case .way(let moves, let arrangements):
            if var way = puzzle.steps(of: moves, from: start) {
                way.states = arrangements
                return way
            }
            throw noSpareRange(nil)
        case .unknown(let arrangements):
            throw MigrationRefusal(
                .noSpareRange, "VPC", "no way was found among the first \(arrangements) arrangements of its subnets",
                "free a block that neither topology uses, or add a secondary block to the VPC")
        case .none(let arrangements, let stuck, let by):
            throw MigrationRefusal(
                stuck.map { index in
                    let token = puzzle.tokens[index]
                    let others = stuck.filter { $0 != index } + by
                    let inWay = others.filter { other in
                        let blocks = [puzzle.tokens[other].from, puzzle.tokens[other].to].compactMap { $0 }
                        return token.to.map { final in blocks.contains(where: final.overlaps) } ?? false
                    }
                    let names = inWay.map { puzzle.tokens[$0].name }.joined(separator: ", ")
                    return MigrationRefusal.Reason(
                        code: .noSpareRange, resource: token.name,
                        message: "no spare addresses on the way from \(token.from?.description ?? "nothing") to "
                            + "\(token.to?.description ?? "nothing")"
                            + (names.isEmpty ? "" : ", where \(names) stand\(inWay.count == 1 ? "s" : "")")
                            + "; all \(arrangements) arrangements that can be reached were looked at",
                        remedy: "free a block that neither topology uses, or add a secondary block to the VPC")
                })
        }
    }

    /// Refuses what would be left with fewer zones than it wants whatever the order, for it has no other zone in either
    /// topology.
    private func checkZones(_ puzzle: MigrationPuzzle) throws(MigrationRefusal) {
        var reasons: [MigrationRefusal.Reason] = []
        func refuse(_ name: String, _ message: String, _ remedy: String) {
            guard !reasons.contains(where: { $0.resource == name }) else { return }
            reasons.append(
                MigrationRefusal.Reason(code: .noZone, resource: name, message: message, remedy: remedy))
        }
        for (index, token) in puzzle.tokens.enumerated() where token.from != nil && token.from != token.to {
            let zone = label(puzzle.zones[token.zone])
            for user in puzzle.users where user.tokens.contains(index) {
                var rest = user.tokens
                rest.remove(index)
                let left = puzzle.zoneCount(rest)
                guard left < user.least else { continue }
                for name in user.names {
                    refuse(
                        name,
                        user.least == 2
                            ? "an application load balancer spans two zones, and would be left with one while zone "
                                + "\(zone) is re-cut"
                            : "it would be left without a zone while \(token.name) in zone \(zone) is re-cut",
                        user.least == 2
                            ? "give it a third zone in the new topology"
                            : "give it subnets in more zones, in the new topology")
                }
            }
            let gateways = puzzle.gatewaysBefore | puzzle.gatewaysAfter
            if puzzle.gatewaysBefore.contains(index), gateways.count == 1, !puzzle.hasRegionalGateway {
                refuse(
                    from.natGateways.first { $0.subnet.name == token.name }?.name ?? token.name,
                    "it is the only way out while \(token.name) in zone \(zone) is re-cut",
                    "give another zone a NAT gateway (natGateways: perZone)")
            }
            for (place, group) in puzzle.groups.enumerated() where group.contains(index) {
                guard puzzle.zoneCount(group) < 2 else { continue }
                refuse(
                    from.databaseSubnetGroups[place].name,
                    "a database subnet group spans two zones, and has zone \(zone) alone",
                    "add a subnet in another zone to the group")
            }
        }
        if !reasons.isEmpty { throw MigrationRefusal(reasons) }
    }

    /// The time in a single zone that no order can be below: none where all subnets can be moved while whatever spans zones
    /// keeps two; otherwise one of them is left, changed and returned to at least once.
    private func leastInOneZone(_ puzzle: MigrationPuzzle) -> Int {
        guard case .none = BlockSearch(puzzle, spread: 2).run() else { return 0 }
        let kinds: [Kind] = [.users(joining: false), .subnets, .users(joining: true)]
        return Int(kinds.reduce(0.0) { $0 + $1.duration.longest.inSeconds })
    }
}
