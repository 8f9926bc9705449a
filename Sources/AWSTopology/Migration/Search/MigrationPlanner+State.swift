extension MigrationPlanner {
    /// The whole topology as it is in a state of the search: what stands now, with subnets, users, NAT gateways, routes and
    /// databases where the state has them.
    func topology(for state: PuzzleState, in puzzle: MigrationPuzzle) -> Topology {
        var topology = current
        for (index, token) in puzzle.tokens.enumerated()
        where topology[Reference<Subnet>(token.name)]?.network != state.blocks[index] {
            let item = RecutSchedule.Item(name: token.name, current: nil, final: token.to)
            replace(item, by: state.blocks[index], in: &topology)
        }
        placeGateways(&topology, state, puzzle)
        placeRoutes(&topology, state, puzzle)
        let joined = Set(state.joined.map { puzzle.tokens[$0].name })
        placeUsers(&topology, joined, isEnd: puzzle.isEnd(state))
        for index in topology.databaseSubnetGroups.indices {
            let reference = topology.databaseSubnetGroups[index].reference
            let (old, new) = (from[reference]?.subnets ?? [], to[reference]?.subnets ?? [])
            let all = (old + new.filter { !old.contains($0) }).filter { topology[$0] != nil }
            topology.databaseSubnetGroups[index].subnets = Set(all) == Set(new) ? new : all
        }
        for (index, database) in puzzle.databases.enumerated() {
            topology[database.reference]?.multiAZ = state.places[index].standby != nil
        }
        return topology
    }

    /// NAT gateways: the old ones where their subnet is as it was, the new ones where it is as it is to be.
    private func placeGateways(_ topology: inout Topology, _ state: PuzzleState, _ puzzle: MigrationPuzzle) {
        let standing = Set(puzzle.gateways(in: state).map { puzzle.tokens[$0].name })
        let moved = Set(
            puzzle.tokens.indices.filter { state.blocks[$0] != puzzle.tokens[$0].from }.map { puzzle.tokens[$0].name })
        var wanted: [NATGateway] = []
        for gateway in from.natGateways
        where gateway.isRegional || standing.contains(gateway.subnet.name) && !moved.contains(gateway.subnet.name) {
            wanted.append(gateway)
        }
        for gateway in to.natGateways
        where standing.contains(gateway.subnet.name) && moved.contains(gateway.subnet.name) {
            if !wanted.contains(where: { $0.name == gateway.name }) { wanted.append(gateway) }
        }
        let names = Set(wanted.map(\.name))
        for gateway in topology.natGateways where !names.contains(gateway.name) {
            topology[gateway.reference] = nil as NATGateway?
            topology.alarms.removeAll { $0.isAbout(gateway.name) }
        }
        for gateway in wanted where topology[gateway.reference] != gateway {
            if let address = gateway.elasticAddress, topology[address] == nil, let made = to[address] ?? from[address] {
                topology[address] = made
            }
            topology[gateway.reference] = gateway
            let model = moved.contains(gateway.subnet.name) ? to : from
            for alarm in model.alarms where alarm.isAbout(gateway.name) { topology[alarm.reference] = alarm }
        }
    }

    /// Routes: the new ones where a table's subnets have their new blocks; what leads to a NAT gateway that isn't there
    /// leads to another one meanwhile.
    private func placeRoutes(_ topology: inout Topology, _ state: PuzzleState, _ puzzle: MigrationPuzzle) {
        let renewed = Set(
            puzzle.tokens.indices.filter {
                state.blocks[$0] == puzzle.tokens[$0].to && puzzle.tokens[$0].from != puzzle.tokens[$0].to
            }
            .map { puzzle.tokens[$0].name })
        for index in topology.routeTables.indices {
            let table = topology.routeTables[index]
            let own = topology.subnets(of: table)
            let isRenewed = own.contains { renewed.contains($0.name) } || from[table.reference] == nil
            var routes = ((isRenewed ? to[table.reference] : from[table.reference]) ?? table).routes
            for route in routes.indices where isLeadingNowhere(routes[route], in: topology) {
                let zones = Set(own.compactMap(\.zone))
                let near = topology.natGateways.first { topology.zone(of: $0).map(zones.contains) ?? false }
                if let other = near ?? topology.natGateways.first {
                    routes[route].target = .natGateway(other.reference)
                }
            }
            routes.removeAll { isLeadingNowhere($0, in: topology) }
            topology.routeTables[index].routes = routes
        }
        for index in topology.gatewayEndpoints.indices {
            let endpoint = topology.gatewayEndpoints[index]
            let wanted = (to[endpoint.reference] ?? endpoint).routeTables
            let all = wanted + endpoint.routeTables.filter { !wanted.contains($0) }
            let tables = all.filter { topology[$0] != nil }
            if Set(tables) != Set(endpoint.routeTables) { topology.gatewayEndpoints[index].routeTables = tables }
        }
    }

    /// Whatever spans zones is in the subnets that it has joined: in each zone in its new one, if that is there.
    private func placeUsers(_ topology: inout Topology, _ joined: Set<String>, isEnd: Bool) {
        func placed(_ old: [Reference<Subnet>], _ new: [Reference<Subnet>]?) -> [Reference<Subnet>] {
            let new = new ?? old
            let gained = new.filter { joined.contains($0.name) && topology[$0] != nil }
            if isEnd { return gained.count == new.count ? new : gained }
            let zones = Set(topology.zones(of: gained))
            let kept = old.filter { subnet in
                guard joined.contains(subnet.name), let zone = topology[subnet]?.zone else { return false }
                return new.contains(subnet) || !zones.contains(zone)
            }
            let all = kept + gained.filter { !kept.contains($0) }
            return Set(all) == Set(new) ? new : Set(all) == Set(old) ? old : all
        }
        for index in topology.loadBalancers.indices {
            let name = topology.loadBalancers[index].reference
            topology.loadBalancers[index].subnets = placed(from[name]?.subnets ?? [], to[name]?.subnets)
        }
        for index in topology.autoScalingGroups.indices {
            let name = topology.autoScalingGroups[index].reference
            topology.autoScalingGroups[index].subnets = placed(from[name]?.subnets ?? [], to[name]?.subnets)
        }
        for index in topology.interfaceEndpoints.indices {
            let name = topology.interfaceEndpoints[index].reference
            topology.interfaceEndpoints[index].subnets = placed(from[name]?.subnets ?? [], to[name]?.subnets)
        }
        for index in topology.imagePipelines.indices {
            let pipeline = topology.imagePipelines[index].reference
            let wanted = (isEnd ? to[pipeline] ?? from[pipeline] : from[pipeline])?.subnet
            guard let wanted, topology[wanted] == nil || !isEnd && !joined.contains(wanted.name) else {
                topology.imagePipelines[index].subnet = wanted
                continue
            }
            let tier = (from[wanted] ?? to[wanted])?.tier
            let other = topology.subnets.first { $0.tier == tier && joined.contains($0.name) }
            topology.imagePipelines[index].subnet = other?.reference ?? (topology[wanted] == nil ? nil : wanted)
        }
    }
}
