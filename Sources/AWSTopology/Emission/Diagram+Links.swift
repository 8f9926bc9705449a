extension Diagram {
    /// Where a bar is: its top, and the columns that it spans.
    func place(of name: String) -> (top: Int, columns: [Int])? {
        for row in rows {
            guard let index = row.bars.firstIndex(where: { $0.name == name }) else { continue }
            let columns = zones.indices.filter { column in
                row.bars[index].subnets.contains { topology[$0]?.zone == zones[column] }
            }
            return (row.barTop + index * (Self.barHeight + 10), columns)
        }
        return nil
    }

    /// Down from the internet gateway to the load balancers, and up to it from the NAT gateways.
    mutating func drawPublicLinks() {
        guard !topology.internetGateways.isEmpty else { return }
        let gateway = gatewayTop + 34
        for balancer in topology.loadBalancers where balancer.scheme == .internetFacing {
            guard let place = place(of: balancer.name) else { continue }
            for column in place.columns {
                let x = columnX(column) + 194
                painter.path([(x, gateway + 1), (x, place.top - 2)], stroke: Self.line)
            }
        }
        for row in rows where row.hasNATGateways {
            for (index, zone) in zones.enumerated()
            where topology.natGateways.contains(where: { topology.zone(of: $0) == zone }) {
                let x = columnX(index) + 154
                painter.path([(x, row.top + 33), (x, gateway + 2)], stroke: Self.out)
            }
        }
    }

    /// Up along each zone's left side, from subnets to the NAT gateway that their route table leads to: red where that is
    /// another zone's.
    mutating func drawNATLinks() {
        guard let home = rows.first(where: \.hasNATGateways) else { return }
        let arrival = home.top + 56
        for (index, zone) in zones.enumerated() {
            var lowest: [String: Int] = [:]
            for row in rows {
                for subnet in row.subnets where subnet.zone == zone {
                    guard let table = subnet.routeTable.flatMap({ topology[$0] }),
                        case .natGateway(let gateway)? = table.defaultRoute?.target
                    else { continue }
                    let middle = row.top + 17
                    lowest[gateway.name] = max(lowest[gateway.name] ?? 0, middle)
                    let x = columnX(index) + 4
                    let isOwn = topology[gateway].flatMap { topology.zone(of: $0) } == zone
                    painter.path(
                        [(columnX(index) + 14, middle), (x, middle)], stroke: isOwn ? Self.out : Self.wrong,
                        arrow: false)
                }
            }
            for (name, low) in lowest.sorted(by: { $0.key < $1.key }) {
                let target = topology[Reference<NATGateway>(name)].flatMap { topology.zone(of: $0) }
                guard let target, let column = zones.firstIndex(of: target) else { continue }
                let x = columnX(index) + 4
                if column == index {
                    painter.path([(x, low), (x, arrival), (columnX(index) + 24, arrival)], stroke: Self.out)
                } else {
                    // Through another zone: what its loss takes along.
                    let side = columnX(column) + (column < index ? 172 : 24)
                    painter.path(
                        [(x, low), (x, arrival), (side, arrival)], stroke: Self.wrong, dash: "6 4")
                }
            }
        }
    }

    /// Along the right side: from load balancers to groups, from groups to databases and endpoints.
    mutating func drawChain() {
        let edge = right - 16
        func link(_ from: Int, _ to: Int, lane: Int, dash: String = "") {
            let x = right + lane
            painter.path([(edge, from), (x, from), (x, to), (edge + 2, to)], stroke: Self.data, dash: dash)
        }
        for group in topology.autoScalingGroups {
            guard let place = place(of: group.name) else { continue }
            for balancer in topology.loadBalancers {
                let isServed = topology.listeners(of: balancer).contains { listener in
                    group.targetGroups.contains { listener.defaultAction == .forward($0) }
                }
                if isServed, let from = self.place(of: balancer.name) {
                    link(from.top + Self.barHeight / 2, place.top + 14, lane: 16)
                }
            }
            for database in topology.databaseInstances where topology.reaches(group, database) {
                if let to = self.place(of: database.name) {
                    link(place.top + 28, to.top + Self.barHeight / 2, lane: 16)
                }
            }
            if let to = self.place(of: "endpoints") {
                link(place.top + 42, to.top + Self.barHeight / 2, lane: 34, dash: "5 4")
            }
        }
    }

    /// What lies beside the VPC.
    mutating func drawSide() {
        let x = right + 112
        var y = gatewayTop - 30
        func card(_ title: String, _ lines: [String], _ colour: String) {
            guard !lines.isEmpty else { return }
            let height = 40 + lines.count * 20
            painter.box(x, y, Self.side, height, fill: "#ffffff", stroke: colour)
            painter.box(x, y, 7, height, fill: colour, radius: 3)
            painter.text(x + 20, y + 25, title, size: 14, bold: true, room: Self.side - 36)
            for (index, line) in lines.enumerated() {
                painter.text(x + 20, y + 47 + index * 20, line, size: 12, fill: "#334155", room: Self.side - 36)
            }
            y += height + 14
        }
        let gateways = topology.gatewayEndpoints.map { endpoint in
            let tables = endpoint.routeTables.count
            return "\(endpoint.service == "s3" ? "S3" : "DynamoDB"): on \(tables) route table\(tables == 1 ? "" : "s")"
        }
        let top = y
        card("Gateway endpoints, free of charge", gateways, "#2c7a7b")
        if !gateways.isEmpty {
            painter.path([(right + 65, top + 30), (x - 2, top + 30)], stroke: Self.data, dash: "5 4", both: true)
        }
        card("Buckets", topology.buckets.map(said), "#c05621")
        let pipelines = topology.imagePipelines.map { $0.schedule ?? "started by hand" }
        card(
            "Image Builder", pipelines.isEmpty ? [] : pipelines + ["launch templates read its id from a parameter"],
            "#2b6cb0")
        let logs = topology.logGroups.map { group in
            "\(group.name)" + (group.retentionDays.map { ": \($0) days" } ?? ": for ever")
        }
        card("CloudWatch Logs", logs, "#b83280")
        let alarms = topology.alarms.map(\.name)
        card(
            "\(alarms.count) alarms, told to \(topology.topics.first?.name ?? "nobody")",
            alarms.isEmpty ? [] : Self.shortened(topology.alarms.map(\.description)), "#b83280")
        let naps = topology.scheduledActions.map { action in
            "\(action.name): \(action.recurrence)\(action.timeZone.map { " \($0)" } ?? "")"
        }
        card("Schedule", naps, "#4a5568")
    }

    private static func shortened(_ texts: [String]) -> [String] {
        var seen: [String] = []
        for text in texts where !seen.contains(text) { seen.append(text) }
        return seen
    }

    private func said(_ bucket: Bucket) -> String {
        var traits: [String] = []
        if bucket.versioning { traits.append("versioned") }
        if let lock = bucket.objectLock { traits.append("locked \(lock.days) days") }
        if bucket.policy != nil { traits.append("VPC only") }
        return "\(bucket.name)" + (traits.isEmpty ? "" : ": \(traits.joined(separator: ", "))")
    }

    mutating func drawLegend() {
        let y = bottom + 40
        var x = 28
        var seen: [String] = []
        for row in rows {
            let colours = Self.colours(row.egress)
            guard !colours.said.isEmpty, !seen.contains(colours.said) else { continue }
            seen.append(colours.said)
            painter.box(x, y - 14, 22, 16, fill: colours.fill, stroke: colours.stroke, radius: 4)
            painter.text(x + 30, y, colours.said, size: 13, fill: "#334155")
            x += 50 + colours.said.count * 8
        }
        for (colour, dash, text) in [
            (Self.line, "", "from the internet"), (Self.out, "", "out by the zone's NAT gateway"),
            (Self.data, "", "requests"), (Self.data, "5 4", "AWS services"),
            (Self.wrong, "6 4", "out through another zone"),
        ] where colour != Self.wrong || painter.body.contains("stroke=\"\(Self.wrong)\"") {
            painter.path([(x, y - 5), (x + 34, y - 5)], stroke: colour, dash: dash)
            painter.text(x + 44, y, text, size: 13, fill: "#334155")
            x += 66 + text.count * 8
        }
        if let plan = topology.addressPlan {
            let free = plan.unused.map(\.description).joined(separator: ", ")
            let spare =
                plan.spareZones == 0
                ? "no room for another zone" : "room for \(plan.spareZones) more zone\(plan.spareZones == 1 ? "" : "s")"
            let unused = free.isEmpty ? "nothing" : free
            painter.text(
                28, y + 30, "Address plan: \(spare) in every tier; unused \(unused).", size: 13, fill: "#475569")
        }
    }
}
