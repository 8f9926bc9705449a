import YAML

/// Expands the concise form into explicit resources, section by section.
struct TopologyBuilder {
    var topology = Topology()
    let file: String
    var retentionDays = 90
    var trustedNetworks: [String] = []
    let vpc: Reference<VPC> = "VPC"
    let alarmTopic: Reference<Topic> = "AlarmTopic"

    init(file: String) { self.file = file }

    mutating func build(_ fields: inout FieldReader) throws(TopologyError) {
        topology.name = try fields.text("name") ?? "footlight-backend"
        topology.region = try fields.text("region")
        try parameters(&fields)
        if fields.node["addresses"] == nil, fields.node["resources"] != nil {
            return try explicit(&fields)
        }
        try zones(&fields)
        try addresses(&fields)
        try natGateways(&fields)
        try logs(&fields)
        try endpoints(&fields)
        try buckets(&fields)
        for (name, each) in try fields.named("loadBalancers") { try loadBalancer(name, each) }
        try image(&fields)
        for (name, each) in try fields.named("autoScalingGroups") { try group(name, each) }
        for (name, each) in try fields.named("databases") { try database(name, each) }
        try alarms(&fields)
        try checkNames(fields)
        try resources(&fields)
        try unknowns(&fields)
        try openings(&fields)
        try checkDoubles(fields)
        try checkLogDestinations(fields)
        for key in try fields.list("without") ?? [] where !topology.remove(key) {
            throw unknown(key, in: fields, "without")
        }
        for (name, each) in try fields.named("overrides") { try override(name, each) }
        // What lint is to accept is for lint to read.
        _ = fields.value("suppress")
        try fields.finish()
    }

    /// A file that says each resource by itself, and has no address plan.
    private mutating func explicit(_ fields: inout FieldReader) throws(TopologyError) {
        try resources(&fields)
        topology.region = topology.region ?? topology.regionOfZones
        try unknowns(&fields)
        try openings(&fields)
        try checkDoubles(fields)
        _ = fields.value("suppress")
        try fields.finish()
    }

    /// Adds a resource, and remembers its place.
    mutating func add<R: Resource>(_ resource: R, at fields: FieldReader) {
        topology[keyPath: R.collection].append(resource)
        topology.places[resource.name] = fields.place
    }

    /// The subnets of a tier that must be there.
    func subnets(tier: String?, _ fields: FieldReader) throws(TopologyError) -> [Reference<Subnet>] {
        let tiers = topology.addressPlan?.cuts.map(\.tier.name) ?? []
        let tier = try fields.require(tier, "tier", allowed: tiers.joined(separator: ", "))
        guard tiers.contains(tier) else {
            throw fields.fault(
                .unknownName, "tier", found: "\"\(tier)\"", allowed: tiers.joined(separator: ", "),
                remedy: Spelling.nearest(to: tier, in: tiers).map { "did you mean \"\($0)\"?" }
                    ?? "add it to addresses.tiers")
        }
        return topology.subnets(ofTier: tier).map(\.reference)
    }

    func unknown(_ name: String, in fields: FieldReader, _ key: String) -> TopologyError {
        let names = topology.resources.map(\.name)
        return fields.fault(
            .unknownName, key, found: "\"\(name)\"", allowed: "one of the topology's \(names.count) resources",
            remedy: Spelling.nearest(to: name, in: names).map { "did you mean \"\($0)\"?" }
                ?? "docs/topology.md says how names are made")
    }

    private func checkNames(_ fields: FieldReader) throws(TopologyError) {
        for resource in topology.resources {
            try LogicalName.check(resource.name, at: topology.places[resource.name])
        }
        try checkDoubles(fields)
    }

    private func checkDoubles(_ fields: FieldReader) throws(TopologyError) {
        var seen: Set<String> = []
        for resource in topology.resources {
            let place = topology.places[resource.name]
            guard seen.insert(resource.name).inserted else {
                throw LogicalName.error(.duplicate, resource.name, at: place)
            }
        }
    }
}
