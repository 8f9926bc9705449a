extension StackUpdate {
    /// The reasons why it would fail; empty where it wouldn't.
    public var conflicts: [StackConflict] {
        addressConflicts + nameConflicts + associationConflicts + interfaceConflicts + Self.zoneConflicts(in: to)
    }

    private var addressConflicts: [StackConflict] {
        let created = created
        var conflicts: [StackConflict] = []
        var made: [Subnet] = []
        for subnet in to.subnets where created.contains(subnet.name) {
            guard let network = subnet.network else { continue }
            for other in from.subnets where other.vpc == subnet.vpc && other.network?.overlaps(network) ?? false {
                let old = other.network?.description ?? ""
                conflicts.append(
                    StackConflict(
                        kind: .address, resource: subnet.name, other: other.name,
                        description: other.name == subnet.name
                            ? "\(subnet.name): \(old) → \(network) in place: the new subnet is made while the old one stands"
                            : "\(subnet.name): \(network) is made while \(other.name) still has \(old)"))
            }
            for other in made where other.vpc == subnet.vpc && other.network?.overlaps(network) ?? false {
                conflicts.append(
                    StackConflict(
                        kind: .address, resource: subnet.name, other: other.name,
                        description: "\(subnet.name): \(network) shares addresses with \(other.name), made as well"))
            }
            made.append(subnet)
        }
        return conflicts
    }

    private var nameConflicts: [StackConflict] {
        let created = created
        func conflicts(_ old: [(String, String?)], _ new: [(String, String?)], _ what: String) -> [StackConflict] {
            new.flatMap { name, physical in
                old.filter { physical != nil && $0.1 == physical && created.contains(name) }.map { other, _ in
                    StackConflict(
                        kind: .name, resource: name, other: other,
                        description:
                            "\(name): a second \(what) \"\(physical ?? "")\" is made while \(other) has the name")
                }
            }
        }
        return conflicts(
            from.buckets.map { ($0.name, $0.bucketName) }, to.buckets.map { ($0.name, $0.bucketName) }, "bucket")
            + conflicts(
                from.logGroups.map { ($0.name, $0.logGroupName) }, to.logGroups.map { ($0.name, $0.logGroupName) },
                "log group")
    }

    private var associationConflicts: [StackConflict] {
        let created = created
        var conflicts: [StackConflict] = []
        func add(_ resource: String, _ other: String, _ description: String) {
            conflicts.append(
                StackConflict(
                    kind: .association, resource: resource, other: other, description: "\(resource): \(description)"))
        }
        for gateway in to.natGateways where created.contains(gateway.name) {
            for other in from.natGateways where other.elasticAddress != nil {
                guard other.elasticAddress == gateway.elasticAddress, let address = gateway.elasticAddress else {
                    continue
                }
                add(
                    gateway.name, other.name,
                    "\(address) is still bound to \(other.name == gateway.name ? "the old one" : other.name)")
            }
        }
        for endpoint in to.interfaceEndpoints where created.contains(endpoint.name) && endpoint.privateDnsEnabled {
            for other in from.interfaceEndpoints
            where other.privateDnsEnabled && other.service == endpoint.service && other.vpc == endpoint.vpc {
                add(endpoint.name, other.name, "the private name of \(endpoint.service) is still \(other.name)'s")
            }
        }
        for endpoint in to.gatewayEndpoints where created.contains(endpoint.name) {
            for other in from.gatewayEndpoints where other.service == endpoint.service {
                let shared = endpoint.routeTables.filter(other.routeTables.contains)
                guard let table = shared.first else { continue }
                add(endpoint.name, other.name, "\(table) still has \(other.name)'s route to \(endpoint.service)")
            }
        }
        for gateway in to.internetGateways where created.contains(gateway.name) && gateway.vpc != nil {
            for other in from.internetGateways where other.vpc == gateway.vpc {
                add(gateway.name, other.name, "the VPC still has \(other.name) attached")
            }
        }
        return conflicts
    }

    /// A subnet can be deleted only when no interface is in it. What leaves it in the same update is still there: load
    /// balancers leave slowly, groups end their instances after the update, databases stay where they are.
    private var interfaceConflicts: [StackConflict] {
        let deleted = deleted
        return from.subnets.filter { deleted.contains($0.name) }.compactMap { subnet in
            let holders = holders(of: subnet).filter { !isRemoved($0) }.joined(separator: ", ")
            guard !holders.isEmpty else { return nil }
            return StackConflict(
                kind: .interface, resource: subnet.name, other: holders,
                description: "\(subnet.name): can't be deleted while an interface is in it, of \(holders)")
        }
    }

    private func isRemoved(_ name: String) -> Bool { changes.contains { $0.name == name && $0.action == .remove } }

    /// What has an interface in a subnet.
    private func holders(of subnet: Subnet) -> [String] {
        let reference = subnet.reference
        let databases = placements.filter { placement in
            let group = from[placement.database]?.subnetGroup.flatMap { from[$0] }
            return group?.subnets.contains(reference) ?? false
                && (placement.primary == subnet.zone || (placement.standby != nil && placement.standby == subnet.zone))
        }
        return from.loadBalancers.filter { $0.subnets.contains(reference) }.map(\.name)
            + from.autoScalingGroups.filter { $0.subnets.contains(reference) }.map(\.name)
            + from.interfaceEndpoints.filter { $0.subnets.contains(reference) }.map(\.name)
            + databases.map(\.database.name)
    }

    /// What AWS wants of zones: at least one for everything, two for an application load balancer and for a database
    /// subnet group, and each zone once.
    ///
    /// - Source: Elastic Load Balancing User Guide, "Subnets for your load balancer"; Amazon RDS User Guide, "Working with
    ///   DB subnet groups".
    static func zoneConflicts(in topology: Topology) -> [StackConflict] {
        var conflicts: [StackConflict] = []
        func check(_ name: String, _ subnets: [Reference<Subnet>], least: Int, _ what: String, once: Bool = true) {
            let known = subnets.compactMap { topology[$0] }
            let zones = known.compactMap(\.zone)
            guard zones.count == subnets.count else {
                let missing = subnets.first { topology[$0] == nil }
                if let missing {
                    conflicts.append(
                        StackConflict(
                            kind: .zones, resource: name, other: missing.name,
                            description: "\(name): \(missing) isn't there"))
                }
                return
            }
            if Set(zones).count < least {
                let listed = Set(zones).sorted().map(\.name).joined(separator: ", ")
                conflicts.append(
                    StackConflict(
                        kind: .zones, resource: name, other: listed,
                        description:
                            "\(name): \(what) spans at least \(least) zone\(least == 1 ? "" : "s"), not \(zones.isEmpty ? "none" : "\(listed) alone")"
                    ))
            }
            if once, Set(zones).count < zones.count {
                conflicts.append(
                    StackConflict(
                        kind: .zones, resource: name, other: "",
                        description: "\(name): two subnets in one zone, and \(what) takes one per zone"))
            }
        }
        for balancer in topology.loadBalancers {
            let least = balancer.kind == .application ? 2 : 1
            check(balancer.name, balancer.subnets, least: least, "a load balancer of type \(balancer.kind.rawValue)")
        }
        for group in topology.autoScalingGroups {
            check(group.name, group.subnets, least: 1, "a group", once: false)
        }
        for endpoint in topology.interfaceEndpoints {
            check(endpoint.name, endpoint.subnets, least: 1, "an interface endpoint")
        }
        for group in topology.databaseSubnetGroups {
            check(group.name, group.subnets, least: 2, "a database subnet group", once: false)
        }
        return conflicts
    }
}
