import MQTT

/// What a ``Staircase`` is made of: bars in a row, and a sensor at each end.
struct StaircasePlan: Sendable {
    /// The site's name.
    var site = "home"
    /// How many bars, each on a node of its own: stair-01, stair-02, …
    var bars = 10
    /// Further brokers that the agents list after the staircase's own.
    var laterBrokers: [BrokerAddress] = []
    /// The nodes that list the brokers the other way round.
    var beyond: Set<String> = []
    /// What reads the sensors stair-01/bottom and landing/top.
    var bottom = "simulated"
    var top = "simulated"
    /// Further sensors of stair-01, as its file has them.
    var moreSensors: [String] = []
    /// The nodes' light sensors, as their files have them.
    var lights: [String: String] = [:]
    /// The light sensor below whose limit motion lights the stairs; nil: always.
    var darkBelow: (sensor: String, limit: String)?
    /// The bars, as their nodes' files have them, that are others than a white one whose frames are written to a file.
    var bar: [String: String] = [:]
    /// How long the light stays.
    var hold = "60s"
    /// What lit bars show.
    var look = "{brightness: 60%, colour: 2700K, easeIn: 400ms, easeOut: 1.5s, curve: smooth}"
    /// How it runs through the bars.
    var wave = "{delay: 50ms, order: fromSensor, off: follow}"
    /// Brightness by the time of day in universal time, as the site file has it; empty: always the same.
    var profile = ""
    /// What else the zone has, a line each, as the site file has it.
    var fields: [String] = []
    /// Further zones, a line each, as the site file has them.
    var moreZones: [String] = []
    /// The nodes whose agents are of the last release.
    var previous: Set<String> = []
    /// The programs that nodes run, as their files have it: `{reboot: [/bin/true]}`; empty: none.
    var commands = ""
    /// Whether the site file is applied before the test begins.
    var isApplied = true

    /// The nodes with bars, from the bottom.
    var stairs: [String] { (1...bars).map { $0 < 10 ? "stair-0\($0)" : "stair-\($0)" } }
    /// All nodes.
    var nodes: [String] { stairs + ["landing"] }

    /// The site file.
    var siteFile: String {
        """
        site: \(site)\(profile.isEmpty ? "" : "\ntimeZone: UTC")
        zones:
          stairs:
            bars: [\(stairs.joined(separator: ", "))]
            sensors: {stair-01/bottom: first, landing/top: last}
            hold: \(hold)
            look: \(look)
            wave: \(wave)

        """ + (profile.isEmpty ? "" : "    profile: \(profile)\n")
            + (darkBelow.map { "    onlyWhenDark: {sensor: \($0.sensor), below: \($0.limit)}\n" } ?? "")
            + fields.map { "    \($0)\n" }.joined() + moreZones.map { "  \($0)\n" }.joined()
    }

    /// The file of a node's agent.
    func agentFile(of node: String, broker: String, folder: String) -> String {
        let inOrder = [broker] + laterBrokers.map { "\($0)" }
        let brokers = (beyond.contains(node) ? inOrder.reversed() : inOrder).joined(separator: ", ")
        var text = "site: \(site)\nnode: \(node)\nbrokers: [\(brokers)]\nstate: \(folder)\n"
        if node != "landing" {
            let output = "{driver: trace, path: \(folder)/\(node).jsonl}"
            text += "bars: [\(bar[node] ?? "{name: bar, channels: white, output: \(output)}")]\n"
        }
        if !commands.isEmpty { text += "commands: \(commands)\n" }
        if node == "stair-01" {
            let sensors = ["{name: bottom, input: \(bottom)}"] + moreSensors
            text += "sensors: [\(sensors.joined(separator: ", "))]\n"
        }
        if node == "landing" { text += "sensors: [{name: top, input: \(top)}]\n" }
        if let lights = lights[node] { text += "lightSensors: \(lights)\n" }
        return text
    }
}
