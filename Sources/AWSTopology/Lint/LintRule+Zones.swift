extension LintRule {
    static let zones: [LintRule] = [
        groupSingleZone, groupMissesZones, balancerSingleZone, balancerMissesZones, subnetGroupSingleZone,
        subnetGroupMissesZones, endpointMissesZones,
    ]

    /// The zones of a VPC in which subnets with the same way out as `subnets` lie: where the same thing could be.
    private static func possible(
        for names: [Reference<Subnet>], _ context: LintContext
    ) -> Set<AvailabilityZone> {
        let own = names.compactMap { context.subnets[$0.name] }
        guard let vpc = own.first?.vpc.name else { return [] }
        let ways = Set(own.map { context.egress(of: $0) })
        return context.zones(ofVPC: vpc, ways)
    }

    /// What of `possible` is left out, where the zones are known and more than one.
    private static func missed(
        _ names: [Reference<Subnet>], of resource: String, _ property: String, _ context: LintContext
    ) -> [AvailabilityZone] {
        guard let zones = context.zones(names, of: resource, property), zones.count > 1 else { return [] }
        return context.missing(possible(for: names, context), from: zones)
    }

    static let groupSingleZone = LintRule(
        "group-single-zone", .error,
        breaks: "T2; AWS Well-Architected, REL10-BP01",
        why: "when that zone is lost, every instance is lost and none can be started",
        remedy: "name a subnet in each of three zones, of two at least"
    ) { context in
        context.topology.autoScalingGroups.filter {
            context.isOneZone($0.subnets, of: $0.name, "VPCZoneIdentifier")
        }.map { Hit($0.name, "runs in one zone only") }
    }

    static let groupMissesZones = LintRule(
        "group-misses-zones", .warning,
        breaks: "T2; AWS Well-Architected, REL10-BP01",
        why: "with fewer zones each loss takes a larger share of the instances away",
        remedy: "name a subnet of the zones left out as well"
    ) { context in
        context.topology.autoScalingGroups.compactMap { group in
            let missing = missed(group.subnets, of: group.name, "VPCZoneIdentifier", context)
            return missing.isEmpty ? nil : Hit(group.name, "leaves out \(missing.listed)")
        }
    }

    static let balancerSingleZone = LintRule(
        "load-balancer-single-zone", .error,
        breaks: "T2; AWS Security Hub, ELB.13",
        why: "when that zone is lost, nothing behind the load balancer can be reached",
        remedy: "name a subnet in each of three zones, of two at least"
    ) { context in
        context.topology.loadBalancers.filter { context.isOneZone($0.subnets, of: $0.name, "Subnets") }
            .map { Hit($0.name, "has a node in one zone only") }
    }

    static let balancerMissesZones = LintRule(
        "load-balancer-misses-zones", .warning,
        breaks: "T2; Elastic Load Balancing User Guide, \"Availability Zones and load balancer nodes\"",
        why: "targets in a zone where the load balancer has no node get no traffic from an application load balancer",
        remedy: "name a subnet of the zones left out as well"
    ) { context in
        context.topology.loadBalancers.compactMap { balancer in
            guard let zones = context.zones(balancer.subnets, of: balancer.name, "Subnets"), zones.count > 1,
                context.knows(balancer.name, "SubnetMappings")
            else { return nil }
            let groups = context.topology.autoScalingGroups.filter { group in
                context.balancers(of: group).contains { $0.name == balancer.name }
            }
            let used = groups.compactMap { context.zones($0.subnets, of: $0.name, "VPCZoneIdentifier") }
                .reduce(into: Set()) { $0.formUnion($1) }
            let missing = context.missing(used.union(possible(for: balancer.subnets, context)), from: zones)
            return missing.isEmpty ? nil : Hit(balancer.name, "leaves out \(missing.listed)")
        }
    }

    static let subnetGroupSingleZone = LintRule(
        "database-subnet-group-single-zone", .error,
        breaks: "T8; Amazon RDS User Guide, \"Working with DB subnet groups\"",
        why: "a standby can lie in no other zone, and RDS refuses a group of one zone",
        remedy: "name a subnet in each of three zones"
    ) { context in
        context.topology.databaseSubnetGroups.filter { context.isOneZone($0.subnets, of: $0.name, "SubnetIds") }
            .map { Hit($0.name, "has subnets in one zone only") }
    }

    static let subnetGroupMissesZones = LintRule(
        "database-subnet-group-misses-zones", .warning,
        breaks: "T8",
        why: "after a failover there is no synchronous standby until the lost zone is back, unless there is a third",
        remedy: "add a subnet in a third zone to the group"
    ) { context in
        context.topology.databaseSubnetGroups.compactMap { group in
            guard let zones = context.zones(group.subnets, of: group.name, "SubnetIds"), zones.count > 1,
                let vpc = group.subnets.first.flatMap({ context.subnets[$0.name]?.vpc.name })
            else { return nil }
            let all = context.zones(ofVPC: vpc, [.internet, .nat, .endpoints, nil])
            let missing = context.missing(all, from: zones)
            return missing.isEmpty ? nil : Hit(group.name, "leaves out \(missing.listed)")
        }
    }

    static let endpointMissesZones = LintRule(
        "endpoint-misses-zones", .warning,
        breaks: "T6; AWS PrivateLink Guide, \"Subnets and Availability Zones\"",
        why:
            "when the endpoint's zones are lost, the others can't reach the service, and until then pay for crossing over",
        remedy: "name one subnet of each zone whose subnets are private"
    ) { context in
        context.topology.interfaceEndpoints.compactMap { endpoint in
            guard let zones = context.zones(endpoint.subnets, of: endpoint.name, "SubnetIds") else { return nil }
            let users = context.zones(ofVPC: endpoint.vpc.name, [.nat, .endpoints])
            let missing = context.missing(users, from: zones)
            return missing.isEmpty ? nil : Hit(endpoint.name, "leaves out \(missing.listed)")
        }
    }
}
