internal import HomeAssistant
internal import Mesh

/// A node's part in being found by Home Assistant, and when that is to be looked at again: at most every two seconds,
/// whatever comes meanwhile.
struct Discovery: Sendable {
    /// How long after a change what is known is put together: 2 s.
    private static let delay: Int64 = 2_000_000_000

    private var core: DiscoveryCore
    private var looksAgain = Int64.max
    /// The checks that the node's reports have had.
    private var measured: Set<HealthCheck> = []
    private var isOn = false

    init(site: String, node: String) { core = DiscoveryCore(site: site, node: node) }

    /// When it wants a tick, on the monotonic clock.
    var due: Int64 { min(looksAgain, core.due) }

    /// Something that it tells of may be another.
    mutating func look(_ node: borrowing NodeCore, at now: Int64) {
        guard looksAgain == .max, isOn || node.homeAssistant != nil else { return }
        looksAgain = now + Discovery.delay
    }

    /// The node has reported these checks.
    mutating func measure(_ checks: [HealthMessage.Check], of node: borrowing NodeCore, at now: Int64) {
        guard isOn || node.homeAssistant != nil else { return }
        let before = measured.count
        for check in checks { if let check = HealthCheck(named: check.check) { measured.insert(check) } }
        if measured.count != before { look(node, at: now) }
    }

    mutating func handle(_ event: DiscoveryCore.Event, at now: Int64) -> [DiscoveryCore.Action] {
        core.handle(event, at: now)
    }

    /// There is a connection. What the node remembers it takes for so, and again when it has heard more: what Home Assistant
    /// was told before this start of the agent, and isn't so any more, is taken away.
    mutating func connected(_ node: borrowing NodeCore, at now: Int64) -> [DiscoveryCore.Action] {
        let actions = core.handle(.connected, at: now)
        guard isOn || node.homeAssistant != nil else { return actions }
        looksAgain = now
        return actions + tick(node, at: now)
    }

    mutating func tick(_ node: borrowing NodeCore, at now: Int64) -> [DiscoveryCore.Action] {
        var actions: [DiscoveryCore.Action] = []
        if looksAgain <= now {
            looksAgain = .max
            actions += core.handle(.known(knowledge(of: node)), at: now)
            isOn = node.homeAssistant != nil
            // Who else is there isn't known yet, or nobody is there to tell.
            if isOn, node.isConnected, !node.isTelling { looksAgain = now + Discovery.delay }
        }
        if core.due <= now { actions += core.handle(.tick, at: now) }
        return actions
    }

    private func knowledge(of node: borrowing NodeCore) -> DiscoveryKnowledge? {
        guard let settings = node.homeAssistant else { return nil }
        let description = node.description
        var zones: [String: DiscoveryKnowledge.Zone] = [:]
        for (name, known) in node.knownZones {
            zones[name] = .init(
                source: known.isKept ? .zone(name, known.zone, nodes: known.nodes, modes: known.modes) : nil,
                rank: known.nodes.firstIndex(of: description.node) ?? 0, revision: known.revision)
        }
        return DiscoveryKnowledge(
            settings: settings,
            node: measured.isEmpty ? nil : .node(description, measured: measured),
            zones: zones, listed: node.listedZones, nodes: node.nodesOfFirst)
    }
}
