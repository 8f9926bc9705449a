/// The site that the storm breaks: two zones that share a bar and a sensor, and a spare.
enum StormPlan {
    static let site = "storm"
    static let stairs = (1...6).map { "stair-0\($0)" }
    static let hall = ["landing", "hall-01", "hall-02", "hall-03"]
    static let spares = ["spare-01"]
    static let nodes = stairs + hall + spares
    static let fleetAgents = ["fleet-a", "fleet-b"]
    static let holdSeconds = 5
    /// For how long a node that was replaced once must be well before it has its place back.
    static let giveBackSeconds = 5

    /// The bars of each zone, in order.
    static let zones = ["stairs": stairs + ["landing"], "hall": hall]
    /// The sensors of each zone, and whether they stand at its first bar.
    static let sensors = [
        "stairs": ["stair-01/bottom": true, "landing/top": false],
        "hall": ["landing/top": true, "hall-03/door": false],
    ]
    static let sensorNames = ["hall-03/door", "landing/top", "stair-01/bottom"]
    /// The sensor that somebody else publishes; the others see SIGUSR1.
    static let published = "landing/top"
    static let publishedTopic = "zigbee2mqtt/landing"

    static var siteFile: String {
        "site: \(site)\nzones:\n"
            + zones.keys.sorted().map { zone in
                let sensors = sensors[zone, default: [:]].sorted { $0.key < $1.key }
                return """
                      \(zone):
                        bars: [\(zones[zone, default: []].joined(separator: ", "))]
                        sensors: {\(sensors.map { "\($0): \($1 ? "first" : "last")" }.joined(separator: ", "))}
                        hold: \(holdSeconds)s
                        look: {brightness: 60%, colour: 2700K, easeIn: 400ms, easeOut: 500ms, curve: smooth}
                        wave: {delay: 50ms, order: fromSensor, off: follow}

                    """
            }.joined()
    }

    static func agentFile(of node: String, broker: String, folder: String) -> String {
        var text = """
            site: \(site)
            node: \(node)
            brokers: [\(broker)]
            state: \(folder)
            bars: [{name: bar, channels: white, output: {driver: trace, path: \(folder)/\(node).jsonl}}]

            """
        for name in sensorNames where name.hasPrefix(node + "/") {
            let input =
                name == published
                ? "{driver: mqtt, topic: \(publishedTopic), field: occupancy, on: true, off: false}" : "simulated"
            text += "sensors: [{name: \(name.dropFirst(node.count + 1)), input: \(input)}]\n"
        }
        return text
    }

    /// Who is killed every minute is no worse for it: `restartLimit` is beyond what a storm does to a node.
    static func fleetFile(of id: String, broker: String, folder: String) -> String {
        """
        site: \(site)
        id: \(id)
        brokers: [\(broker)]
        state: \(folder)
        health: {interval: 1s, timeout: 500ms, healthyThreshold: 2, unhealthyThreshold: 3, healthCheckGracePeriod: 1s,
          defaultInstanceWarmup: 200ms, restartLimit: 100}
        replacement: {silentDelay: 10s, restartTimeout: 5s, rebootTimeout: 10s, spareTimeout: 10s, updateTimeout: 15s,
          giveBackDelay: \(giveBackSeconds)s}
        spares: {\(spares.map { "\($0): any" }.joined(separator: ", "))}
        lease: 3s

        """
    }
}
