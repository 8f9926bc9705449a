/// A few steps that belong together: a zone is left and its subnets get other blocks, or what was left is returned to.
struct PuzzleMove {
    var steps: [PuzzleStep] = []
    var cost = PuzzleCost()
    /// Where it leads.
    var state: PuzzleState

    init(from state: PuzzleState) { self.state = state }

    mutating func add(_ action: PuzzleStep.Action, in puzzle: MigrationPuzzle, _ change: (inout PuzzleState) -> Void) {
        var next = state
        change(&next)
        let step = PuzzleStep(action: action, state: next)
        cost = cost + puzzle.cost(of: step, before: state)
        steps.append(step)
        state = next
    }
}

/// What becomes of a subnet that can't have its final block yet.
enum PuzzlePolicy: Hashable {
    /// It isn't there for the time being.
    case absent
    /// It is at a temporary block.
    case temporary
    /// It stays as it is.
    case stay
    /// It gets this block, final or not; nil for going.
    case to(IPv4Network?)

    /// It goes, whatever it may have in the end.
    static let gone = PuzzlePolicy.to(nil)
    /// Those of moves of whole zones.
    static let ofZones: [PuzzlePolicy] = [.absent, .temporary, .stay]
}

extension MigrationPuzzle {
    /// Every move of whole zones from a state.
    ///
    /// - Parameter isPruned: Whether databases move only before or after everything else: most orders that differ in when
    ///   they do are as good as one another.
    func moves(from state: PuzzleState, isPruned: Bool = false) -> [PuzzleMove] {
        var moves: [PuzzleMove] = []
        if let join = joining(state) { moves.append(join) }
        let data = databaseTokens
        let all = open(in: state)
        let isBetween = isPruned && !(all - data).isEmpty && isMoved(state)
        for zone in zones.indices {
            let open = all & tokensOfZone[zone]
            let (others, own) = (open - data, open & data)
            var seen: Set<TokenSet> = []
            for set in [others, others | own] where !set.isEmpty && seen.insert(set).inserted {
                // Where all can have their final blocks, there is nothing to choose.
                let isPlain = reachable(set, in: state) == set && !set.contains { isStandIn($0, in: state) }
                let policies = isPlain ? [.stay] : PuzzlePolicy.ofZones
                moves += policies.compactMap { recutting(state, set, $0) }
            }
            if !own.isEmpty, !isBetween {
                moves += PuzzlePolicy.ofZones.compactMap { databaseMove(state, own, zone: zone, $0) }
            }
        }
        return moves
    }

    /// The subnets that don't have their final blocks.
    func open(in state: PuzzleState) -> TokenSet {
        var open = TokenSet()
        for index in tokens.indices where state.blocks[index] != tokens[index].to { open.insert(index) }
        return open
    }

    /// Whether a subnet that somebody is in has another block than before.
    private func isMoved(_ state: PuzzleState) -> Bool {
        (used - databaseTokens).contains { tokens[$0].from != nil && state.blocks[$0] != tokens[$0].from }
    }

    /// All who can join do.
    private func joining(_ state: PuzzleState) -> PuzzleMove? {
        let all = state.present & used
        guard all != state.joined else { return nil }
        var move = PuzzleMove(from: state)
        move.add(.users, in: self) { $0.joined = all }
        return move
    }

    /// A zone's subnets get other blocks, those of databases only if no database is in them.
    func recutting(_ state: PuzzleState, _ tokens: TokenSet, _ policy: PuzzlePolicy) -> PuzzleMove? {
        let set = policy == .stay ? reachable(tokens, in: state) : tokens
        guard !set.isEmpty, isFreeOfDatabases(set, in: state) else { return nil }
        let phases = phases(set, in: state, policy)
        guard !phases.isEmpty else { return nil }
        var move = PuzzleMove(from: state)
        let touched = TokenSet(set.filter { index in phases.contains { $0[index] != state.blocks[index] } })
        guard leave(touched, &move) else { return nil }
        for phase in phases {
            move.add(.subnets, in: self) { state in
                state.blocks = phase
                state.closed = state.closed - touched
            }
        }
        return move
    }

    /// Users leave some subnets, and NAT gateways in them go; false where something would be left without a zone.
    func leave(_ set: TokenSet, _ move: inout PuzzleMove) -> Bool {
        if !(set & move.state.joined).isEmpty {
            let waiting = (move.state.present & used) - move.state.joined - set
            let carrying = move.state.joined - set
            if !waiting.isEmpty, isThinner(carrying, than: carrying | waiting) {
                move.add(.users, in: self) { $0.joined = $0.joined | waiting }
            }
            let next = (move.state.joined | waiting) - set
            let carried = move.state.joined - set
            guard users.allSatisfy({ zoneCount($0.tokens & carried) >= $0.least }) else { return false }
            move.add(.users, in: self) { $0.joined = next }
        }
        let standing = gateways(in: move.state)
        guard !(standing & set).isEmpty else { return true }
        guard hasRegionalGateway || !(standing - set).isEmpty else { return false }
        move.add(.gateways, in: self) { $0.closed = $0.closed | (standing & set) }
        return true
    }

    /// Whether somebody who spans zones has fewer than two in one set, and more in the other.
    private func isThinner(_ few: TokenSet, than many: TokenSet) -> Bool {
        users.contains { user in
            let count = zoneCount(user.tokens & few)
            return count < max(2, user.least) && zoneCount(user.tokens & many) > count
        }
    }

    /// Those of a zone's subnets whose final blocks are free once they all are out of the way.
    private func reachable(_ set: TokenSet, in state: PuzzleState) -> TokenSet {
        var set = set
        while true {
            let blocked = set.first { index in
                guard let final = tokens[index].to else { return false }
                return tokens.indices.contains { other in
                    !set.contains(other) && state.blocks[other].map(final.overlaps) ?? false
                }
            }
            guard let blocked else { return set }
            set.remove(blocked)
        }
    }

    /// Whether no database is in any of these subnets, and their groups span two zones without them.
    private func isFreeOfDatabases(_ set: TokenSet, in state: PuzzleState) -> Bool {
        for (index, database) in databases.enumerated() {
            let place = state.places[index]
            let zones = zoneBits(set & groups[database.group] & state.present)
            if zones & (1 << UInt64(place.primary)) != 0 { return false }
            if let standby = place.standby, zones & (1 << UInt64(standby)) != 0 { return false }
        }
        return groups.allSatisfy { group in
            (group & set & state.present).isEmpty || zoneCount((group & state.present) - set) >= 2
        }
    }
}
