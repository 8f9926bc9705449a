/// A search through every arrangement of blocks that can be reached by moving one subnet at a time, for where no order of
/// whole zones leads to the end: it finds a way, or proves that there is none.
struct BlockSearch {
    /// A subnet's new block; nil for going.
    struct Move: Hashable {
        var token: Int
        var block: IPv4Network?
    }

    /// What came of it.
    enum Outcome: Hashable {
        /// A way, subnet by subnet.
        case way([Move], arrangements: Int)
        /// None: all arrangements were looked at, and in none of them these subnets could have their final blocks, for
        /// those others stood there.
        case none(arrangements: Int, stuck: [Int], by: [Int])
        /// Too many arrangements to look at all.
        case unknown(arrangements: Int)
    }

    let puzzle: MigrationPuzzle
    /// How many zones each user must have at least meanwhile.
    private let floors: [Int]
    /// Subnets that somebody is in, so that they aren't simply taken away.
    private let held: [Int]
    private let regions: [IPv4Network]
    var limit = 20_000

    /// - Parameter spread: How many zones what spans zones is to have left at least.
    init(_ puzzle: MigrationPuzzle, spread: Int = 1) {
        self.puzzle = puzzle
        floors = puzzle.users.map { max($0.least, $0.isSpread ? spread : 1) }
        let held = puzzle.used | puzzle.databaseTokens | puzzle.gatewaysBefore | puzzle.gatewaysAfter
        self.held = Array(held)
        regions = Self.regions(of: puzzle)
    }

    /// The VPC cut so that no block of before or of the end is a part of a piece: within a piece all places are alike.
    private static func regions(of puzzle: MigrationPuzzle) -> [IPv4Network] {
        let blocks = Set(puzzle.tokens.flatMap { [$0.from, $0.to].compactMap { $0 } })
        func cut(_ network: IPv4Network) -> [IPv4Network] {
            guard blocks.contains(where: { $0 != network && network.contains($0) }),
                let low = network.subnet(0, prefix: network.prefix + 1),
                let high = network.subnet(1, prefix: network.prefix + 1)
            else { return [network] }
            return cut(low) + cut(high)
        }
        return puzzle.networks.flatMap(cut)
    }

    /// Searches.
    func run() -> Outcome {
        var start = puzzle.tokens.map(\.from)
        for index in start.indices where !held.contains(index) { start[index] = nil }
        var parents: [[IPv4Network?]: (Int, Move)] = [:]
        var states = [start]
        var seen: Set<[IPv4Network?]> = [start]
        var stuck = Set(held.filter { start[$0] != puzzle.tokens[$0].to })
        var blockers: Set<Int> = []
        // Those with the fewest subnets that aren't final come first.
        var buckets: [[Int]] = [[0]]
        while let bucket = buckets.firstIndex(where: { !$0.isEmpty }) {
            let at = buckets[bucket].removeLast()
            let state = states[at]
            if held.allSatisfy({ state[$0] == puzzle.tokens[$0].to }) {
                return .way(trace(at, states, parents), arrangements: states.count)
            }
            guard states.count < limit else { return .unknown(arrangements: states.count) }
            for move in moves(from: state, &blockers) {
                var next = state
                next[move.token] = move.block
                guard seen.insert(next).inserted else { continue }
                parents[next] = (at, move)
                if move.block == puzzle.tokens[move.token].to { stuck.remove(move.token) }
                states.append(next)
                let open = held.count { next[$0] != puzzle.tokens[$0].to }
                while buckets.count <= open { buckets.append([]) }
                buckets[open].append(states.count - 1)
            }
        }
        let last = stuck.isEmpty ? held.filter { start[$0] != puzzle.tokens[$0].to } : stuck.sorted()
        let by = blockers.subtracting(last).sorted()
        return .none(arrangements: states.count, stuck: last, by: by)
    }

    private func trace(
        _ end: Int, _ states: [[IPv4Network?]], _ parents: [[IPv4Network?]: (Int, Move)]
    ) -> [Move] {
        var moves: [Move] = []
        var at = end
        while let (parent, move) = parents[states[at]] {
            moves.append(move)
            at = parent
        }
        return moves.reversed()
    }

    /// Every subnet that may be moved, to each place that is free.
    private func moves(from state: [IPv4Network?], _ blockers: inout Set<Int>) -> [Move] {
        let present = TokenSet(held.filter { state[$0] != nil })
        var moves: [Move] = []
        for index in held {
            let token = puzzle.tokens[index]
            guard state[index] == nil || isFree(index, state, present) else { continue }
            let others = held.filter { $0 != index }.compactMap { state[$0] }
            let isReplaced = mustBeReplaced(index, state, present)
            let taken = others + (isReplaced ? [state[index]].compactMap { $0 } : [])
            if let final = token.to, final != state[index] {
                if taken.contains(where: final.overlaps) {
                    for other in held where other != index && state[other].map(final.overlaps) ?? false {
                        blockers.insert(other)
                    }
                } else {
                    moves.append(Move(token: index, block: final))
                }
            }
            if state[index] != nil, !isReplaced { moves.append(Move(token: index, block: nil)) }
            moves += places(token.temporaryPrefix, beside: taken).filter { $0 != state[index] && $0 != token.to }
                .map { Move(token: index, block: $0) }
        }
        return moves
    }

    /// Whether nothing is left with fewer zones than it must have while a subnet is changed.
    private func isFree(_ index: Int, _ state: [IPv4Network?], _ present: TokenSet) -> Bool {
        var rest = present
        rest.remove(index)
        for (user, floor) in zip(puzzle.users, floors) where user.tokens.contains(index) {
            if puzzle.zoneCount(user.tokens & rest) < floor { return false }
        }
        for group in puzzle.groups where group.contains(index) {
            if puzzle.zoneCount(group & rest) < 1 { return false }
        }
        var whole = PuzzleState(blocks: state)
        whole.joined = present & puzzle.used
        let gateways = puzzle.gateways(in: whole)
        return !gateways.contains(index) || gateways.count > 1 || puzzle.hasRegionalGateway
    }

    /// Whether a subnet must be replaced by another at once, for its database subnet group spans two zones at all times.
    private func mustBeReplaced(_ index: Int, _ state: [IPv4Network?], _ present: TokenSet) -> Bool {
        guard state[index] != nil else { return false }
        var rest = present
        rest.remove(index)
        return puzzle.groups.contains { $0.contains(index) && puzzle.zoneCount($0 & rest) < 2 }
    }

    /// The lowest and the highest free place of a size in each piece of the VPC.
    private func places(_ prefix: Int, beside taken: [IPv4Network]) -> [IPv4Network] {
        var places: Set<IPv4Network> = []
        for region in regions {
            guard region.prefix <= prefix else {
                let place = IPv4Network(containing: region.first, prefix: prefix)
                let isInside = puzzle.networks.contains { $0.contains(place) }
                if isInside, !taken.contains(where: place.overlaps) { places.insert(place) }
                continue
            }
            let free = region.subtracting(taken.filter(region.overlaps)).filter { $0.prefix <= prefix }
            if let low = free.first?.subnet(0, prefix: prefix) { places.insert(low) }
            if let last = free.last, let high = last.subnet((1 << (prefix - last.prefix)) - 1, prefix: prefix) {
                places.insert(high)
            }
        }
        return places.sorted()
    }
}
