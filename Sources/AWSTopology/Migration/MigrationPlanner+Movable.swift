extension MigrationPlanner {
    /// Types whose resources stay in the subnets that they were made in.
    ///
    /// - Source: Requirement T9; AWS Directory Service and Amazon WorkSpaces Administration Guides.
    static let immovableTypes: [String: String] = [
        "AWS::DirectoryService::MicrosoftAD": "a directory",
        "AWS::DirectoryService::SimpleAD": "a directory",
        "AWS::DirectoryService::ADConnector": "a directory connector",
        "AWS::WorkSpaces::Workspace": "a WorkSpace",
        "aws_directory_service_directory": "a directory",
        "aws_workspaces_workspace": "a WorkSpace",
        "aws_workspaces_directory": "a WorkSpaces directory",
    ]

    /// Refuses what can't be moved, all of it at once.
    func checkMovable() throws(MigrationRefusal) {
        var reasons: [MigrationRefusal.Reason] = []
        func refuse(_ resource: String, _ message: String, _ remedy: String) {
            reasons.append(
                MigrationRefusal.Reason(code: .immovable, resource: resource, message: message, remedy: remedy))
        }
        let moved = Set(
            from.subnets.filter { subnet in
                guard let next = to[subnet.reference] else { return true }
                return next.network != subnet.network || next.zone != subnet.zone
            }.map(\.name))
        for other in from.others {
            guard let what = Self.immovableTypes[other.type], !moved.isEmpty else { continue }
            refuse(
                other.name, "\(what) (\(other.type)) can't be moved between subnets, and \(moved.count) subnets change",
                "make a new one in subnets that stay and move its users, or leave its subnets out of the migration")
        }
        for instance in from.instances {
            guard let subnet = instance.subnet, moved.contains(subnet.name) else { continue }
            refuse(
                instance.name, "an instance by itself can't be moved out of \(subnet)",
                "make it a group of one, or an image and a new instance in a subnet that stays")
        }
        for subnet in from.subnets {
            guard let next = to[subnet.reference], next.zone != subnet.zone else { continue }
            refuse(
                subnet.name, "a subnet stays in its zone, \(subnet.zone?.name ?? "unknown")",
                "give the one in \(next.zone?.name ?? "the other zone") another name")
        }
        for subnet in from.subnets + to.subnets where subnet.network == nil || subnet.zone == nil {
            refuse(subnet.name, "its block or its zone isn't known", "say both in the topology")
        }
        refuseServices(moved, refuse)
        let blocks = (from.vpcs.map(\.network), to.vpcs.map(\.network))
        if blocks.0 != blocks.1 || blocks.0.count != 1 || blocks.0.contains(nil) {
            refuse(
                from.vpcs.first?.name ?? "VPC", "a VPC keeps its block, and a migration is within one of a known block",
                "plan within one VPC; a new one is a new stack, and a move of the data")
        }
        if !reasons.isEmpty { throw MigrationRefusal(reasons) }
    }

    /// Services and clusters that have interfaces in subnets which change, and that no step here moves.
    private func refuseServices(_ moved: Set<String>, _ refuse: (String, String, String) -> Void) {
        for service in from.placements {
            guard let subnet = service.subnets.first(where: { moved.contains($0.name) }) else { continue }
            refuse(
                service.name, "it (\(service.type)) has interfaces in \(subnet), which changes",
                "take it out of that subnet first, and back in afterwards")
        }
        for cluster in from.databaseClusters {
            let subnets = cluster.subnetGroup.flatMap { from[$0] }?.subnets ?? []
            guard let subnet = subnets.first(where: { moved.contains($0.name) }) else { continue }
            refuse(
                cluster.name, "where a cluster's instances lie isn't known, and \(subnet) of its group changes",
                "leave its subnets as they are, or add instances in subnets that stay and delete the others first")
        }
    }
}
