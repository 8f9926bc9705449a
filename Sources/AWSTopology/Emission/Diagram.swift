/// Lays a topology out and draws it: zones as columns, tiers as rows, what spans zones as bars across them.
struct Diagram {
    /// A tier: a row of subnets, and what lies in it.
    struct Row {
        var tier: String
        var egress: Egress?
        var subnets: [Subnet]
        var bars: [Bar]
        var hasNATGateways: Bool
        var top = 0
        var height = 0
        /// Where its bars are, from the top.
        var barTop: Int { top + 34 + (hasNATGateways ? 54 : 0) }
    }

    /// Something that spans zones.
    struct Bar {
        var name: String
        var title: String
        var detail: String
        /// What is written in each zone; empty for nothing.
        var each: [String]
        var subnets: [Reference<Subnet>]
        var colour: String
    }

    static let line = "#475569"
    static let out = "#2f855a"
    static let wrong = "#c53030"
    static let data = "#2b6cb0"
    static let left = 214
    static let gap = 18
    static let barHeight = 62
    static let side = 366

    let topology: Topology
    let zones: [AvailabilityZone]
    let columnWidth: Int
    let width: Int
    /// The right edge of the last zone.
    let right: Int
    var rows: [Row] = []
    var bottom = 0
    var painter = SVGPainter()
    let gatewayTop = 152

    init(topology: Topology) {
        self.topology = topology
        let known = topology.zones.isEmpty ? Set(topology.subnets.compactMap(\.zone)).sorted() : topology.zones
        zones = known
        columnWidth = max(220, 900 / max(1, known.count))
        right = Self.left + max(1, known.count) * (columnWidth + Self.gap) - Self.gap
        let hasSide =
            !topology.gatewayEndpoints.isEmpty || !topology.buckets.isEmpty || !topology.logGroups.isEmpty
            || !topology.alarms.isEmpty || !topology.scheduledActions.isEmpty || !topology.imagePipelines.isEmpty
        width = max(right + (hasSide ? 112 + Self.side + 28 : 92), 1300)
        rows = makeRows()
        var y = gatewayTop + 84
        for index in rows.indices {
            rows[index].top = y
            let bars = rows[index].bars.count * (Self.barHeight + 10)
            rows[index].height = (bars == 0 ? 40 : 38) + (rows[index].hasNATGateways ? 54 : 0) + bars
            y += rows[index].height + 12
        }
        bottom = max(y + 12, gatewayTop + 560)
    }

    func columnX(_ index: Int) -> Int { Self.left + index * (columnWidth + Self.gap) }

    private func makeRows() -> [Row] {
        var names: [String] = []
        for subnet in topology.subnets where !names.contains(name(of: subnet)) { names.append(name(of: subnet)) }
        let rows = names.map { tier -> Row in
            let subnets = topology.subnets.filter { name(of: $0) == tier }
            let references = Set(subnets.map(\.reference))
            let egress = subnets.first.flatMap { topology.egress(of: $0) }
            return Row(
                tier: tier, egress: egress, subnets: subnets,
                bars: bars.filter { bar in bar.subnets.contains(where: references.contains) },
                hasNATGateways: topology.natGateways.contains { references.contains($0.subnet) })
        }
        let order: [Egress?] = [.internet, .nat, nil, .endpoints]
        return order.flatMap { egress in rows.filter { $0.egress == egress } }
    }

    private func name(of subnet: Subnet) -> String {
        subnet.tier ?? topology.egress(of: subnet)?.rawValue ?? "subnets"
    }

