extension MigrationPlanner {
    /// Re-cuts a zone's database subnets: the databases leave it by failover, drop their standby there, and get it back.
    mutating func recutDatabases(
        _ zone: AvailabilityZone, _ items: [RecutSchedule.Item], _ schedule: RecutSchedule, isFinal: Bool
    ) throws(MigrationRefusal) {
        let changing = Set(items.filter { $0.current != nil }.map(\.name))
        let letter = zone.letter.uppercased()
        let affected = current.databaseInstances.filter { database in
            let subnets = database.subnetGroup.flatMap { current[$0]?.subnets } ?? []
            return subnets.contains { changing.contains($0.name) }
        }
        for database in affected { try leave(database.reference, zone) }
        let stripped = affected.filter { placement(of: $0.reference)?.standby == zone }
        for database in stripped {
            var next = current
            next[database.reference]?.multiAZ = false
            setPlacement(database.reference) { $0.standby = nil }
            try update(
                to: next, "\(database.name) drops Multi-AZ",
                "Its standby lies in zone \(letter), in the subnet that is replaced.", kind: .standby(making: false))
        }
        for (index, blocks) in schedule.phases.enumerated() {
            var next = current
            for item in items { replace(item, by: blocks[item.name], in: &next) }
            placeSubnetGroups(&next, zone, isLast: index == schedule.phases.count - 1 && isFinal)
            if index == schedule.phases.count - 1 { openGateways(in: zone, &next, isFinal: isFinal) }
            try update(
                to: next,
                "Database: "
                    + phaseTitle(zone, items, blocks, index, schedule.phases.count).lowercasedFirst
                    + (current.databaseSubnetGroups.isEmpty ? "" : ", update the subnet group"),
                phaseReason(items, blocks), kind: .subnets, emptied: changing)
        }
        for database in stripped {
            var next = current
            next[database.reference]?.multiAZ = true
            let spanned = current.zones(of: database.subnetGroup.flatMap { current[$0]?.subnets } ?? [])
            setPlacement(database.reference) { place in
                place.standby = spanned.contains(zone) ? zone : spanned.first { $0 != place.primary }
            }
            try update(
                to: next, "\(database.name) is Multi-AZ again",
                "A new standby is made in zone \(letter), and catches up.", kind: .standby(making: true))
        }
    }

    /// Takes the primary out of a zone.
    private mutating func leave(
        _ database: Reference<DatabaseInstance>, _ zone: AvailabilityZone
    ) throws(MigrationRefusal) {
        guard let place = placement(of: database), place.primary == zone else { return }
        if place.standby == nil {
            let spanned = current.zones(of: current[database]?.subnetGroup.flatMap { current[$0]?.subnets } ?? [])
            guard let other = spanned.first(where: { $0 != zone }) else {
                throw MigrationRefusal(
                    .noZone, database.name, "its subnet group has no other zone than \(zone) to go to",
                    "add a subnet in another zone to the group first")
            }
            var next = current
            next[database]?.multiAZ = true
            setPlacement(database) { $0.standby = other }
            try update(
                to: next, "\(database) becomes Multi-AZ",
                "It can leave zone \(zone.letter.uppercased()) only by failover.",
                kind: .standby(making: true))
        }
        setPlacement(database) { place in
            let primary = place.primary
            place.primary = place.standby ?? primary
            place.standby = primary
        }
        command(failingOver: database, outOf: zone)
    }

    func placement(of database: Reference<DatabaseInstance>) -> DatabasePlacement? {
        placements.first { $0.database == database }
    }

    private mutating func setPlacement(
        _ database: Reference<DatabaseInstance>, _ change: (inout DatabasePlacement) -> Void
    ) {
        for index in placements.indices where placements[index].database == database { change(&placements[index]) }
    }

    /// The subnet groups follow: what is gone is out, and what the zone gained is in.
    private func placeSubnetGroups(_ topology: inout Topology, _ zone: AvailabilityZone, isLast: Bool) {
        for index in topology.databaseSubnetGroups.indices {
            let reference = topology.databaseSubnetGroups[index].reference
            var subnets = topology.databaseSubnetGroups[index].subnets.filter { topology[$0] != nil }
            let wanted = to[reference]?.subnets ?? []
            subnets += wanted.filter { topology[$0]?.zone == zone && isLast && !subnets.contains($0) }
            // In the order of the new topology, once all that it names is there.
            topology.databaseSubnetGroups[index].subnets = Set(subnets) == Set(wanted) ? wanted : subnets
        }
    }
}

extension String {
    /// With its first letter in lower case.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
