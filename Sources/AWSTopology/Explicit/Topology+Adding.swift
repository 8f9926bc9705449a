extension Topology {
    /// The topology in a region that its file doesn't say: zones that are said by their letters get their names.
    public func placed(in region: String) -> Topology {
        guard self.region == nil else { return self }
        var topology = self
        topology.region = region
        func placed(_ zone: AvailabilityZone) -> AvailabilityZone {
            let own = "${AWS::Region}"
            return zone.name.hasPrefix(own) ? AvailabilityZone(region + zone.name.dropFirst(own.count)) : zone
        }
        topology.zones = zones.map(placed)
        for index in subnets.indices { topology.subnets[index].zone = subnets[index].zone.map(placed) }
        for index in databaseInstances.indices {
            topology.databaseInstances[index].zone = databaseInstances[index].zone.map(placed)
        }
        for index in natGateways.indices {
            topology.natGateways[index].manualZones = natGateways[index].manualZones?.map(placed)
        }
        return topology
    }

    /// The region that all subnets lie in by their zones' names; nil where they don't say one.
    var regionOfZones: String? {
        let zones = subnets.compactMap(\.zone)
        let regions = Set(
            zones.map { zone -> String? in
                let isName = zone.name.split(separator: "-").count == 3 && zone.name.last?.isLetter == true
                return isName && !zone.name.contains("{") ? String(zone.name.dropLast()) : nil
            })
        return regions.count == 1 ? regions.first ?? nil : nil
    }

    /// Adds what another file describes, as a stack or a state of its own that lies beside this one.
    ///
    /// - Throws: ``TopologyError`` where both have a resource of one name.
    public mutating func add(_ other: Topology, from file: String) throws(TopologyError) {
        let names = Set(resources.map(\.name))
        if let double = other.resources.first(where: { names.contains($0.name) }) {
            throw TopologyError(
                .duplicate, at: other.places[double.name], field: double.name,
                found: "the name \"\(double.name)\" a second time", allowed: "each name once in all files together",
                remedy: "import the files one by one")
        }
        for resource in other.resources { append(resource) }
        placements += other.placements
        others += other.others
        parameters += other.parameters.filter { new in !parameters.contains { $0.name == new.name } }
        unresolved.formUnion(other.unresolved)
        openings += other.openings
        repeatedKeys += other.repeatedKeys
        places.merge(other.places) { first, _ in first }
        ids.merge(other.ids) { first, _ in first }
        region = region ?? other.region
        zones = Set(zones + other.zones).sorted()
    }

    private mutating func append<R: Resource>(_ resource: R) { self[keyPath: R.collection].append(resource) }
}
