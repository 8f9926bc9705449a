internal import Fleet
internal import Lighting

/// Everything that one seed decides beforehand about a fleet.
public struct FleetScenario: Sendable {
    /// A theme of a scenario: the kind of trouble that befalls the fleet.
    public enum Theme: Sendable, CaseIterable {
        /// Nodes fail, each for itself.
        case nodeFailures
        /// No node fails: broker, links and fleet agents do.
        case network
        /// Both.
        case everything
        /// Refreshes, and leaders killed in their midst.
        case refresh
        /// One zone is refreshed, in another nodes fail, and whenever anything is under way the leader is killed.
        case leaderKills
        /// Two brokers whose bridge breaks, with a fleet agent at each; nodes die and come back besides.
        case bridge
    }

    var seed: UInt64
    var theme: Theme
    /// How many of each zone's nodes there are.
    var zones: [Int] = []
    var spares = 0
    /// How probable it is that a packet is lost, and sent again by TCP.
    var loss: Double
    var disturbances: [FleetDisturbance] = []
    /// When it ends, long after the last disturbance.
    var endAt = Duration.seconds(3600)
    var policy = FleetPolicy()
    /// Which nodes, in turn, have what goes back to the former version where the new one doesn't come to life.
    var goesBack = [true]
    /// Versions that no node can get any more.
    var goneVersions: Set<String> = ["gone"]
    /// Which nodes, spares included, have a sensor; those of zones are heeded by these.
    var seeing: Set<Int> = []
    /// The nodes, spares included, that are at the second broker; nil: there is one broker.
    var far: Set<Int>?
    /// How many times the leader is to be killed while something is under way.
    var killsAmid = 0

    var nodeCount: Int { zones.reduce(0, +) }

    /// The scenario of a seed.
    public init(seed: UInt64, theme: Theme? = nil, loss: Double? = nil, unhealthyThreshold: Int = 3) {
        var random = SplitMix64(seed: seed &* 0x9e37_79b9 &+ 77)
        self.seed = seed
        self.theme = theme ?? Theme.allCases[random.integer(0...3)]
        let anyLoss = [0, 0.01, 0.05, 0.1, 0.2][random.integer(0...4)]
        self.loss = loss ?? anyLoss
        zones = (0..<random.integer(1...3)).map { _ in random.integer(2...14) }
        spares = random.integer(0...3)
        policy.health.unhealthyThreshold = unhealthyThreshold
        if self.theme == .bridge { bridge(&random) }
        for spare in 0..<spares { policy.spares["spare-\(spare + 1)"] = .some(nil) }
        var eyes = SplitMix64(seed: seed &+ 5)
        seeing = Set((0..<nodeCount + spares).filter { _ in eyes.chance(0.3) })
        if self.theme == .bridge { return }
        if self.theme == .refresh || self.theme == .leaderKills {
            goesBack = [[true], [true, false], [false]][random.integer(0...2)]
            if random.chance(0.1) { goneVersions.insert("1") }
            // Time for an hour's patience, and for a rollback after it.
            endAt = .seconds(9000)
        }
        if self.theme == .leaderKills {
            killLeaders(&random)
            return
        }
        let count = random.integer(1...6)
        for _ in 0..<count {
            let at = Duration.seconds(120) + random.seconds(0...1500)
            disturbances.append(FleetDisturbance(at: at, kind: kind(&random)))
        }
        disturbances.sort { $0.at < $1.at }
    }

