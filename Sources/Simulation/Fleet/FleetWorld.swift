internal import Fleet
internal import Lighting
internal import MQTT
internal import Mesh

/// Nodes, spares, two fleet agents and a broker, in virtual time. All follows from the scenario.
struct FleetWorld {
    static let site = "home"
    static let agentCount = 2

    let scenario: FleetScenario
    let start = MeshInstant(nanoseconds: 1_800_000_000_000_000_000)
    var now: MeshInstant
    var queue = EventQueue<FleetWorldEvent>()
    var random: SplitMix64
    /// The broker, or two that are bridged.
    var brokers: [SimulatedBroker]
    var bridgeCuts = 0
    var bridgeNumber = 0
    /// Since when two fleet agents lead at once, which two brokers can't rule out for a while.
    var rivalsSince: MeshInstant?
    var lastBridged = [MeshInstant.distantPast, .distantPast]
    var brokerStops = 0
    /// The fleet agents first, then the nodes.
    var peers: [FleetPeer]
    var agents: [SimulatedFleetAgent]
    var nodes: [SimulatedFleetNode]
    let zoneNodes: [[Int]]
    var cutNumbers: [Int]
    var violation: String?
    var eventCount = 0
    let story: Story
    // What was observed.
    var replacements = 0
    var detections: [Double] = []
    var executed: [String: Int] = [:]
    var takeovers: [Double] = []
    var leaderLostAt: MeshInstant?
    var lastLed = MeshInstant.distantPast
    var largestAway = 0
    var history = FleetHistory()
    /// Since when all nodes are well, and how often the places were looked at then.
    var wellSince: MeshInstant?
    var coverChecks = 0
    /// When something last befell the fleet, ended, or was under way.
    var lastStir = MeshInstant.distantPast

    init(_ scenario: FleetScenario, telling: Bool) {
        self.scenario = scenario
        now = start
        brokers = Array(repeating: SimulatedBroker(), count: scenario.far == nil ? 1 : 2)
        story = Story(isTelling: telling)
        random = SplitMix64(seed: scenario.seed ^ 0x5851_f42d)
        var names: [String] = []
        var zones: [[Int]] = []
        for (zone, count) in scenario.zones.enumerated() {
            zones.append((0..<count).map { names.count + $0 })
            names += (1...count).map { "zone\(zone)-\($0 < 10 ? "0" : "")\($0)" }
        }
        zoneNodes = zones
        names += (0..<scenario.spares).map { "spare-\($0 + 1)" }
        nodes = names.map { SimulatedFleetNode(name: $0) }
        for index in scenario.seeing { nodes[index].sensors = ["eye"] }
        for index in nodes.indices { nodes[index].goesBack = scenario.goesBack[index % scenario.goesBack.count] }
        var offsets = SplitMix64(seed: scenario.seed &+ 99)
        agents = ["a", "b"].map {
            SimulatedFleetAgent(name: $0, clockOffset: .milliseconds(offsets.integer(-2000...2000)))
        }
        peers = agents.map { FleetPeer(name: $0.name, filters: []) }
        peers += nodes.map { node in
            FleetPeer(
                name: node.name,
                filters: [Topic.action(node: node.name), .nodeConfiguration(node: node.name)].map {
                    $0.name(site: FleetWorld.site)
                })
        }
        if let far = scenario.far {
            peers[1].side = 1
            for node in far { peers[node + FleetWorld.agentCount].side = 1 }
            for index in nodes.indices {
                peers[index + FleetWorld.agentCount].filters.append(
                    Topic.status(node: nodes[index].name).name(site: FleetWorld.site))
            }
        }
        cutNumbers = peers.map { _ in 0 }
        for (zone, members) in zoneNodes.enumerated() {
            let eyes = members.filter(scenario.seeing.contains).map { ("\(nodes[$0].name)/eye", SensorPosition.first) }
            let bars = members.map { nodes[$0].name }
            let message = ZoneMessage(Zone(bars: bars, sensors: Dictionary(uniqueKeysWithValues: eyes)), revision: 1)
            retain(.zoneConfiguration(zone: "zone\(zone)"), JSON.encode(message))
        }
        let site = SiteMessage(revision: 1, zones: zoneNodes.indices.map { "zone\($0)" }, timeZone: nil)
        retain(.siteConfiguration, JSON.encode(site))
        for index in agents.indices { queue.push(.startAgent(index), at: start + random.seconds(0...3)) }
        for index in nodes.indices { queue.push(.boot(index, boot: 0), at: start + random.seconds(0...20)) }
        for (index, disturbance) in scenario.disturbances.enumerated() {
            queue.push(.begin(index), at: start + disturbance.at)
        }
        queue.push(.system, at: start)
    }

