/// Where everything is between two steps.
struct PuzzleState: Hashable {
    /// The zones of a database, by index.
    struct Place: Hashable {
        var primary: Int
        var standby: Int?
    }

    /// The block of each subnet; nil for one that isn't there.
    var blocks: [IPv4Network?]
    /// The subnets that those are in who are to be in them.
    var joined = TokenSet()
    /// The subnets whose NAT gateway is gone for the time being.
    var closed = TokenSet()
    /// The zones of the databases.
    var places: [Place] = []

    init(blocks: [IPv4Network?]) { self.blocks = blocks }

    /// The subnets that are there.
    var present: TokenSet {
        var set = TokenSet()
        for index in blocks.indices where blocks[index] != nil { set.insert(index) }
        return set
    }

    /// One number for all blocks: there are many states, and most differ in these.
    func hash(into hasher: inout Hasher) {
        var mix: UInt64 = 0
        for block in blocks {
            let code = block.map { UInt64($0.first.bits) << 6 | UInt64($0.prefix) + 1 } ?? 0
            mix = (mix ^ code) &* 0x9E37_79B9_7F4A_7C15
            mix ^= mix >> 29
        }
        hasher.combine(mix)
        hasher.combine(joined)
        hasher.combine(places)
    }
}

/// What is to be as small as can be: first the time that anything stands in a single zone, then the time that a database is
/// without its standby, then the number of steps.
struct PuzzleCost: Hashable, Comparable {
    /// In seconds, each step at its longest.
    var inOneZone = 0
    /// In seconds, each step at its longest.
    var withoutStandby = 0
    var steps = 0

    static func < (a: PuzzleCost, b: PuzzleCost) -> Bool {
        (a.inOneZone, a.withoutStandby, a.steps) < (b.inOneZone, b.withoutStandby, b.steps)
    }

    static func + (a: PuzzleCost, b: PuzzleCost) -> PuzzleCost {
        PuzzleCost(
            inOneZone: a.inOneZone + b.inOneZone, withoutStandby: a.withoutStandby + b.withoutStandby,
            steps: a.steps + b.steps)
    }
}

/// A step from one state to another.
struct PuzzleStep: Hashable {
    /// What is done.
    enum Action: Hashable {
        /// Users join subnets, leave some, or both.
        case users
        /// NAT gateways go.
        case gateways
        /// Subnets are made, replaced and deleted.
        case subnets
        /// A database's primary leaves a zone.
        case failover(database: Int, zone: Int)
        /// Databases drop their standby in a zone.
        case drop(databases: [Int], zone: Int)
        /// Databases get a standby; subnets that the last one was in may go with it.
        case make(databases: [Int])
    }

    var action: Action
    /// The state afterwards.
    var state: PuzzleState

    /// How long it takes at most, in seconds.
    func seconds(before: PuzzleState) -> Int {
        let duration =
            switch action {
            case .users: kind(before: before).duration.longest
            case .failover: MigrationPlanner.failoverDuration.longest
            default: kind(before: before).duration.longest
            }
        return Int(duration.inSeconds)
    }

    /// What kind of step of a plan it is.
    func kind(before: PuzzleState) -> MigrationPlanner.Kind {
        switch action {
        case .users: .users(joining: (before.joined - state.joined).isEmpty)
        case .gateways: .gateways
        case .subnets: .subnets
        case .failover, .drop: .standby(making: false)
        case .make: .standby(making: true)
        }
    }
}

extension MigrationPuzzle {
    /// What a step costs.
    func cost(of step: PuzzleStep, before: PuzzleState) -> PuzzleCost {
        let seconds = step.seconds(before: before)
        let carrying = before.joined & step.state.joined
        let isThin = users.contains { $0.isSpread && zoneCount($0.tokens & carrying) < 2 }
        let isAlone = databases.indices.contains { index in
            databases[index].multiAZ && (before.places[index].standby == nil || step.state.places[index].standby == nil)
        }
        return PuzzleCost(inOneZone: isThin ? seconds : 0, withoutStandby: isAlone ? seconds : 0, steps: 1)
    }
}
