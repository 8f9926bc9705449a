internal import Lighting

/// A zone as the operator wants it, and what each of its nodes could know of its sensors.
struct ZoneTruth: Sendable {
    /// A node with a part in the zone.
    struct Member: Sendable {
        var node: Int
        /// The node's bars in the zone: their index in the node, their place in the zone.
        var bars: [(bar: Int, place: Int)] = []
        /// Since when its core has gone by the present configuration.
        var configuredSince: MeshInstant?
        /// By sensor: the last motion that the node could know of, see ``Invariant/lit``.
        var known: [MeshInstant] = []
    }

    let index: Int
    let site: String
    let name: String
    /// The configuration as the operator applied it; nil while the zone is removed.
    private(set) var applied: Zone?
    /// The same, with the hardware that fills its places.
    private(set) var current: Zone?
    /// All configurations that some node may still go by.
    private(set) var variants: [Zone] { didSet { measure() } }
    /// Of all those, the shortest and the longest hold.
    private(set) var shortestHold = Duration.zero
    private(set) var longestHold = Duration.zero
    /// The lead and the whole wave, at most.
    private(set) var slowest = Duration.zero
    private(set) var revision: Int64
    /// When the configuration last changed.
    private(set) var changedAt: MeshInstant
    /// Since when a manual command may be in force, and when the operator ended that.
    var overriddenSince: MeshInstant?
    var returnedAt: MeshInstant?
    /// When it last gave light, and whether any of its configurations has a limit of brightness.
    var litUntil = MeshInstant.distantPast
    private(set) var limited = false
    /// How bright its guide light is at most, in any of its configurations.
    private(set) var guideLight = 0.0
    /// How far from a sensor it lights bars at least; nil: all.
    private(set) var reach: Int?
    /// Whether it is the master of its bars in any of its configurations.
    private(set) var isMaster = false
    /// Since when its nodes have been at different brokers.
    var splitSince: MeshInstant?
    private(set) var members: [Member] = []
    /// The members' indices by node.
    private(set) var memberIndex: [Int: Int] = [:]
    /// The sensors, and where each stands.
    private(set) var sensors: [(sensor: Int, place: Int)] = []

    init(_ scenario: Scenario, index: Int, at now: MeshInstant) {
        self.index = index
        site = scenario.zones[index].site
        name = scenario.zones[index].name
        variants = []
        revision = now.nanoseconds
        changedAt = now
        change(to: scenario.zones[index].zone, after: revision, at: now, scenario)
    }

    /// - Parameter known: the site's newest revision, beyond which this one is, as the command line's is.
    mutating func change(
        to zone: Zone?, after known: Int64, filled fillers: [Scenario.PlaceName: Int] = [:], at now: MeshInstant,
        _ scenario: Scenario
    ) {
        applied = zone
        revision = known + 1
        fill(fillers, at: now, scenario)
    }

    /// Places are filled by other hardware than before: by the only bar of the node that is named.
    mutating func fill(_ fillers: [Scenario.PlaceName: Int], at now: MeshInstant, _ scenario: Scenario) {
        let zone = applied.map { filled($0, fillers, scenario) }
        current = zone
        changedAt = now
        if let zone { variants.append(zone) }
        members = []
        memberIndex = [:]
        sensors = []
        guard let zone else { return }
        for node in scenario.nodes.indices where scenario.nodes[node].site == site {
            let plan = scenario.nodes[node]
            var member = Member(node: node)
            for bar in plan.bars.indices {
                let full = "\(plan.name)/\(plan.bars[bar])"
                if let place = zone.bars.firstIndex(of: full) {
                    member.bars.append((bar, place))
                } else if plan.bars.count == 1, let place = zone.bars.firstIndex(of: plan.name) {
                    member.bars.append((bar, place))
                }
            }
            var isMember = !member.bars.isEmpty
            for sensor in plan.sensors {
                guard let position = zone.sensors[scenario.place(sensor: sensor)] else { continue }
                sensors.append((sensor, position.index(in: zone.bars)))
                isMember = true
            }
            guard isMember else { continue }
            memberIndex[node] = members.count
            members.append(member)
        }
        for index in members.indices { members[index].known = sensors.map { _ in .distantPast } }
    }

    /// Written anew from the documentation, not called: the product's own is what is tested.
    private func filled(_ zone: Zone, _ fillers: [Scenario.PlaceName: Int], _ scenario: Scenario) -> Zone {
        var zone = zone
        for (place, filler) in fillers where filler != place.node {
            let owner = scenario.nodes[place.node]
            let names = [scenario.place(node: place.node, bar: place.bar)] + (owner.bars.count == 1 ? [owner.name] : [])
            let name = scenario.place(node: filler, bar: 0)
            zone.bars = zone.bars.map { names.contains($0) ? name : $0 }
            zone.sensors = zone.sensors.mapValues { position in
                if case .bar(let bar) = position, names.contains(bar) { .bar(name) } else { position }
            }
        }
        return zone
    }

    mutating func update(member: Int, _ body: (inout Member) -> Void) { body(&members[member]) }

    /// The operator found a broker.
    mutating func published(at now: MeshInstant) { changedAt = now }

    /// Nobody goes by an older configuration any more.
    mutating func settle() { variants = current.map { [$0] } ?? [] }

    private mutating func measure() {
        limited = variants.contains { $0.onlyWhenDark != nil }
        guideLight = variants.compactMap { $0.standby?.level.value }.max() ?? 0
        reach = variants.compactMap { $0.follow?.reach }.min()
        isMaster = variants.contains(where: \.isMaster)
        shortestHold = variants.map(\.hold).min() ?? .zero
        longestHold = variants.map(\.hold).max() ?? .zero
        slowest =
            variants.map { ($0.lead ?? .milliseconds(150)) + ($0.wave?.longestDelay ?? .zero) * $0.bars.count }.max()
            ?? .zero
    }
}
