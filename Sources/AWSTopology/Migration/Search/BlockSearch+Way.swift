extension MigrationPuzzle {
    /// The steps of a way that was found subnet by subnet; nil where one of them can't be done after all.
    func steps(of moves: [BlockSearch.Move], from start: PuzzleState) -> MigrationSearch.Way? {
        var way = MigrationSearch.Way()
        var state = start
        func take(_ move: PuzzleMove?) -> Bool {
            guard let move else { return false }
            way.steps += move.steps
            way.cost = way.cost + move.cost
            state = move.state
            return true
        }
        let held = used | databaseTokens | gatewaysBefore | gatewaysAfter
        let unused = TokenSet(tokens.indices.filter { !held.contains($0) && state.blocks[$0] != tokens[$0].to })
        if !(unused & state.present).isEmpty, !take(recutting(state, unused & state.present, .gone)) { return nil }
        for move in moves {
            if state.joined != state.present & used {
                var joining = PuzzleMove(from: state)
                joining.add(.users, in: self) { $0.joined = state.present & used }
                _ = take(joining)
            }
            let isOfDatabase = databaseTokens.contains(move.token)
            let set = TokenSet([move.token])
            let policy = PuzzlePolicy.to(move.block)
            let isTaken =
                isOfDatabase
                ? take(databaseMove(state, set, zone: tokens[move.token].zone, policy))
                : take(recutting(state, set, policy))
            guard isTaken, state.blocks[move.token] == move.block else { return nil }
        }
        let rest = TokenSet(tokens.indices.filter { state.blocks[$0] != tokens[$0].to })
        if !rest.isEmpty, !take(recutting(state, rest, .stay)) { return nil }
        if state.joined != state.present & used {
            var joining = PuzzleMove(from: state)
            joining.add(.users, in: self) { $0.joined = state.present & used }
            _ = take(joining)
        }
        return isEnd(state) ? way : nil
    }
}
