extension MigrationPuzzle {
    /// The blocks of all subnets after each of the one or two updates that give some of them other blocks: what is new is
    /// made before what is old is deleted.
    func phases(_ set: TokenSet, in state: PuzzleState, _ policy: PuzzlePolicy) -> [[IPv4Network?]] {
        if case .to(let block) = policy { return phases(set, to: block, in: state) }
        let standing = state.blocks.compactMap { $0 }
        let outside = self.tokens.indices.filter { !set.contains($0) }.compactMap { state.blocks[$0] }
        var first = state.blocks
        var made: [IPv4Network] = []
        var late: [Int] = []
        // What goes in the end may stand in for others meanwhile.
        let standIns = set.filter { policy == .temporary && isStandIn($0, in: state) }
        for index in set where !standIns.contains(index) {
            guard let final = tokens[index].to else {
                first[index] = nil
                continue
            }
            if final == state.blocks[index] { continue }
            if !(standing + made).contains(where: final.overlaps) {
                first[index] = final
                made.append(final)
            } else {
                late.append(index)
            }
        }
        let (finals, stuck) = sorted(late, standIns, beside: outside + made, in: state, policy)
        for index in finals { first[index] = nil }
        let isUsed = used | databaseTokens
        var waiting: [Int] = []
        for index in stuck {
            guard policy == .temporary, isUsed.contains(index) else {
                first[index] = nil
                continue
            }
            if isTemporary(index, in: state), let own = state.blocks[index] {
                made.append(own)
            } else if let block = temporary(index, avoiding: standing + made + finals.compactMap { tokens[$0].to }) {
                first[index] = block
                made.append(block)
            } else {
                waiting.append(index)
                first[index] = nil
            }
        }
        var second = first
        for index in finals { second[index] = tokens[index].to }
        for index in waiting {
            second[index] = temporary(index, avoiding: second.compactMap { $0 })
        }
        return [first, second].reduce(into: []) { phases, blocks in
            if blocks != (phases.last ?? state.blocks) { phases.append(blocks) }
        }
    }

    /// Those that can have their final blocks once all of them are out of the way, and those that can't: what is at a
    /// temporary block stays there, and may be in the way itself.
    private func sorted(
        _ late: [Int], _ standIns: [Int], beside others: [IPv4Network], in state: PuzzleState, _ policy: PuzzlePolicy
    ) -> (finals: [Int], stuck: [Int]) {
        var stuck = standIns
        var finals = late
        while true {
            let staying = stuck.filter { policy == .temporary && isTemporary($0, in: state) }
                .compactMap { state.blocks[$0] }
            let blocked = finals.filter { index in
                tokens[index].to.map { final in (others + staying).contains(where: final.overlaps) } ?? false
            }
            if blocked.isEmpty { return (finals, stuck) }
            stuck += blocked
            finals.removeAll(where: blocked.contains)
        }
    }

    /// Whether a subnet that isn't there in the end may be of use at another block until then.
    func isStandIn(_ index: Int, in state: PuzzleState) -> Bool {
        tokens[index].to == nil && state.blocks[index] != nil && used.contains(index)
    }

    /// Whether a subnet is at a block that it has neither before nor in the end.
    private func isTemporary(_ index: Int, in state: PuzzleState) -> Bool {
        let isHeld = used.contains(index) || databaseTokens.contains(index)
        return isHeld && state.blocks[index] != nil && state.blocks[index] != tokens[index].from
            && state.blocks[index] != tokens[index].to
    }

    /// The same to a block that is said, through none where it shares addresses with the one before.
    private func phases(_ set: TokenSet, to block: IPv4Network?, in state: PuzzleState) -> [[IPv4Network?]] {
        var first = state.blocks
        var second = state.blocks
        for index in set {
            second[index] = block
            let isInPlace = block.map { new in state.blocks[index].map(new.overlaps) ?? false } ?? false
            first[index] = isInPlace ? nil : block
        }
        return first == second ? [first] : [first, second]
    }

    /// A temporary block for a subnet: the last free one, if there is one beside the blocks of the end.
    func temporary(_ index: Int, avoiding taken: [IPv4Network]) -> IPv4Network? {
        let prefix = tokens[index].temporaryPrefix
        for avoided in [taken + wanted, taken] {
            for network in networks where network.prefix <= prefix {
                if let block = Self.lastFree(prefix, in: network, avoiding: avoided) { return block }
            }
        }
        return nil
    }

    /// The last place of a size in a network that shares no address with some blocks.
    static func lastFree(_ prefix: Int, in network: IPv4Network, avoiding taken: [IPv4Network]) -> IPv4Network? {
        let size = 1 << (32 - prefix)
        var low = Int(network.last.bits) - size + 1
        while low >= Int(network.first.bits) {
            let place = IPv4Network(containing: IPv4Address(bits: UInt32(low)), prefix: prefix)
            guard let other = taken.first(where: place.overlaps) else { return place }
            // On to below what is in the way.
            low = min(low, (Int(other.first.bits) / size) * size) - size
        }
        return nil
    }
}
