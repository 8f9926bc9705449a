internal import Lighting
internal import MQTT
internal import Mesh

/// A site, or several, on one broker, in virtual time.
///
/// Instants are true ones, which no node knows. All follows from the scenario: the same scenario, the same history.
final class World {
    let scenario: Scenario
    var now: MeshInstant
    let start: MeshInstant
    var queue = EventQueue<WorldEvent>()
    var nodes: [SimulatedNode]
    var sensors: [SensorTruth]
    var zones: [ZoneTruth]
    var walks: [WalkTruth]
    /// How bright the day is, in lux, and since when.
    var daylight = 0.0
    var daylightSince: MeshInstant
    /// In the order in which nodes list them.
    var brokers: [SimulatedBroker]
    var channels: [Channel] = []
    var random: SplitMix64
    /// What is on which topic: the same few topics again and again.
    private var topicKinds: [String: TopicKind] = [:]
    /// When something last happened that concerns all: the broker went or came.
    var shakenAt: MeshInstant
    /// When a disturbance last began or ended that concerns who hears whom.
    var disturbedAt: MeshInstant
    /// Clocks that nodes had and have no more, for those who still go by them.
    var formerClocks: [FormerClock.Mark: FormerClock] = [:]
    /// How far the clocks of each site may be off, see ``World/clockError(of:)``.
    var clockErrors: [String: ClockError] = [:]
    /// The zones that the operator has still to publish: there was no broker.
    var pendingZones: [Int]
    /// The shortest ease of each site that is ever in force.
    let shortestEase: [String: Duration]
    /// By topic, the newest manual command that a broker was ever told: by its giver's clock, and when it was.
    var newestCommands: [String: (issued: Int64, at: MeshInstant)] = [:]
    /// By site, the newest list of zones that the operator published.
    var newestSites: [String: Int64] = [:]
    /// By node, the newest that was said of its places.
    var newestPlaces: [String: PlacesMessage] = [:]
    /// Which node's only bar fills a place that isn't its owner's any more, or is so again.
    var fillers: [Scenario.PlaceName: Int] = [:]
    var violation: Violation?
    let story: Story
    private(set) var eventCount = 0
    /// How many events there had been when the present second began, and when that was.
    private var eventsBefore = 0
    private var secondSince: MeshInstant
    /// How many bars of walks were measured.
    var checkedFirstLights = 0
    var checkedBars = 0

    /// The world of a scenario, at its beginning. A story is told only if asked for.
    init(_ scenario: Scenario, telling: Bool) {
        self.scenario = scenario
        let start = Scenario.beginning
        self.start = start
        now = start
        shakenAt = start
        disturbedAt = start
        daylightSince = start
        secondSince = start
        brokers = Array(repeating: SimulatedBroker(), count: scenario.brokerCount)
        story = Story(isTelling: telling)
        random = SplitMix64(seed: scenario.seed ^ 0x7f4a_7c15)
        nodes = scenario.nodes.enumerated().map { index, plan in
            SimulatedNode(plan, random: SplitMix64(seed: scenario.seed &* 1_000_003 &+ UInt64(index)))
        }
        sensors = scenario.sensors.map { SensorTruth(node: $0.node, stuckLimit: $0.stuckLimit) }
        zones = scenario.zones.indices.map { ZoneTruth(scenario, index: $0, at: start) }
        pendingZones = Array(scenario.zones.indices)
        shortestEase = scenario.shortestEase
        walks = scenario.walks.map { WalkTruth(plan: $0) }
        for (index, plan) in scenario.nodes.enumerated() { at(plan.bootsAt) { .boot(node: index) } }
        for (index, disturbance) in scenario.disturbances.enumerated() {
            at(disturbance.at) { .begin(disturbance: index) }
            at(disturbance.at + disturbance.lasts) { .end(disturbance: index) }
        }
        for index in walks.indices { at(walks[index].plan.at) { .walk(index, step: 0) } }
        for day in scenario.days { at(day.at) { .day(lux: day.lux) } }
        at(.milliseconds(500)) { .apply }
        at(.milliseconds(400)) { .look }
        at(scenario.savesEvery) { .save }
        at(scenario.automaticAt) { .automatic }
        at(scenario.restAt) { .rest }
        at(scenario.endAt) { .rest }
    }