    private mutating func retain(_ topic: Topic, _ payload: [UInt8]) {
        for side in brokers.indices {
            brokers[side].retain(
                MQTTMessage(topic: topic.name(site: FleetWorld.site), payload: payload, retain: true))
        }
    }

    mutating func run() {
        let end = start + scenario.endAt
        while violation == nil, let (instant, event) = queue.pop(), instant <= end {
            now = instant
            eventCount += 1
            happen(event)
            if isOver { break }
        }
        if violation == nil { checkEnd() }
    }

    /// For how long nothing may have stirred before it is over: long enough for whatever ought still to be begun.
    private static let calm = Duration.seconds(1200)

    /// Whether all that the scenario has in store has happened, and nothing more comes of it.
    private var isOver: Bool {
        history.open.isEmpty && now - lastStir > FleetWorld.calm
            && now - start > (scenario.disturbances.last?.at ?? .zero) + FleetWorld.calm
    }

    mutating func violate(_ text: String) {
        guard violation == nil else { return }
        violation = "at \((now - start).seconds) s: \(text)"
    }

    func tell(_ line: @autoclosure () -> String) {
        if story.isTelling { story.add("\(Story.text(now - start)) \(line())") }
    }

    private mutating func happen(_ event: FleetWorldEvent) {
        switch event {
        case .boot, .begin, .mend, .mendBridge, .brokerStart, .resume, .startAgent, .goBack, .installed, .killAmid:
            lastStir = now
        default: if !history.open.isEmpty { lastStir = now }
        }
        switch event {
        case .up(let peer, let packet): brokerTakes(packet, from: peer)
        case .down(let peer, let packet): clientTakes(packet, at: peer)
        case .connect(let peer, let attempt): if peers[peer].attempt == attempt { connect(peer) }
        case .attemptTimeout(let peer, let attempt):
            if peers[peer].attempt == attempt, !peers[peer].isUp { connect(peer) }
        case .brokerTimeout(let peer, let attempt, let cut):
            if peers[peer].session == attempt, cutNumbers[peer] == cut { brokerLoses(peer) }
        case .clientTimeout(let peer, let attempt, let cut):
            if peers[peer].attempt == attempt, cutNumbers[peer] == cut, peers[peer].cuts > 0 { clientLoses(peer) }
        case .wake(let agent, let boot):
            if agents[agent].boot == boot, agents[agent].wakeAt == now {
                agents[agent].wakeAt = nil
                occur(.tick, to: agent)
            }
        case .boot(let node, let boot): if nodes[node].boot == boot { self.boot(node) }
        case .report(let node, let boot): if nodes[node].boot == boot { reportRegularly(node) }
        case .goBack(let node, let boot): if nodes[node].boot == boot { goBack(node) }
        case .installed(let node, let boot, let action):
            if nodes[node].boot == boot { installed(action, on: node) }
        case .killAmid: killAmid()
        case .begin(let index): begin(scenario.disturbances[index])
        case .mend(let peers): for peer in peers { mend(peer) }
        case .brokerStart:
            brokerStops -= 1
            if brokerStops == 0 { brokers[0].isUp = true }
        case .resume(let agent, let boot): if agents[agent].boot == boot { resume(agent) }
        case .startAgent(let agent): start(agent)
        case .system:
            let uptime = MQTTMessage(topic: "$SYS/broker/uptime", payload: [48], qos: .atMostOnce, retain: true)
            // A broker's own, which no bridge carries.
            for side in brokers.indices where brokers[side].isUp { route(uptime, at: side, isBridged: true) }
            watchCover()
            queue.push(.system, at: now + .seconds(10))
        case .bridged(let side, let message, let cut):
            if cut == bridgeNumber, brokers[side].isUp { route(message, at: side, isBridged: true) }
        case .mendBridge: mendBridge()
        }
    }
}
