extension MigrationPlanner {
    func isLeadingNowhere(_ route: Route, in topology: Topology) -> Bool {
        guard case .natGateway(let gateway) = route.target else { return false }
        return topology[gateway] == nil
    }

    /// NAT gateways in subnets that change go: they hold an interface, and a new one can't have the address of one that
    /// stands. The addresses stay allocated, so that who trusts them goes on to.
    mutating func closeGateways(in changing: Set<String>, of zone: AvailabilityZone) throws(MigrationRefusal) {
        let closed = current.natGateways.filter { changing.contains($0.subnet.name) }
        guard !closed.isEmpty else { return }
        let names = Set(closed.map(\.name))
        var next = current
        for gateway in closed { next[gateway.reference] = nil as NATGateway? }
        next.alarms.removeAll { alarm in closed.contains { alarm.isAbout($0.name) } }
        let substitute = next.natGateways.first
        for index in next.routeTables.indices {
            for route in next.routeTables[index].routes.indices {
                guard case .natGateway(let target) = next.routeTables[index].routes[route].target,
                    names.contains(target.name)
                else { continue }
                guard let substitute else {
                    throw MigrationRefusal(
                        .noZone, target.name,
                        "\(next.routeTables[index].name) would have no way out while zone \(zone.letter.uppercased()) is re-cut",
                        "give another zone a NAT gateway first (natGateways: perZone)")
                }
                next.routeTables[index].routes[route].target = .natGateway(substitute.reference)
            }
        }
        try update(
            to: next,
            "\(names.sorted().joined(separator: ", ")) goes; its routes lead to \(substitute?.name ?? "none")",
            "A NAT gateway holds its subnet, and its address can't be bound twice; the address stays allocated.",
            kind: .gateways, emptied: changing)
    }

    /// The NAT gateways of a zone and the routes to them, once their subnet stands: the old ones again, or the new
    /// topology's.
    func openGateways(in zone: AvailabilityZone, _ topology: inout Topology, isFinal: Bool) {
        let model = isFinal ? to : from
        for gateway in model.natGateways where model[gateway.subnet]?.zone == zone && topology[gateway.reference] == nil
        {
            guard topology[gateway.subnet] != nil else { continue }
            if let address = gateway.elasticAddress, topology[address] == nil, let made = model[address] {
                topology[address] = made
            }
            topology[gateway.reference] = gateway
            for alarm in model.alarms where alarm.isAbout(gateway.name) { topology[alarm.reference] = alarm }
        }
        // Tables of subnets that are there, each with the routes that it is to have, where they lead somewhere.
        for table in model.routeTables {
            guard let now = topology[table.reference] else { continue }
            let routes = table.routes.filter { !isLeadingNowhere($0, in: topology) }
            if routes.count == table.routes.count, now.routes != routes { topology[table.reference]?.routes = routes }
        }
        for endpoint in model.gatewayEndpoints where topology[endpoint.reference] != nil {
            let tables = endpoint.routeTables.filter { topology[$0] != nil }
            let kept =
                topology[endpoint.reference]?.routeTables.filter { !tables.contains($0) && topology[$0] != nil } ?? []
            topology[endpoint.reference]?.routeTables = tables + kept
        }
    }

    // MARK: A foothold for application load balancers

    /// An application load balancer spans two zones or more. Where leaving subnets would leave it with one, it first
    /// gets a subnet in a zone that the new topology adds, at its final block or a temporary one.
    mutating func gainFoothold(
        beside zone: AvailabilityZone, leaving changing: Set<String>
    ) throws(MigrationRefusal) {
        let thin = current.loadBalancers.filter { balancer in
            let staying = balancer.subnets.filter { !changing.contains($0.name) }
            return balancer.kind == .application && staying.count < balancer.subnets.count
                && Set(staying.compactMap { current[$0]?.zone }).count < 2
        }
        guard !thin.isEmpty else { return }
        let spanned = Set(thin.flatMap { current.zones(of: $0.subnets) })
        let added = zones.first { candidate in
            candidate != zone && !spanned.contains(candidate)
                && thin.allSatisfy { balancer in
                    to[balancer.reference]?.subnets.contains { to[$0]?.zone == candidate } ?? false
                }
        }
        guard let added, let vpc = current.vpcs.first?.network else {
            throw MigrationRefusal(
                thin.map {
                    MigrationRefusal.Reason(
                        code: .noZone, resource: $0.name,
                        message: "an application load balancer spans two zones, and would be left with one while zone "
                            + "\(zone.letter.uppercased()) is re-cut",
                        remedy: "give it a third zone in the new topology")
                })
        }
        var next = current
        for balancer in thin {
            for reference in to[balancer.reference]?.subnets ?? [] where to[reference]?.zone == added {
                guard next[reference] == nil, let final = to[reference]?.network else { continue }
                let standing = next.subnets.compactMap(\.network)
                let isFree = !standing.contains(where: final.overlaps)
                let block =
                    isFree
                    ? final
                    : RecutSchedule.temporary(
                        final.prefix, insteadOf: final.prefix, in: vpc,
                        avoiding: standing + to.subnets.compactMap(\.network), [], fromBelow: true)
                guard let block else {
                    throw noSpareRange(RecutSchedule.Item(name: reference.name, current: nil, final: final))
                }
                replace(RecutSchedule.Item(name: reference.name, current: nil, final: block), by: block, in: &next)
            }
        }
        footholds.insert(added)
        let names = thin.map(\.name).joined(separator: ", ")
        let letter = added.letter.uppercased()
        try update(
            to: next, "A foothold for \(names) in zone \(letter)",
            "An application load balancer spans at least two zones, and one of its two is about to be left.",
            kind: .subnets)
        try update(
            to: placingUsers(current), "\(names) spreads to zone \(letter)",
            "So that it can leave zone \(zone.letter.uppercased()).", kind: .users(joining: true))
    }
}

extension Alarm {
    /// Whether it watches the resource of this name: an alarm can't refer to what isn't there.
    func isAbout(_ name: String) -> Bool {
        dimensions.contains { $0.value == "${\(name)}" || $0.value.hasPrefix("${\(name).") }
    }
}