    private var bars: [Bar] {
        let balancers = topology.loadBalancers.map { balancer in
            let ports = topology.listeners(of: balancer).map { "\($0.listenerProtocol) \($0.port)" }
            return Bar(
                name: balancer.name, title: "Load balancer \(balancer.name)",
                detail: "\(balancer.scheme.rawValue), \(ports.joined(separator: ", "))", each: [],
                subnets: balancer.subnets, colour: "#b7791f")
        }
        let groups = topology.autoScalingGroups.map { group in
            let settings = group.launchTemplate.flatMap { topology[$0] }?.settings
            let type = group.mixedInstances?.instanceTypes.first ?? settings?.instanceType ?? "instance"
            return Bar(
                name: group.name, title: "Auto Scaling group \(group.name)",
                detail:
                    "\(group.minSize ?? 0) to \(group.maxSize ?? 0) instances, \(group.healthCheckType.rawValue) checks",
                each: Array(repeating: type, count: zones.count), subnets: group.subnets, colour: "#2b6cb0")
        }
        let databases = topology.databaseInstances.map { database in
            Bar(
                name: database.name,
                title: database.name == "Database" ? "Database" : "Database \(database.name)",
                detail: [database.engine, database.engineVersion ?? "", database.multiAZ ? "Multi-AZ" : "one zone"]
                    .filter { !$0.isEmpty }.joined(separator: " "),
                each: database.multiAZ ? ["primary", "standby"] : ["primary"],
                subnets: database.subnetGroup.flatMap { topology[$0] }?.subnets ?? [], colour: "#6b46c1")
        }
        let services = topology.interfaceEndpoints.map(\.service)
        let endpoints = Bar(
            name: "endpoints", title: "\(services.count) interface endpoints",
            detail: services.joined(separator: ", "), each: [],
            subnets: topology.interfaceEndpoints.first?.subnets ?? [], colour: "#2c7a7b")
        return balancers + groups + databases + (services.isEmpty ? [] : [endpoints])
    }

    mutating func drawn() -> String {
        drawFrames()
        for row in rows { draw(row) }
        // What spans zones hides the lines that pass behind it.
        drawNATLinks()
        for row in rows {
            for (index, bar) in row.bars.enumerated() {
                draw(bar, in: row, top: row.barTop + index * (Self.barHeight + 10))
            }
        }
        drawPublicLinks()
        drawChain()
        drawSide()
        drawLegend()
        let title = topology.name.isEmpty ? "A topology" : topology.name
        return painter.picture(
            width: width, height: bottom + 96, title: title, strokes: [Self.line, Self.out, Self.wrong, Self.data])
    }

    private mutating func drawFrames() {
        let vpc = topology.vpcs.first
        painter.text(
            28, 46, topology.name.isEmpty ? "A topology" : topology.name, size: 26, fill: "#0f172a", bold: true)
        let place = [
            topology.region ?? "", "\(zones.count) zone\(zones.count == 1 ? "" : "s")",
            vpc?.network.map { "VPC \($0)" } ?? "",
        ]
        painter.text(28, 72, place.filter { !$0.isEmpty }.joined(separator: "  ·  "), size: 14, fill: "#475569")
        // The VPC, and its zones.
        painter.box(
            20, gatewayTop - 30, right + 64 - 20, bottom - gatewayTop + 42, fill: "#fbfcfe", stroke: "#94a3b8",
            radius: 14)
        painter.text(36, gatewayTop - 6, "VPC", size: 13, fill: "#475569", bold: true)
        for (index, zone) in zones.enumerated() {
            let x = columnX(index)
            painter.box(
                x - 6, gatewayTop + 52, columnWidth + 12, bottom - gatewayTop - 52, fill: "#f1f5f9",
                stroke: "#cbd5e1", radius: 12, dash: "5 4")
            painter.text(x + 14, gatewayTop + 73, "Zone \(zone.letter)", size: 14, fill: "#334155", bold: true)
        }
        if let gateway = topology.internetGateways.first {
            let centre = (Self.left + right) / 2
            painter.box(centre - 80, 30, 160, 40, fill: "#e2e8f0", stroke: "#64748b", radius: 20)
            painter.text(centre, 55, "Internet", size: 15, bold: true, anchor: "middle")
            painter.path([(centre, 72), (centre, gatewayTop - 2)], stroke: Self.line, both: true)
            painter.box(Self.left, gatewayTop, right - Self.left, 34, fill: "#ffffff", stroke: "#64748b")
            painter.text(
                centre, gatewayTop + 22, gateway.name == "InternetGateway" ? "Internet gateway" : gateway.name,
                size: 13,
                bold: true, anchor: "middle", room: right - Self.left - 20)
        }
    }

