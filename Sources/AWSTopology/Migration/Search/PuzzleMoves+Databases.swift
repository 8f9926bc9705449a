extension MigrationPuzzle {
    /// A zone's database subnets get other blocks; databases leave them by failover, and lose their standby there for no
    /// longer than it takes.
    func databaseMove(
        _ state: PuzzleState, _ set: TokenSet, zone: Int, _ policy: PuzzlePolicy
    ) -> PuzzleMove? {
        var move = PuzzleMove(from: state)
        let affected = databases.indices.filter { index in
            let tokens = groups[databases[index].group] & set & state.present
            return !tokens.isEmpty && [state.places[index].primary, state.places[index].standby].contains(zone)
        }
        for index in affected where state.places[index].primary == zone {
            guard failOver(index, outOf: zone, &move) else { return nil }
        }
        let dropped = affected.filter { move.state.places[$0].standby == zone }
        guard let phases = databasePhases(set, in: state, policy) else { return nil }
        let touched = TokenSet(set.filter { index in phases.contains { $0[index] != state.blocks[index] } })
        guard !touched.isEmpty, leave(touched, &move) else { return nil }
        if !dropped.isEmpty {
            move.add(.drop(databases: dropped, zone: zone), in: self) { state in
                for index in dropped { state.places[index].standby = nil }
            }
        }
        let made = dropped.filter { databases[$0].multiAZ }
        // The subnets go with the new standby only where that is elsewhere.
        let isElsewhere =
            phases.count == 1 && !made.isEmpty
            && phases[0].indices.allSatisfy { index in
                !set.contains(index) || phases[0][index] == nil
            }
        if !isElsewhere {
            for phase in phases { move.add(.subnets, in: self) { $0.blocks = phase } }
        }
        guard !made.isEmpty else { return move }
        var next = move.state
        if isElsewhere { next.blocks = phases[0] }
        for index in made {
            guard let standby = standbyZone(index, preferring: zone, in: next) else { return nil }
            next.places[index].standby = standby
        }
        move.add(.make(databases: made), in: self) { $0 = next }
        return move
    }

    /// Takes a primary out of a zone; one without a standby gets one first.
    private func failOver(_ index: Int, outOf zone: Int, _ move: inout PuzzleMove) -> Bool {
        if move.state.places[index].standby == nil {
            guard let other = standbyZone(index, preferring: nil, in: move.state) else { return false }
            move.add(.make(databases: [index]), in: self) { $0.places[index].standby = other }
        }
        move.add(.failover(database: index, zone: zone), in: self) { state in
            let place = state.places[index]
            state.places[index] = PuzzleState.Place(primary: place.standby ?? place.primary, standby: place.primary)
        }
        return true
    }

    /// The zone that a new standby is taken to lie in: the preferred one where the group has it, else the group's first.
    private func standbyZone(_ index: Int, preferring zone: Int?, in state: PuzzleState) -> Int? {
        let bits = zoneBits(groups[databases[index].group] & state.present)
        let free = zones.indices.filter { bits & (1 << UInt64($0)) != 0 && $0 != state.places[index].primary }
        return free.first { $0 == zone } ?? free.first
    }

    /// One subnet replaced by another at once; nil where their blocks share addresses.
    private func replaced(_ set: TokenSet, by block: IPv4Network?, in state: PuzzleState) -> [[IPv4Network?]]? {
        var blocks = state.blocks
        for index in set {
            guard let block, !(state.blocks[index].map(block.overlaps) ?? false) else { return nil }
            blocks[index] = block
        }
        return [blocks]
    }

    /// The blocks after each update; nil where there is no way. A group spans two zones at all times, so that a subnet of
    /// one over two is replaced by another at once, if need be through a temporary block.
    private func databasePhases(
        _ set: TokenSet, in state: PuzzleState, _ policy: PuzzlePolicy
    ) -> [[IPv4Network?]]? {
        let isWide = groups.allSatisfy { group in
            (group & set & state.present).isEmpty || zoneCount((group & state.present) - set) >= 2
        }
        if isWide {
            guard policy == .absent else {
                let phases = phases(set, in: state, policy)
                return phases.isEmpty ? nil : phases
            }
            // All of them go, and come back later.
            var blocks = state.blocks
            for index in set { blocks[index] = nil }
            return blocks == state.blocks ? nil : [blocks]
        }
        guard policy != .absent else { return nil }
        if case .to(let block) = policy { return replaced(set, by: block, in: state) }
        let outside = tokens.indices.filter { !set.contains($0) }.compactMap { state.blocks[$0] }
        var first = state.blocks
        var isLast = true
        var made: [IPv4Network] = []
        let standing = state.blocks.compactMap { $0 }
        for index in set {
            guard let final = tokens[index].to else { return nil }
            if !(standing + made).contains(where: final.overlaps) {
                first[index] = final
            } else {
                let isBlocked = (outside + made).contains(where: final.overlaps)
                if isBlocked, policy != .temporary { return nil }
                guard let block = temporary(index, avoiding: standing + made + [final]) else { return nil }
                first[index] = block
                if !isBlocked { isLast = false }
            }
            if let block = first[index] { made.append(block) }
        }
        guard !isLast else { return first == state.blocks ? nil : [first] }
        var second = first
        for index in set {
            guard let final = tokens[index].to else { return nil }
            // What is new stands beside all that stands before.
            let there = first.compactMap { $0 }.filter { $0 != final } + second.compactMap { $0 }.filter { $0 != final }
            if !there.contains(where: final.overlaps) {
                second[index] = final
            }
        }
        return second == first ? [first] : [first, second]
    }
}
