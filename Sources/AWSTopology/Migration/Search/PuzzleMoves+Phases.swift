extension MigrationPuzzle {
    /// The blocks of all subnets after each of the one or two updates that give some of them other blocks: what is new is
    /// made before what is old is deleted.
    func phases(_ set: TokenSet, in state: PuzzleState, _ policy: PuzzlePolicy) -> [[IPv4Network?]] {
        if case .to(let block) = policy { return phases(set, to: block, in: state) }
        let indices = set.indices
        let standing = state.blocks.compactMap { $0 }
        let outside = self.tokens.indices.filter { !set.contains($0) }.compactMap { state.blocks[$0] }
        var first = state.blocks
        var made: [IPv4Network] = []
        var late: [Int] = []
        for index in indices {
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
        var finals: [Int] = []
        var stuck: [Int] = []
        for index in late {
            guard let final = tokens[index].to else { continue }
            if (outside + made).contains(where: final.overlaps) {
                stuck.append(index)
            } else {
                finals.append(index)
                first[index] = nil
            }
        }
        let isUsed = used | databaseTokens
        var waiting: [Int] = []
        for index in stuck {
            guard policy == .temporary, isUsed.contains(index) else {
                first[index] = nil
                continue
            }
            if let own = state.blocks[index], own != tokens[index].from {
                // It is at a temporary block already.
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

    /// The same to a block that is said, through none where it shares addresses with the one before.
    private func phases(_ set: TokenSet, to block: IPv4Network?, in state: PuzzleState) -> [[IPv4Network?]] {
        var first = state.blocks
        var second = state.blocks
        for index in set.indices {
            second[index] = block
            let isInPlace = block.map { new in state.blocks[index].map(new.overlaps) ?? false } ?? false
            first[index] = isInPlace ? nil : block
        }
        return first == second ? [first] : [first, second]
    }

    /// A temporary block for a subnet: the last free one, if there is one beside the blocks of the end.
    func temporary(_ index: Int, avoiding taken: [IPv4Network]) -> IPv4Network? {
        let prefix = tokens[index].temporaryPrefix
        let old = tokens[index].from?.prefix ?? prefix
        for avoided in [taken + wanted, taken] {
            for network in networks {
                if let block = RecutSchedule.temporary(prefix, insteadOf: old, in: network, avoiding: avoided, []) {
                    return block
                }
            }
        }
        return nil
    }
}
