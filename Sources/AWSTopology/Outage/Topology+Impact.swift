extension Topology {
    /// Returns the effect of losing `lost`, and what must be started where.
    public func impact(ofLosing lost: Set<AvailabilityZone>) -> OutageImpact {
        let all = Set(subnets.compactMap(\.zone)).union(zones).sorted()
        let gone = Set(subnets.filter { $0.zone.map(lost.contains) ?? false }.map(\.name))
        let lostGateways = natGateways.filter { gone.contains($0.subnet.name) }
        let lostInstances = instances.filter { $0.subnet.map { gone.contains($0.name) } ?? false }
        var impact = OutageImpact(
            lost: lost.sorted(), left: all.filter { !lost.contains($0) },
            resources: subnets.filter { gone.contains($0.name) }.map(\.name) + lostGateways.map(\.name)
                + lostInstances.map(\.name),
            thinned: [], down: [], cutOff: [], irreplaceable: lostInstances.map(\.name), groups: [], databases: [])
        for (name, subnets) in spanning {
            let here = subnets.filter { gone.contains($0.name) }
            if here.isEmpty { continue }
            if here.count == subnets.count { impact.down.append(name) } else { impact.thinned.append(name) }
        }
        let ways = Set(lostGateways.map(\.name) + lostInstances.map(\.name))
        impact.cutOff = subnets.filter { subnet in
            guard !gone.contains(subnet.name), let table = subnet.routeTable.flatMap({ self[$0] }) else { return false }
            switch table.defaultRoute?.target {
            case .natGateway(let gateway): return ways.contains(gateway.name)
            case .instance(let instance): return ways.contains(instance.name)
            default: return false
            }
        }.map(\.name)
        impact.groups = autoScalingGroups.map { self.impact(on: $0, ofLosing: lost) }
        impact.down += impact.groups.filter { $0.zonesLeft.isEmpty && $0.desired > 0 }.map(\.name)
        impact.databases = databaseInstances.map { database in
            let spanned = zones(of: database.subnetGroup.flatMap { self[$0]?.subnets } ?? [])
            let own = database.multiAZ ? spanned : database.zone.map { [$0] } ?? spanned
            return OutageImpact.Database(
                name: database.name, zonesLost: own.filter(lost.contains), zonesLeft: own.filter { !lost.contains($0) },
                multiAZ: database.multiAZ)
        }
        impact.down += impact.databases.filter { $0.zonesLeft.isEmpty && !$0.zonesLost.isEmpty }.map(\.name)
        return impact
    }

    /// Load balancers and interface endpoints with the subnets that they have an address in.
    private var spanning: [(name: String, subnets: [Reference<Subnet>])] {
        loadBalancers.map { ($0.name, $0.subnets) } + interfaceEndpoints.map { ($0.name, $0.subnets) }
    }

    private func impact(on group: AutoScalingGroup, ofLosing lost: Set<AvailabilityZone>) -> OutageImpact.Group {
        let spanned = zones(of: group.subnets)
        let left = spanned.filter { !lost.contains($0) }
        let (desired, count) = (workingSize(of: group), max(1, spanned.count))
        let gone = spanned.count - left.count
        let rest = desired % count
        // The zones with one more may all be among the lost ones, or none of them.
        let fewest = gone * (desired / count) + max(0, rest - left.count)
        let most = gone * (desired / count) + min(rest, gone)
        let rooms = group.subnets.compactMap { self[$0] }.filter { $0.zone.map { !lost.contains($0) } ?? false }
            .map { subnet in room(in: subnet, of: group, over: count, left: left.count) }
        return OutageImpact.Group(
            name: group.name, desired: desired, lost: fewest...most, zonesLeft: left, rooms: rooms,
            maxSize: group.maxSize)
    }

    private func room(
        in subnet: Subnet, of group: AutoScalingGroup, over count: Int, left: Int
    ) -> OutageImpact.Room {
        let desired = workingSize(of: group)
        func share(_ size: Int, _ zones: Int) -> Int { (size + zones - 1) / max(1, zones) }
        let after = share(desired, left)
        return OutageImpact.Room(
            subnet: subnet.name, zone: subnet.zone ?? "", network: subnet.network, usable: subnet.network?.usable ?? 0,
            used: addressesInUse(in: subnet.reference), started: max(0, after - desired / max(1, count)),
            growth: max(0, share(max(group.maxSize ?? desired, desired), left) - after))
    }

    /// How many addresses are in use in a subnet, at most.
    ///
    /// - Source: Elastic Load Balancing User Guide, "Subnets for your load balancer": eight for a load balancer.
    func addressesInUse(in subnet: Reference<Subnet>) -> Int {
        var used = loadBalancers.filter { $0.subnets.contains(subnet) }.count * 8
        used += interfaceEndpoints.filter { $0.subnets.contains(subnet) }.count
        used += natGateways.filter { $0.subnet == subnet }.count
        used += instances.filter { $0.subnet == subnet }.count
        used += imagePipelines.filter { $0.subnet == subnet }.count
        for group in autoScalingGroups where group.subnets.contains(subnet) {
            let count = max(1, zones(of: group.subnets).count)
            used += (workingSize(of: group) + count - 1) / count
        }
        for group in databaseSubnetGroups where group.subnets.contains(subnet) {
            used += databaseInstances.filter { $0.subnetGroup == group.reference }.count
        }
        return used
    }
}
