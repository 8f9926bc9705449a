/// Many losses of a zone, played through by chance: how long until all is as before.
public struct OutageSimulation: Sendable {
    /// A request for a simulation.
    public struct Request: Sendable, Hashable {
        /// The zone that is lost.
        public var zone: AvailabilityZone
        /// The number of groups of the fleet.
        public var groups = 40
        /// The number of instances of each group.
        public var perGroup = 2
        /// The number of trials.
        public var trials = 100_000
        /// The seed that chance follows from.
        public var seed: UInt64 = 1
        /// Times and rates.
        public var timings = OutageTimings()

        /// The loss of `zone`.
        public init(zone: AvailabilityZone) { self.zone = zone }
    }

    let model: OutageModel
    let request: Request
    var generator: SeededGenerator

    /// Plays the loss of a zone of `model` through. The same request gives the same outcome, always.
    public static func run(_ model: OutageModel, _ request: Request) -> OutageOutcome {
        var simulation = OutageSimulation(
            model: model, request: request, generator: SeededGenerator(seed: request.seed))
        return simulation.run()
    }

    private mutating func run() -> OutageOutcome {
        let groups = model.groups.map { recovery(of: $0) }
        let databases = model.databases.map { state(of: $0) }
        return OutageOutcome(zones: model.zones.count, groups: groups, fleet: fleet(), databases: databases)
    }

    /// The zones of a group's instances beyond those that every zone has: `rest` of `count`, drawn without regard. Says
    /// whether zone 0 is among them.
    private mutating func drawsFirst(_ rest: Int, of count: Int) -> Bool {
        // Until it is drawn, zone 0 is as likely as any other that is left.
        for drawn in 0..<rest where generator.index(below: count - drawn) == 0 { return true }
        return false
    }

    private mutating func recovery(of group: OutageModel.Group) -> OutageOutcome.Group {
        let count = group.zones.count
        guard let trials = count > 0 && group.zones.contains(request.zone) ? request.trials : nil else {
            return OutageOutcome.Group(name: group.name, instances: group.instances, zones: count)
        }
        var unsent: [Double] = []
        var noticed: [Double] = []
        var replaced: [Double] = []
        var curve = CapacityCurve(instances: group.instances, trials: trials)
        var restarts = 0
        var lostInstances = 0
        for _ in 0..<trials {
            let extra = drawsFirst(group.instances % count, of: count) ? 1 : 0
            let lost = group.instances / count + extra
            lostInstances += lost
            var last = (unsent: request.timings.nameExpiry.seconds(at: generator.unit()), noticed: 0.0, replaced: 0.0)
            for _ in 0..<lost {
                let one = replacement(of: group, zones: count)
                last.unsent = max(last.unsent, one.unsent)
                last.noticed = max(last.noticed, one.noticed)
                last.replaced = max(last.replaced, one.replaced)
                restarts += one.restarts
                curve.add(at: one.replaced)
            }
            unsent.append(last.unsent)
            noticed.append(last.noticed)
            replaced.append(last.replaced)
        }
        var outcome = OutageOutcome.Group(name: group.name, instances: group.instances, zones: count)
        outcome.unsent = OutageDistribution(unsent)
        outcome.noticed = OutageDistribution(noticed)
        outcome.replaced = OutageDistribution(replaced)
        outcome.settled = OutageDistribution(replaced.map { $0 + group.warmup.inSeconds })
        outcome.meanLost = Double(lostInstances) / Double(trials)
        outcome.restarts = lostInstances > 0 ? Double(restarts) / Double(lostInstances) : 0
        outcome.curve = curve.points
        return outcome
    }

    /// The fleet has as many groups as asked for, each like the model's first.
    private mutating func fleet() -> OutageOutcome.Fleet {
        let zones = max(1, model.zones.count)
        let spread = InstanceSpread(groups: request.groups, perGroup: request.perGroup, zones: zones)
        let like = model.groups.first ?? OutageModel.Group(name: "", instances: 0, zones: model.zones)
        var untouched: [Double] = []
        var lost: [Double] = []
        var replaced: [Double] = []
        for _ in 0..<request.trials {
            var (untouchedGroups, lostInstances, last) = (0, 0, 0.0)
            for _ in 0..<request.groups {
                let extra = drawsFirst(request.perGroup % zones, of: zones) ? 1 : 0
                let count = request.perGroup / zones + extra
                if count == 0 { untouchedGroups += 1 }
                lostInstances += count
                for _ in 0..<count { last = max(last, replacement(of: like, zones: zones).replaced) }
            }
            untouched.append(Double(untouchedGroups))
            lost.append(Double(lostInstances))
            replaced.append(last)
        }
        return OutageOutcome.Fleet(
            spread: spread, untouched: OutageDistribution(untouched), lost: OutageDistribution(lost),
            replaced: OutageDistribution(replaced))
    }
}
