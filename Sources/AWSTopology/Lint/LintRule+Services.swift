extension LintRule {
    static let services: [LintRule] = [serviceSingleZone, clusterSingleInstance]

    static let serviceSingleZone = LintRule(
        "service-single-zone", .error,
        breaks: "T2; AWS Well-Architected, REL10-BP01",
        why: "when that zone is lost, so is the service, and what it stores is out of reach",
        remedy: "name a subnet in each of three zones; for a file system the regional class"
    ) { context in
        context.topology.placements.compactMap { placement in
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
