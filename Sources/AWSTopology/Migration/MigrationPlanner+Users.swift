extension MigrationPlanner {
    /// The subnets of something that spans zones, for the time being: its old ones in zones to be re-cut, its new ones in
    /// zones that have been, none that everything has left.
    func subnets(_ old: [Reference<Subnet>], _ new: [Reference<Subnet>], isBalancer: Bool) -> [Reference<Subnet>] {
        let kept = old.filter { reference in from[reference]?.zone.map { !renewed.contains($0) } ?? true }
        let gained = new.filter { reference in
            guard let zone = to[reference]?.zone else { return true }
            return renewed.contains(zone) || (isBalancer && footholds.contains(zone))
        }
        return (kept + gained.filter { !kept.contains($0) }).filter {
            !left.contains($0.name) && current[$0] != nil
        }
    }

    /// `topology` with everything that spans zones where it belongs for the time being.
    func placingUsers(_ topology: Topology) -> Topology {
        var topology = topology
        for index in topology.loadBalancers.indices {
            let balancer = topology.loadBalancers[index].reference
            let new = to[balancer]?.subnets ?? from[balancer]?.subnets ?? []
            topology.loadBalancers[index].subnets = subnets(
                from[balancer]?.subnets ?? [], new,
                isBalancer: topology.loadBalancers[index].kind == .application)
        }
        for index in topology.autoScalingGroups.indices {
            let group = topology.autoScalingGroups[index].reference
            let new = to[group]?.subnets ?? from[group]?.subnets ?? []
            topology.autoScalingGroups[index].subnets = subnets(from[group]?.subnets ?? [], new, isBalancer: false)
        }
        for index in topology.interfaceEndpoints.indices {
            let endpoint = topology.interfaceEndpoints[index].reference
            let new = to[endpoint]?.subnets ?? from[endpoint]?.subnets ?? []
            topology.interfaceEndpoints[index].subnets = subnets(from[endpoint]?.subnets ?? [], new, isBalancer: false)
        }
        for index in topology.imagePipelines.indices {
            let pipeline = topology.imagePipelines[index].reference
            let wanted = (renewed.isEmpty ? from[pipeline] : to[pipeline] ?? from[pipeline])?.subnet
            guard let wanted, left.contains(wanted.name) || topology[wanted] == nil else {
                topology.imagePipelines[index].subnet = wanted
                continue
            }
            let tier = (from[wanted] ?? to[wanted])?.tier
            topology.imagePipelines[index].subnet =
                topology.subnets.first { $0.tier == tier && !left.contains($0.name) }?.reference ?? wanted
        }
        return topology
    }

    /// What has an interface in one of `names` now.
    func users(of names: Set<String>) -> [String] {
        func touches(_ subnets: [Reference<Subnet>]) -> Bool { subnets.contains { names.contains($0.name) } }
        return current.loadBalancers.filter { touches($0.subnets) }.map(\.name)
            + current.autoScalingGroups.filter { touches($0.subnets) }.map(\.name)
            + current.interfaceEndpoints.filter { touches($0.subnets) }.map(\.name)
    }

    /// Who moves, with the verb: by name where it is one, else by kind.
    func moving(to next: Topology, _ plural: String, _ singular: String) -> String {
        func names<R: Resource>(_ kind: KeyPath<Topology, [R]>) -> [String] {
            next[keyPath: kind].filter { current[$0.reference] != $0 }.map(\.name)
        }
        let kinds = [
            ("load balancers", names(\.loadBalancers)), ("groups", names(\.autoScalingGroups)),
            ("endpoints", names(\.interfaceEndpoints)),
        ].filter { !$0.1.isEmpty }
        let all = kinds.flatMap(\.1)
        if all.count == 1 { return "\(all[0]) \(singular)" }
        let words = kinds.map(\.0)
        let list =
            words.count > 1 ? words.dropLast().joined(separator: ", ") + " and " + (words.last ?? "") : words.joined()
        return "\(list.capitalizedFirst) \(plural)"
    }

    // MARK: Zones of everything but databases

    mutating func recutOthers(
        _ zone: AvailabilityZone, _ items: [RecutSchedule.Item], isFinal: Bool
    ) throws(MigrationRefusal) {
        let changing = Set(items.filter { $0.current != nil }.map(\.name))
        let letter = zone.letter.uppercased()
        if !users(of: changing).isEmpty {
            try returnFromElsewhere(than: zone)
            try gainFoothold(beside: zone, leaving: changing)
            left.formUnion(changing)
            let next = placingUsers(current)
            try update(
                to: next, "\(moving(to: next, "leave", "leaves")) zone \(letter)",
                "A subnet can be replaced only when no interface is in it.", kind: .users(joining: false),
                emptied: changing)
        }
        try closeGateways(in: changing, of: zone)
        // A foothold may have taken spare addresses since the zone was chosen.
        guard let schedule = schedule(items) else { throw noSpareRange(items.first) }
        for (index, blocks) in schedule.phases.enumerated() {
            let isLast = index == schedule.phases.count - 1
            var next = current
            for item in items { replace(item, by: blocks[item.name], in: &next) }
            if isLast { openGateways(in: zone, &next, isFinal: isFinal) }
            try update(
                to: next, phaseTitle(zone, items, blocks, index, schedule.phases.count),
                phaseReason(items, blocks), kind: .subnets, emptied: changing)
        }
        left.subtract(changing)
        if isFinal {
            renewed.insert(zone)
            footholds.remove(zone)
            // What is new stays empty until the spread, or until another zone must be left.
        }
    }

    /// Before another zone is left, all that left this one returns to it.
    private mutating func returnFromElsewhere(than zone: AvailabilityZone) throws(MigrationRefusal) {
        let next = placingUsers(current)
        guard next != current else { return }
        func spanned(_ topology: Topology) -> Set<AvailabilityZone> {
            Set(
                topology.zones(
                    of: topology.loadBalancers.flatMap(\.subnets) + topology.autoScalingGroups.flatMap(\.subnets)
                        + topology.interfaceEndpoints.flatMap(\.subnets)))
        }
        let zones = spanned(next).subtracting(spanned(current)).sorted()
        try update(
            to: next, "\(moving(to: next, "return", "returns")) to zone \(Self.list(zones).uppercasedLetters)",
            "Before zone \(zone.letter.uppercased()) is left, the other must carry the load again.",
            kind: .users(joining: true))
    }

    func replace(_ item: RecutSchedule.Item, by network: IPv4Network?, in topology: inout Topology) {
        let reference = Reference<Subnet>(item.name)
        guard let network else {
            topology[reference] = nil as Subnet?
            return
        }
        if var subnet = to[reference] ?? from[reference] {
            if network != to[reference]?.network, let old = current[reference] { subnet = old }
            subnet.network = network
            topology[reference] = subnet
            if let table = subnet.routeTable, topology[table] == nil, var made = to[table] {
                // Its default route comes with its NAT gateway.
                made.routes.removeAll { isLeadingNowhere($0, in: topology) }
                topology[table] = made
            }
        }
    }

    func phaseTitle(
        _ zone: AvailabilityZone, _ items: [RecutSchedule.Item], _ blocks: [String: IPv4Network], _ index: Int,
        _ count: Int
    ) -> String {
        let letter = zone.letter.uppercased()
        let isNew = items.allSatisfy { $0.current == nil }
        let isGone = items.allSatisfy { $0.final == nil }
        let verb = isNew ? "add" : isGone ? "remove" : "replace"
        let suffix = count == 1 ? "" : ", phase \(index + 1) of \(count)"
        let temporary = items.filter {
            blocks[$0.name] != nil && blocks[$0.name] != $0.final && blocks[$0.name] != $0.current
        }
        return "\(verb.capitalizedFirst) zone \(letter)'s subnets\(suffix)"
            + (temporary.isEmpty ? "" : ": through temporary ranges")
    }

    func phaseReason(_ items: [RecutSchedule.Item], _ blocks: [String: IPv4Network]) -> String {
        items.compactMap { item in
            let now = current[Reference<Subnet>(item.name)]?.network
            let next = blocks[item.name]
            guard now != next else { return nil }
            return "\(item.name) \(now?.description ?? "new") → \(next?.description ?? "gone")"
        }.joined(separator: ", ") + "."
    }
}

extension String {
    /// `a and b` is `A and B`.
    var uppercasedLetters: String {
        split(separator: " ").map { $0 == "and" ? String($0) : $0.uppercased() }.joined(separator: " ")
    }
}
