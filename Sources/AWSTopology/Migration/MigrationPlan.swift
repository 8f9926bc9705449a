/// The ordered steps from one live topology to another.
public struct MigrationPlan: Sendable {
    /// A subnet's way.
    public struct Move: Sendable, Hashable {
        /// The subnet.
        public var subnet: String
        /// Its zone; nil where unknown.
        public var zone: AvailabilityZone?
        /// Its tier; nil for none.
        public var tier: String?
        /// The blocks that it has, one after the other: nil for not being there.
        public var networks: [IPv4Network?]
    }

    /// The topology before.
    public let from: Topology
    /// The topology that is wanted.
    public let to: Topology
    /// The steps.
    public let steps: [MigrationStep]
    /// The same as one update of the stack, which CloudFormation would refuse where it has conflicts.
    public let oneStep: StackUpdate
    /// The order in which the steps were looked for.
    public let order: MigrationOrder
    /// The bounds that the search proved; nil for the order of the reference, which isn't searched for.
    public let bound: MigrationBound?

    /// Plans a migration.
    ///
    /// - Parameters:
    ///   - from: What stands.
    ///   - to: What is to stand. Resources keep their logical names.
    ///   - order: The order in which the steps are looked for.
    ///   - trials: How often the loss of a zone is played through, for each state.
    /// - Throws: ``MigrationRefusal`` where a step would leave something without a zone, or a resource can't be moved.
    public init(
        from: Topology, to: Topology, order: MigrationOrder = .best, trials: Int = 1000
    ) throws(MigrationRefusal) {
        self.from = from
        self.to = to
        self.order = order
        oneStep = StackUpdate(from: from, to: to)
        var planner = MigrationPlanner(from: from, to: to, trials: trials)
        switch order {
        case .best: bound = try planner.search()
        case .reference:
            try planner.plan()
            bound = nil
        }
        let before = LintReport(of: from)
        steps = planner.steps.map { step in
            var step = step
            step.findings = LintReport(of: step.state).lines(beyond: before)
            return step
        }
    }

    /// The ways of all subnets that change, in the order of their names' tiers.
    public var moves: [Move] {
        let states = [from] + steps.map(\.state)
        var seen: Set<String> = []
        var moves: [Move] = []
        for subnet in (to.subnets + from.subnets) where seen.insert(subnet.name).inserted {
            var networks: [IPv4Network?] = []
            for state in states {
                let network = state[subnet.reference]?.network
                if networks.isEmpty || networks.last != .some(network) { networks.append(network) }
            }
            if networks.count > 1 {
                moves.append(Move(subnet: subnet.name, zone: subnet.zone, tier: subnet.tier, networks: networks))
            }
        }
        return moves
    }

    /// The shortest and longest time that all steps take together, in seconds.
    public var seconds: ClosedRange<Double> {
        let short = steps.reduce(0.0) { $0 + $1.duration.shortest.inSeconds }
        return short...steps.reduce(0.0) { $0 + $1.duration.longest.inSeconds }
    }
}