    /// Small zones across two brokers: of a large one so many fall silent together that nothing is replaced.
    private mutating func bridge(_ random: inout SplitMix64) {
        zones = (0..<random.integer(1...2)).map { _ in random.integer(3...6) }
        spares = random.integer(1...4)
        policy.replacement.silentDelay = .seconds(10)
        let all = 0..<nodeCount + spares
        far = Set(all.filter { _ in random.chance(0.4) })
        for _ in 0..<random.integer(1...3) {
            let at = random.seconds(120...900)
            disturbances.append(FleetDisturbance(at: at, kind: .cutBridge(for: random.seconds(20...300))))
        }
        for _ in 0..<random.integer(0...3) {
            let node = random.integer(0...all.count - 1)
            let back = random.seconds(1...300)
            let kinds: [FleetDisturbance.Kind] = [
                .crash(node: node, backAfter: back), .powerLoss(node: node, backAfter: back),
                .killLeader(backAfter: back), .crash(node: node, backAfter: nil),
            ]
            disturbances.append(FleetDisturbance(at: random.seconds(120...1200), kind: random.pick(kinds)))
        }
        disturbances.sort { $0.at < $1.at }
    }

    private mutating func killLeaders(_ random: inout SplitMix64) {
        killsAmid = 4
        zones = [random.integer(2...8), random.integer(4...10)]
        let version = random.pick(["2", "2", "2", "2", "dead", "dark", "gone"])
        let at = random.seconds(120...130)
        disturbances = [
            FleetDisturbance(at: at, kind: .refresh(zone: 0, version: version, bakeSeconds: random.real(0...120)))
        ]
        for _ in 0..<random.integer(0...2) {
            let node = zones[0] + random.integer(0...zones[1] - 1)
            let kind: FleetDisturbance.Kind =
                random.chance(0.5)
                ? .crash(node: node, backAfter: nil)
                : .barFault(node: node, mendedBy: random.pick([.restart, .reboot]))
            disturbances.append(FleetDisturbance(at: random.seconds(110...500), kind: kind))
        }
        disturbances.sort { $0.at < $1.at }
        endAt = .seconds(3600)
        seeing = seeing.filter { $0 < nodeCount + spares }
    }

    private func kind(_ random: inout SplitMix64) -> FleetDisturbance.Kind {
        let node = random.integer(0...nodeCount + spares - 1)
        let backAfter: Duration? = random.chance(0.5) ? random.seconds(1...300) : nil
        let ofNodes: [FleetDisturbance.Kind] = [
            .crash(node: node, backAfter: backAfter), .hang(node: node), .powerLoss(node: node, backAfter: backAfter),
            .barFault(node: node, mendedBy: SimulatedFleetNode.Remedy.allCases[random.integer(0...2)]),
            .crash(node: node, backAfter: .seconds(2)),
        ]
        let ofNetwork: [FleetDisturbance.Kind] = [
            .brokerStop(for: random.seconds(1...180), losingMemory: random.chance(0.5)),
            .killLeader(backAfter: random.seconds(1...120)), .pauseLeader(for: random.seconds(1...60)),
            .cutLeader(for: random.seconds(1...90)),
            .cut(nodes: many(&random), for: random.seconds(5...300)), .cut(nodes: [node], for: random.seconds(1...40)),
        ]
        let refresh = FleetDisturbance.Kind.refresh(
            zone: random.integer(0...zones.count - 1), version: random.pick(["2", "2", "3", "dead", "dark", "gone"]),
            bakeSeconds: random.chance(0.5) ? random.real(0...300) : 0)
        let choice = random.integer(0...4)
        switch theme {
        case .nodeFailures: return ofNodes[choice]
        case .network: return ofNetwork[random.integer(0...5)]
        case .everything: return random.chance(0.5) ? ofNodes[choice] : ofNetwork[random.integer(0...5)]
        case .refresh, .leaderKills, .bridge: return random.chance(0.4) ? refresh : ofNetwork[random.integer(0...4)]
        }
    }

    /// So many nodes that it is no node's fault: whole zones, or half a large one, or all.
    private func many(_ random: inout SplitMix64) -> [Int] {
        let first = random.integer(0...zones.count - 1)
        let before = zones.prefix(first).reduce(0, +)
        switch random.integer(0...2) {
        case 0: return Array(0..<nodeCount + spares)
        case 1 where zones[first] >= 6: return Array(before..<before + zones[first] / 2)
        default: return Array(before..<before + zones[first])
        }
    }
}
