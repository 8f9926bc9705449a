extension Topology {
    /// The topology as a Mermaid flowchart: zones as boxes, and the ways that traffic takes.
    public func mermaid() -> String {
        var lines = ["flowchart TB", "    internet([Internet])"]
        for gateway in internetGateways { lines.append("    \(gateway.name){{\(Self.label("Internet gateway"))}}") }
        for balancer in loadBalancers {
            lines.append("    \(balancer.name)[/\(Self.label("Load balancer \(balancer.name)"))\\]")
        }
        for group in autoScalingGroups {
            let sizes = "\(group.minSize ?? 0) to \(group.maxSize ?? 0)"
            lines.append("    \(group.name)[\(Self.label("Auto Scaling group \(group.name), \(sizes)"))]")
        }
        for database in databaseInstances {
            let standby = database.multiAZ ? ", Multi-AZ" : ""
            let label = Self.label("\(database.engine) \(database.name)\(standby)")
            lines.append("    \(database.name)[(\(label))]")
        }
        for zone in zones {
            lines.append("    subgraph zone_\(zone.letter)[\(Self.label("Zone \(zone.name)"))]")
            for subnet in subnets where subnet.zone == zone {
                let block = subnet.network.map { "<br/>\($0)" } ?? ""
                lines.append("        \(subnet.name)[\(Self.label("\(subnet.tier ?? subnet.name)\(block)"))]")
            }
            for gateway in natGateways where self.zone(of: gateway) == zone {
                lines.append("        \(gateway.name){{\(Self.label("NAT gateway"))}}")
            }
            lines.append("    end")
        }
        if !interfaceEndpoints.isEmpty {
            let names = interfaceEndpoints.map(\.service).joined(separator: ", ")
            lines.append("    endpoints[[\(Self.label("Interface endpoints<br/>\(names)"))]]")
        }
        for endpoint in gatewayEndpoints {
            lines.append("    \(endpoint.name)[[\(Self.label("Gateway endpoint \(endpoint.service)"))]]")
        }
        return (lines + edges).joined(separator: "\n") + "\n"
    }

    private var edges: [String] {
        var edges: [String] = []
        func edge(_ from: String, _ arrow: String, _ to: String) { edges.append("    \(from) \(arrow) \(to)") }
        for gateway in internetGateways { edge("internet", "<-->", gateway.name) }
        for balancer in loadBalancers {
            if balancer.scheme == .internetFacing, let gateway = internetGateways.first {
                edge(gateway.name, "-->", balancer.name)
            }
            let listeners = listeners(of: balancer)
            for group in autoScalingGroups {
                let served = listeners.filter { listener in
                    group.targetGroups.contains { listener.defaultAction == .forward($0) }
                }
                for listener in served { edge(balancer.name, "-- \(listener.listenerProtocol) -->", group.name) }
            }
        }
        for group in autoScalingGroups {
            for subnet in group.subnets where self[subnet] != nil { edge(group.name, "-.-", subnet.name) }
        }
        for database in databaseInstances {
            let subnets = database.subnetGroup.flatMap { self[$0] }?.subnets ?? []
            for subnet in subnets where self[subnet] != nil { edge(database.name, "-.-", subnet.name) }
            for group in autoScalingGroups where reaches(group, database) { edge(group.name, "-->", database.name) }
        }
        for table in routeTables {
            guard case .natGateway(let gateway)? = table.defaultRoute?.target, self[gateway] != nil else { continue }
            for subnet in subnets(of: table) { edge(subnet.name, "-->", gateway.name) }
        }
        if let gateway = internetGateways.first {
            for nat in natGateways { edge(nat.name, "-->", gateway.name) }
        }
        for subnet in interfaceEndpoints.first?.subnets ?? [] where self[subnet] != nil {
            edge("endpoints", "-.-", subnet.name)
        }
        return edges
    }

    /// Whether a group's instances may connect to a database, by their security groups.
    func reaches(_ group: AutoScalingGroup, _ database: DatabaseInstance) -> Bool {
        let own = group.launchTemplate.flatMap { self[$0] }?.settings.securityGroups ?? []
        return database.securityGroups.compactMap { self[$0] }.flatMap(\.ingress).contains { rule in
            if case .securityGroup(let peer) = rule.peer { own.contains(peer) } else { false }
        }
    }

    private static func label(_ text: String) -> String {
        "\"\(text.replacing("\"", with: "#quot;"))\""
    }
}
