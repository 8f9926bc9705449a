/// What a ``FleetSite`` is made of: bars in a row, spares, and fleet agents.
struct FleetPlan: Sendable {
    /// Where the first node's sensor gets its motion from.
    var sensor = "simulated"
    /// How many bars, each on a node of its own: stair-01, stair-02, … The first has a sensor, `bottom`.
    var bars = 12
    var spares = ["spare-01"]
    var agents = ["fleet-a", "fleet-b"]
    /// When nodes count as healthy: ten times as quick as by default.
    var health = """
        {interval: 1s, timeout: 500ms, healthyThreshold: 2, unhealthyThreshold: 3, healthCheckGracePeriod: 1s,
          defaultInstanceWarmup: 200ms}
        """
    var replacement = "{silentDelay: 2s, restartTimeout: 5s, rebootTimeout: 10s, spareTimeout: 10s, updateTimeout: 15s}"
    var lease = "3s"
    /// How long the light stays.
    var hold = "60s"
    /// The nodes whose way to the broker is the link.
    var linked: Set<String> = []
    /// The nodes and fleet agents that are at the second of two bridged brokers.
    var beyond: Set<String> = []
    /// Whether fleet agents list the other broker, too.
    var listsOther = true
    /// Whether the nodes' update command is there: it swaps the program that the node runs, and writes its version.
    var hasUpdates = false
    /// The nodes and fleet agents whose programs are of the last release; with updates, version 1 is that release for all.
    var previous: Set<String> = []
    /// Further lines of the fleet agents' files, by agent.
    var furtherLines: [String: String] = [:]
    /// A node's output, where it isn't a trace.
    var outputs: [String: String] = [:]

    var stairs: [String] { (1...bars).map { $0 < 10 ? "stair-0\($0)" : "stair-\($0)" } }
    var nodes: [String] { stairs + spares }

    /// Where a node that is updated keeps its state.
    static func stateFolder(of node: String, in folder: String) -> String { "\(folder)/\(node)-state" }

    /// The site file.
    var siteFile: String {
        """
        site: home
        zones:
          stairs:
            bars: [\(stairs.joined(separator: ", "))]
            sensors: {stair-01/bottom: first}
            hold: \(hold)
            look: {brightness: 60%, colour: 2700K, easeIn: 200ms, easeOut: 500ms, curve: smooth}
            wave: {delay: 50ms, order: fromSensor, off: follow}

        """
    }

    /// The file of a node's agent.
    func agentFile(of node: String, broker: String, folder: String) -> String {
        let output = outputs[node] ?? "{driver: trace, path: \(folder)/\(node).jsonl}"
        var text = """
            site: home
            node: \(node)
            brokers: [\(broker)]
            state: \(hasUpdates ? Self.stateFolder(of: node, in: folder) : folder)
            bars: [{name: bar, channels: \(outputs[node] == nil ? "white" : "rgb"), output: \(output)}]

            """
        if node == "stair-01" { text += "sensors: [{name: bottom, input: \(sensor), stuckLimit: 30s}]\n" }
        if hasUpdates {
            text += "commands: {update: [\(folder)/update, \(folder)/\(node)]}\n"
            text += "versionFile: \(folder)/\(node)-version\n"
        }
        return text
    }

    /// The file of a fleet agent.
    func fleetFile(of id: String, broker: String, folder: String) -> String {
        """
        site: home
        id: \(id)
        brokers: [\(broker)]
        state: \(folder)
        health: \(health)
        replacement: \(replacement)
        spares: {\(spares.map { "\($0): any" }.joined(separator: ", "))}
        lease: \(lease)
        \(furtherLines[id] ?? "")

        """
    }
}
