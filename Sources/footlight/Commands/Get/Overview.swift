internal import Lighting
internal import Mesh

/// The whole site at a glance.
struct Overview: Encodable {
    let site: String
    let zones: [ZoneRow]
    let nodes: [NodeRow]
    let bars: [BarRow]
    let sensors: [SensorRow]
    /// What is the matter, a sentence each.
    let problems: [String]

    private let time: MeshInstant

    private enum CodingKeys: CodingKey {
        case site, zones, nodes, bars, sensors, problems
    }

    /// `brokers`: what is the matter with these.
    init(_ snapshot: SiteSnapshot, brokers: [String]) {
        site = snapshot.site
        time = snapshot.time
        zones = ZoneRow.all(in: snapshot)
        nodes = NodeRow.all(in: snapshot)
        bars = BarRow.all(in: snapshot)
        sensors = SensorRow.all(in: snapshot)
        var problems = brokers
        for node in nodes where node.state == "offline" { problems.append("\(node.node) is offline") }
        for node in nodes where node.conflict != nil {
            problems.append(
                "\(node.node): two agents go by this name and end each other's connection: rename one (node: in its "
                    + "agent's file)")
        }
        if let remark = snapshot.presence.mixedContracts { problems.append(remark) }
        for bar in bars { if let reason = bar.failed { problems.append("bar \(bar.bar): \(reason)") } }
        for sensor in sensors {
            if let reason = sensor.failed { problems.append("sensor \(sensor.sensor): \(reason)") }
        }
        for (name, zone) in snapshot.sortedZones {
            let absent = SiteSnapshot.nodes(of: zone).filter { snapshot.presence[$0] == nil }
            if !absent.isEmpty {
                problems.append(
                    "zone \(name): never heard of \(absent.prefix(8).joined(separator: ", "))"
                        + (absent.count > 8 ? " and \(absent.count - 8) more" : ""))
            }
        }
        for topic in snapshot.retainedCommands.sorted() {
            problems.append("\(topic): \(MessageError.retained(topic))")
        }
        problems += snapshot.remarks
        for fault in snapshot.faults { problems.append("\(fault.topic) can't be read: \(fault.reason)") }
        self.problems = problems
    }

    /// Writes it to standard output.
    func show(broker: String) {
        let colourful = Screen.isColourful(1)
        let online = nodes.filter { $0.state == "online" }.count
        let counts = [
            Words.count(zones.count, "zone"), Words.count(nodes.count, "node") + " (\(online) online)",
            Words.count(bars.count, "bar"), Words.count(sensors.count, "sensor"),
        ]
        Screen.show("\(Style.bold.paint(site, if: colourful)) at \(broker): \(counts.joined(separator: ", "))")
        if !zones.isEmpty {
            Screen.show("")
            ZoneRow.table(zones, at: time).show()
        }
        if !problems.isEmpty {
            Screen.show("")
            for problem in problems { Screen.show(Style.red.paint("! ", if: colourful) + "\(problem)") }
        }
    }
}
