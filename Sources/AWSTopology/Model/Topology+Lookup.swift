extension Topology {
    /// The resource that `reference` names; nil where the topology has none of that name and type.
    ///
    /// Setting nil removes it; setting a resource of another name renames it in its place; setting one that wasn't
    /// there adds it.
    public subscript<R: Resource>(_ reference: Reference<R>) -> R? {
        get { self[keyPath: R.collection].first { $0.name == reference.name } }
        set {
            let index = self[keyPath: R.collection].firstIndex { $0.name == reference.name }
            switch (index, newValue) {
            case (let index?, let value?): self[keyPath: R.collection][index] = value
            case (let index?, nil): self[keyPath: R.collection].remove(at: index)
            case (nil, let value?): self[keyPath: R.collection].append(value)
            case (nil, nil): break
            }
        }
    }

    /// The zones that `subnets` lie in, in order, each once. Subnets whose zone isn't known count for nothing.
    public func zones(of subnets: [Reference<Subnet>]) -> [AvailabilityZone] {
        Set(subnets.compactMap { self[$0]?.zone }).sorted()
    }

    /// The zone of a NAT gateway: that of its subnet.
    public func zone(of gateway: NATGateway) -> AvailabilityZone? { self[gateway.subnet]?.zone }

    /// The subnets whose traffic follows `table`.
    public func subnets(of table: RouteTable) -> [Subnet] { subnets.filter { $0.routeTable == table.reference } }

    /// The subnets of a tier, in order of zones.
    public func subnets(ofTier tier: String) -> [Subnet] {
        subnets.filter { $0.tier == tier }.sorted { ($0.zone?.name ?? "", $0.name) < ($1.zone?.name ?? "", $1.name) }
    }

    /// Returns the way from `subnet` to the internet, by its route table's default route.
    public func egress(of subnet: Subnet) -> Egress? {
        guard let table = subnet.routeTable.flatMap({ self[$0] }) else { return nil }
        switch table.defaultRoute?.target {
        case .internetGateway: return .internet
        case .natGateway, .instance: return .nat
        case nil: return .endpoints
        case .other: return nil
        }
    }

    /// The listeners of a load balancer.
    public func listeners(of balancer: LoadBalancer) -> [Listener] {
        listeners.filter { $0.loadBalancer == balancer.reference }
    }

    /// The scheduled actions of a group.
    public func scheduledActions(of group: AutoScalingGroup) -> [ScheduledAction] {
        scheduledActions.filter { $0.group == group.reference }
    }

    /// Returns whether the value of a property isn't known, as against absent.
    public func isUnresolved(_ resource: String, _ property: String) -> Bool {
        unresolved.contains { $0.resource == resource && $0.property == property }
    }
}
