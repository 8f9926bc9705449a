import YAML

extension TopologyBuilder {
    /// Lays a file's word over one resource.
    mutating func override(_ name: String, _ fields: FieldReader) throws(TopologyError) {
        guard let resource = topology.resources.first(where: { $0.name == name }) else {
            throw unknown(name, in: fields, name)
        }
        topology.places[name] = fields.place
        try override(resource, fields)
    }

    private mutating func override<R: Resource>(_ resource: R, _ fields: FieldReader) throws(TopologyError) {
        guard var readable = resource as? any FieldReadable else {
            throw fields.fault(
                .unknownName, "", found: "an override of \(resource.name), a \(R.type)",
                allowed: "subnets, route tables, gateways, endpoints, load balancers, groups, databases, buckets",
                remedy: "name it in \"without\", or describe it in a CloudFormation template")
        }
        var fields = fields
        try readable.read(&fields)
        try fields.finish()
        try checkReferences(fields)
        topology[resource.reference] = readable as? R
    }

    /// The keys of overrides that hold names of resources.
    private static var referring: Set<String> {
        ["subnet", "subnets", "routeTable", "routeTables", "natGateway", "internetGateway", "elasticAddress"]
    }

    private func checkReferences(_ fields: FieldReader) throws(TopologyError) {
        let names = Set(topology.resources.map(\.name))
        for entry in fields.node.entries ?? [] where Self.referring.contains(entry.key) {
            for value in entry.value.items ?? [entry.value] {
                if let name = value.text, !names.contains(name) { throw unknown(name, in: fields, entry.key) }
            }
        }
    }

    /// Refuses logs that go to a bucket that isn't there.
    func checkLogDestinations(_ fields: FieldReader) throws(TopologyError) {
        let users =
            topology.buckets.map { ($0.name, $0.accessLogging) }
            + topology.loadBalancers.map { ($0.name, $0.accessLogs) }
        for case (let user, let destination?) in users where topology[destination.bucket] == nil {
            let names = topology.buckets.map(\.name)
            throw TopologyError(
                .unknownName, at: topology.places[user], field: "\(user).accessLogs",
                found: "\"\(destination.bucket)\"", allowed: names.joined(separator: ", "),
                remedy: Spelling.nearest(to: destination.bucket.name, in: names).map { "did you mean \"\($0)\"?" }
                    ?? "add it to buckets")
        }
    }
}
