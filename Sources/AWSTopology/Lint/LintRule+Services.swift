extension LintRule {
    static let services: [LintRule] = [serviceSingleZone, clusterSingleInstance, firewallInAnotherZone]

    /// Endpoints of Gateway Load Balancers, each of which lies in one subnet whatever is done.
    private static let endpoint = "AWS::EC2::VPCEndpoint"

    static let firewallInAnotherZone = LintRule(
        "firewall-in-another-zone", .error,
        breaks: "T3; AWS PrivateLink Guide, \"Gateway Load Balancer endpoints\"",
        why: "an endpoint is lost with its zone, and every other zone whose traffic goes through it is cut off with it",
        remedy: "an endpoint in every zone, and a route table per zone that leads to its own"
    ) { context in
        let endpoints = Dictionary(
            context.topology.placements.filter { $0.type == endpoint }.map { ("${\($0.name)}", $0) },
            uniquingKeysWith: { first, _ in first })
        guard !endpoints.isEmpty else { return [] }
        return context.topology.routeTables.compactMap { table in
            guard context.knows(table.name, "Routes"), case .other(_, let name)? = table.defaultRoute?.target,
                let endpoint = endpoints[name],
                let zones = context.zones(endpoint.subnets, of: endpoint.name, endpoint.property), zones.count == 1,
                let zone = zones.first
            else { return nil }
            let others = Set((context.subnetsOfTable[table.name] ?? []).compactMap(\.zone))
                .filter { context.differ($0, zone) }
            return others.isEmpty
                ? nil : Hit(table.name, "serves \(others.listed), but leads to \(endpoint.name) in \(zone)")
        }
    }

    static let serviceSingleZone = LintRule(
        "service-single-zone", .error,
        breaks: "T2; AWS Well-Architected, REL10-BP01",
        why: "when that zone is lost, so is the service, and what it stores is out of reach",
        remedy: "name a subnet in each of three zones; for a file system the regional class"
    ) { context in
        context.topology.placements.filter { $0.type != endpoint }.compactMap { placement in
            if let zone = placement.zone { return Hit(placement.name, "is kept in one zone, \(zone)") }
            guard context.isOneZone(placement.subnets, of: placement.name, placement.property) else { return nil }
            return Hit(placement.name, "runs in one zone only")
        }
    }

    static let clusterSingleInstance = LintRule(
        "cluster-single-instance", .error,
        breaks: "T8; Amazon Aurora User Guide, \"High availability for Amazon Aurora\"",
        why: "the data outlives the loss of a zone, but nobody can reach it until an instance is made anew in another",
        remedy: "a second instance in another zone, which takes over within a minute"
    ) { context in
        context.topology.databaseClusters.filter { cluster in
            cluster.members.count == 1 && !cluster.bringsInstances
                && context.knows(cluster.name, ["Instances", "EngineMode", "DBClusterInstanceClass"])
                && context.isClosed(cluster.name, "Instances")
        }.map { Hit($0.name, "has one instance, \($0.members[0])") }
    }
}
