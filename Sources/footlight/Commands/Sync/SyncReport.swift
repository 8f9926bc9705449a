internal import Lighting
internal import Mesh

/// How together bars light, and how true clocks are.
struct SyncReport: Encodable {
    /// A zone's first lights.
    struct ZoneSync: Encodable {
        var zone: String
        /// What the sensors' nodes chose in the last activation.
        var leadMilliseconds: Double?
        /// How many activations two bars or more have told of.
        var activations: Int
        /// The spread of a median one of them, and what 99 of 100 don't exceed (of fewer than 100: the worst's).
        var medianSpreadMilliseconds: Double?
        var p99SpreadMilliseconds: Double?
        /// The bar that is latest on average, and by how much.
        var worstBar: String?
        var worstBarMilliseconds: Double?
    }

    /// A node's clock.
    struct NodeSync: Encodable {
        var node: String
        var state: String
        var offsetMilliseconds: Double?
        var errorBoundMilliseconds: Double?
        var driftPartsPerMillion: Double?
        var lowestDelayMilliseconds: Double?
        var deliveryMilliseconds: Double?
        /// Whose clock the time of day comes from, as the node says.
        var timeOfDay: String?
        /// What spoils it, with the remedy.
        var remedies: [String]
    }

    var zones: [ZoneSync]
    var nodes: [NodeSync]

    init(_ snapshot: SiteSnapshot, health: [String: HealthMessage], zone only: String?) {
        zones = snapshot.sortedZones.filter { only == nil || $0.name == only }.map { name, zone in
            SyncReport.sync(of: name, zone, in: snapshot)
        }
        let concerned = only.flatMap { snapshot.zones[$0] }.map { zone in
            Set((zone.bars + zone.sensors.keys).compactMap { Name.place($0)?.node })
        }
        nodes = snapshot.presence.clockOrder.filter { concerned?.contains($0) ?? true }.map { node in
            SyncReport.sync(of: node, health[node], delivery: snapshot.deliveries[node])
        }
    }

    private static func sync(of name: String, _ zone: Zone, in snapshot: SiteSnapshot) -> ZoneSync {
        var byActivation: [Int64: [Double]] = [:]
        var byBar: [(bar: String, mean: Double)] = []
        for bar in zone.bars {
            let deviations = (snapshot.report(of: bar)?.deviations ?? []).filter { $0.zone ?? name == name }
            if deviations.isEmpty { continue }
            let milliseconds = deviations.map { Double($0.nanoseconds) / 1e6 }
            for (deviation, value) in zip(deviations, milliseconds) {
                byActivation[deviation.activation, default: []].append(value)
            }
            byBar.append((bar, milliseconds.reduce(0, +) / Double(milliseconds.count)))
        }
        let spreads = byActivation.values.filter { $0.count > 1 }
            .compactMap { values in values.max().flatMap { most in values.min().map { most - $0 } } }.sorted()
        let worst = byBar.max { abs($0.mean) < abs($1.mean) }
        let leads = zone.sensors.keys.compactMap { snapshot.sensors[$0]?.zones[name]?.leadSeconds }
        return ZoneSync(
            zone: name, leadMilliseconds: leads.max().map { $0 * 1000 }, activations: spreads.count,
            medianSpreadMilliseconds: spreads.isEmpty ? nil : spreads[(spreads.count - 1) / 2],
            p99SpreadMilliseconds: spreads.isEmpty ? nil : spreads[(spreads.count * 99 + 99) / 100 - 1],
            worstBar: worst?.bar, worstBarMilliseconds: worst?.mean)
    }