    static func colours(_ egress: Egress?) -> (fill: String, stroke: String, said: String) {
        switch egress {
        case .internet: ("#dcf3e3", "#86c79b", "public")
        case .nat: ("#deeafc", "#93b8e8", "private, out by NAT")
        case .endpoints: ("#ebe4f7", "#b9a5dd", "private, endpoints only")
        case nil: ("#eceff3", "#b5bdc9", "")
        }
    }

    private mutating func draw(_ row: Row) {
        let colours = Self.colours(row.egress)
        painter.text(36, row.top + 22, row.tier, size: 14, bold: true, room: Self.left - 56)
        if let block = topology.addressPlan?[tier: row.tier]?.tier.block {
            painter.text(36, row.top + 39, "\(block)", size: 12, fill: "#475569")
        }
        for (index, zone) in zones.enumerated() {
            let subnets = row.subnets.filter { $0.zone == zone }
            guard let subnet = subnets.first else { continue }
            let x = columnX(index)
            painter.box(x + 14, row.top, columnWidth - 20, row.height, fill: colours.fill, stroke: colours.stroke)
            let more = subnets.count > 1 ? ", and \(subnets.count - 1) more" : ""
            let block = subnet.network.map { "\($0)" } ?? subnet.name
            painter.text(x + 26, row.top + 22, block + more, size: 13, room: columnWidth - 120)
            if let usable = subnet.network?.usable, columnWidth >= 260 {
                painter.text(
                    x + columnWidth - 16, row.top + 22, "\(usable) usable", size: 12, fill: "#475569", anchor: "end")
            }
            for gateway in topology.natGateways where subnets.contains(where: { $0.reference == gateway.subnet }) {
                painter.box(x + 26, row.top + 34, 144, 44, fill: "#ffffff", stroke: Self.out, radius: 6)
                painter.text(x + 84, row.top + 53, "NAT gateway", size: 12, bold: true, anchor: "middle")
                let address = gateway.elasticAddress == nil ? "private" : "own elastic IP"
                painter.text(x + 84, row.top + 69, address, size: 11, fill: "#475569", anchor: "middle")
            }
        }
    }

    private mutating func draw(_ bar: Bar, in row: Row, top: Int) {
        let columns = zones.indices.filter { index in
            bar.subnets.contains { topology[$0]?.zone == zones[index] }
        }
        guard let first = columns.first, let last = columns.last else { return }
        let x = columnX(first) + 26
        let end = columnX(last) + columnWidth - 16
        painter.box(x, top, end - x, Self.barHeight, fill: "#ffffff", stroke: bar.colour)
        painter.box(x, top, 7, Self.barHeight, fill: bar.colour, radius: 3)
        let room = end - x - 34
        if bar.each.isEmpty {
            painter.text(x + 20, top + 26, bar.title, size: 14, bold: true, room: room)
            painter.text(x + 20, top + 46, bar.detail, size: 12, fill: "#475569", room: room)
            return
        }
        painter.text(x + 20, top + 22, "\(bar.title):", size: 14, bold: true, room: room / 2)
        let lead = SVGPainter.width("\(bar.title): ", size: 14, bold: true)
        painter.text(x + 24 + lead, top + 22, bar.detail, size: 12, fill: "#475569", room: room - lead)
        for (index, text) in bar.each.enumerated() where index < columns.count {
            let chip = columnX(columns[index]) + 46
            painter.box(chip, top + 31, 110, 24, fill: "#f8fafc", stroke: bar.colour, radius: 12)
            painter.text(chip + 55, top + 47, text, size: 12, anchor: "middle", room: 96)
        }
    }
}
