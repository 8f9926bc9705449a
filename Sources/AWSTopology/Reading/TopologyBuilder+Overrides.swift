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
        topology[resource.reference] = readable as? R
    }
}
