/// The search for the best order: A*, over moves of whole zones.
struct MigrationSearch {
    let puzzle: MigrationPuzzle
    /// How many states are looked at before the best order so far is taken.
    var limit = 1400

    /// A way to the end.
    struct Way {
        var steps: [PuzzleStep] = []
        var cost = PuzzleCost()
        /// Whether no order of whole zones is better.
        var isBest = false
        /// How many states were looked at.
        var states = 0
    }

    private struct Node {
        var state: PuzzleState
        var cost: PuzzleCost
        var parent: Int
        var steps: [PuzzleStep]
    }

    /// The best way from a state; nil for none.
    func way(from start: PuzzleState) -> Way? {
        // Where there are too many states, what is left is taken for longer than it is, and the way isn't the best any more.
        for weight in [1, 4, 16] {
            if let way = run(from: start, weight: weight) { return way }
        }
        return nil
    }

    private func run(from start: PuzzleState, weight: Int) -> Way? {
        var nodes = [Node(state: start, cost: PuzzleCost(), parent: -1, steps: [])]
        var best: [PuzzleState: PuzzleCost] = [start: PuzzleCost()]
        var queue = PriorityQueue()
        queue.push(rest(of: start), left: 0, 0)
        var states = 0
        while let at = queue.pop() {
            let node = nodes[at]
            guard best[node.state] == node.cost else { continue }
            if puzzle.isEnd(node.state) { return way(to: at, nodes, states, isBest: weight == 1) }
            states += 1
            guard states < limit else { return nil }
            for move in puzzle.moves(from: node.state, isPruned: weight > 1) {
                let cost = node.cost + move.cost
                if let known = best[move.state], known <= cost { continue }
                best[move.state] = cost
                nodes.append(Node(state: move.state, cost: cost, parent: at, steps: move.steps))
                var rest = rest(of: move.state)
                let left = rest.steps
                rest.steps *= weight
                queue.push(cost + rest, left: left, nodes.count - 1)
            }
        }
        return nil
    }

    private func way(to end: Int, _ nodes: [Node], _ states: Int, isBest: Bool) -> Way {
        var way = Way(cost: nodes[end].cost, isBest: isBest, states: states)
        var at = end
        while at >= 0 {
            way.steps = nodes[at].steps + way.steps
            at = nodes[at].parent
        }
        return way
    }

    /// What the rest costs at least: for each database a standby lost and made anew for each zone that it must leave, and
    /// for each zone the fewest steps.
    func rest(of state: PuzzleState) -> PuzzleCost {
        var cost = PuzzleCost()
        let openSet = puzzle.open(in: state)
        let window = Int(
            MigrationPlanner.Kind.standby(making: false).duration.longest.inSeconds
                + MigrationPlanner.Kind.standby(making: true).duration.longest.inSeconds)
        var windows = 0
        for (index, database) in puzzle.databases.enumerated() where database.multiAZ {
            let bits = puzzle.zoneBits(puzzle.groups[database.group] & openSet & state.present)
            let place = state.places[index]
            let mine = [place.primary, place.standby].compactMap { $0 }.filter { bits & (1 << UInt64($0)) != 0 }.count
            windows = max(windows, mine)
        }
        cost.withoutStandby = windows * window
        cost.steps = 2 * windows
        let others = openSet - puzzle.databaseTokens
        for zone in puzzle.zones.indices {
            let own = others & puzzle.tokensOfZone[zone]
            guard !own.isEmpty else { continue }
            cost.steps += 1 + ((own & state.joined).isEmpty ? 0 : 1)
            if !(puzzle.gateways(in: state) & own).isEmpty { cost.steps += 1 }
        }
        if windows == 0, others.isEmpty, !openSet.isEmpty { cost.steps += 1 }
        if state.joined != state.present & puzzle.used || !(others & puzzle.used).isEmpty { cost.steps += 1 }
        return cost
    }

    /// A heap of the cheapest first; of equals, that which is nearest to the end.
    private struct PriorityQueue {
        private var items: [(cost: PuzzleCost, left: Int, node: Int)] = []

        private func precedes(_ a: Int, _ b: Int) -> Bool {
            (items[a].cost, items[a].left, -items[a].node) < (items[b].cost, items[b].left, -items[b].node)
        }

        mutating func push(_ cost: PuzzleCost, left: Int, _ node: Int) {
            items.append((cost, left, node))
            var at = items.count - 1
            while at > 0, precedes(at, (at - 1) / 2) {
                items.swapAt(at, (at - 1) / 2)
                at = (at - 1) / 2
            }
        }

        mutating func pop() -> Int? {
            guard let first = items.first else { return nil }
            let last = items.removeLast()
            guard !items.isEmpty else { return first.node }
            items[0] = last
            var at = 0
            while true {
                var least = at
                for child in [2 * at + 1, 2 * at + 2] where child < items.count && precedes(child, least) {
                    least = child
                }
                guard least != at else { return first.node }
                items.swapAt(at, least)
                at = least
            }
        }
    }
}