    private func at(_ offset: Duration, _ event: () -> WorldEvent) { queue.push(event(), at: start + offset) }

    /// The node that isn't there, and whose places are spoken of.
    static let absent = "ghost"

    /// Lives on until the end, or until an invariant is violated.
    func run() {
        let end = start + scenario.endAt
        while violation == nil, let (instant, event) = queue.pop(), instant <= end {
            now = instant
            eventCount += 1
            countEvent()
            happen(event)
        }
    }

    /// Counts what happens within a second: where messages answer each other for ever, the history comes to no end.
    private func countEvent() {
        if now - secondSince > .seconds(1) {
            secondSince = now
            eventsBefore = eventCount
        }
        // Some ten times what a start of all nodes at once takes, where each hears of each.
        guard eventCount - eventsBefore > 100_000 + 1000 * nodes.count + 30 * nodes.count * nodes.count else { return }
        violate(.idle, "\(eventCount - eventsBefore) things happened within a second")
    }

    private func happen(_ event: WorldEvent) {
        switch event {
        case .boot(let node): boot(node)
        case .wake(let node, let boot): if nodes[node].boot == boot { wake(node) }
        case .connect(let node, let boot): if nodes[node].boot == boot { connect(node) }
        case .choose(let node, let boot): if nodes[node].boot == boot { choose(.due, of: node) }
        case .lookBack(let node, let boot, let number, let event):
            if nodes[node].boot == boot, nodes[node].choice?.number == number { lookBack(event, of: node) }
        case .probe(let node, let boot, let number, let broker):
            if nodes[node].boot == boot { probe(node, boot: boot, number: number, broker: broker) }
        case .attemptTimeout(let channel): giveUp(channel)
        case .up(let channel, let packet): brokerTakes(packet, from: channel)
        case .down(let channel, let packet): clientTakes(packet, from: channel)
        case .brokerTimeout(let channel, let cut): if isStill(cut, channel) { brokerLoses(channel) }
        case .clientTimeout(let channel, let cut): if isStill(cut, channel) { clientLoses(channel) }
        case .lateWill(let will, let broker): if brokers[broker].isUp { route(will, at: broker) }
        case .farewell(let node, let boot): if nodes[node].boot == boot { sayFarewell(node) }
        case .begin(let index): begin(scenario.disturbances[index])
        case .end(let index): end(scenario.disturbances[index])
        case .walk(let index, let step): walk(index, step: step)
        case .save:
            for broker in brokers.indices where brokers[broker].isUp { brokers[broker].save() }
            queue.push(.save, at: now + scenario.savesEvery)
        case .apply: applyPending()
        case .automatic: returnToAutomatic()
        case .day(let lux): turn(to: lux)
        case .look:
            lookAtAll()
            noteLit()
            measure()
            let isBusy =
                sensors.contains { $0.isHigh }
                || nodes.indices.contains { node in nodes[node].bars.indices.contains { isLit($0, of: node) } }
            queue.push(.look, at: now + .milliseconds(isBusy ? 500 : 2000))
        case .rest: checkRest()
        }
    }

    private func isStill(_ cut: Int?, _ channel: Int) -> Bool {
        guard let cut else { return true }
        let node = nodes[channels[channel].node]
        return node.cuts > 0 && node.cutNumber == cut
    }

    func kind(of topic: String) -> TopicKind {
        if let known = topicKinds[topic] { return known }
        let kind = TopicKind(topic)
        topicKinds[topic] = kind
        return kind
    }

    /// Time since the beginning, for stories.
    var clockText: String { Story.text(now - start) }
}