    private static func sync(of node: String, _ health: HealthMessage?, delivery: DeliveryMessage?) -> NodeSync {
        guard let health else {
            return NodeSync(
                node: node, state: "silent",
                remedies: ["it is said to be online and doesn't report; see the log of its agent"])
        }
        func value(_ check: HealthCheck) -> Double? { health.check(check)?.value }
        var remedies: [String] = health.checks.compactMap { check in
            switch HealthCheck(named: check.check) {
            case .clock, .lateFrames: return nil
            case _ where !check.healthy:
                let detail = check.detail ?? "not well, at \(Milliseconds.text(check.value)) \(check.unit)"
                return "\(check.check): \(detail)"
            // Light needs it, health doesn't.
            case .realTimePriority: return check.detail.map { "\(check.check): \($0)" }
            default: return nil
            }
        }
        if let late = value(.lateFrames), late > 0, let drawn = value(.frames) {
            remedies.append(
                "\(Words.percent(late, of: drawn)) of its frames were late; is the board busy with something else?")
        }
        if health.check(.clock)?.healthy == false {
            remedies.append("it acts on arrival until it knows the mesh's time; see the log of its agent if that lasts")
        }
        let lowest = value(.clockLowestDelay)
        if let heldBack = delivery?.heldBack, heldBack > 0.25, let lowest, lowest < 10 {
            remedies.append(
                "\(Words.percent(heldBack, of: 1)) of messages take 40 ms where \(Milliseconds.text(lowest / 2)) ms would do, "
                    + "which is how a broker without TCP_NODELAY looks; write set_tcp_nodelay true into mosquitto.conf")
        }
        return NodeSync(
            node: node, state: health.check(.clock)?.detail ?? "unknown",
            offsetMilliseconds: value(.clock), errorBoundMilliseconds: value(.clockErrorBound),
            driftPartsPerMillion: value(.clockDrift), lowestDelayMilliseconds: lowest,
            deliveryMilliseconds: delivery.map { $0.seconds * 1000 },
            timeOfDay: health.check(.timeOfDay).flatMap { $0.healthy ? $0.detail : nil }, remedies: remedies)
    }

    /// A clock's state in the room that 80 columns leave: whose time it goes by, if all is well.
    private static func brief(_ state: String) -> String {
        if state.hasPrefix("reference") { return "reference" }
        let usual = "synchronised, "
        return state.hasPrefix(usual) ? String(state.dropFirst(usual.count)) : state
    }

    /// Prints it as tables.
    func show() {
        func text(_ value: Double?) -> Table.Cell { Table.Cell(value.map(Milliseconds.text) ?? "–") }
        var table = Table(["ZONE", "LEAD ms", "ACTIVATIONS", "SPREAD ms", "P99 ms", "WORST BAR", "ms"])
        for zone in zones {
            table.add([
                Table.Cell(zone.zone, .bold), text(zone.leadMilliseconds), Table.Cell("\(zone.activations)"),
                text(zone.medianSpreadMilliseconds), text(zone.p99SpreadMilliseconds), Table.Cell(zone.worstBar ?? "–"),
                text(zone.worstBarMilliseconds),
            ])
        }
        table.show()
        Screen.show("")
        var clocks = Table(["NODE", "CLOCK", "OFFSET ms", "BOUND ms", "DRIFT ppm", "DELAY ms", "DELIVERY ms"])
        for node in nodes {
            clocks.add([
                Table.Cell(node.node), Table.Cell(SyncReport.brief(node.state)), text(node.offsetMilliseconds),
                text(node.errorBoundMilliseconds), text(node.driftPartsPerMillion), text(node.lowestDelayMilliseconds),
                text(node.deliveryMilliseconds),
            ])
        }
        clocks.show()
        let times = Dictionary(grouping: nodes.filter { $0.timeOfDay != nil }, by: { $0.timeOfDay ?? "" })
        if !times.isEmpty { Screen.show("") }
        for (time, all) in times.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) }) {
            let names =
                times.count == 1
                ? "" : all.count > 3 ? " (\(all.count) nodes)" : " (\(all.map(\.node).joined(separator: ", ")))"
            Screen.show("time of day: \(time)\(names)")
        }
        let remedies = nodes.flatMap { node in node.remedies.map { (node.node, $0) } }
        let grouped = Dictionary(grouping: remedies, by: \.1).sorted { $0.key < $1.key }
        if !grouped.isEmpty { Screen.show("") }
        for (remedy, all) in grouped {
            let names = all.count > 3 ? "\(all.count) nodes" : all.map(\.0).joined(separator: ", ")
            Screen.show("! \(names): \(remedy)")
        }
    }
}
