extension Subnet: FieldReadable {
    mutating func read(_ fields: inout FieldReader) throws(TopologyError) {
        network = try fields.network("cidrBlock") ?? network
        zone = try fields.text("availabilityZone").map { AvailabilityZone($0) } ?? zone
        tier = try fields.text("tier") ?? tier
        routeTable = try fields.text("routeTable").map { Reference($0) } ?? routeTable
        mapPublicIpOnLaunch = try fields.bool("mapPublicIpOnLaunch") ?? mapPublicIpOnLaunch
    }
}

extension RouteTable: FieldReadable {
    mutating func read(_ fields: inout FieldReader) throws(TopologyError) {
        if let gateway = try fields.text("natGateway") { setDefault(.natGateway(Reference(gateway))) }
        if let gateway = try fields.text("internetGateway") { setDefault(.internetGateway(Reference(gateway))) }
        if let instance = try fields.text("instance") { setDefault(.instance(Reference(instance))) }
    }

    private mutating func setDefault(_ target: Route.Target) {
        routes.removeAll { $0.destination == "0.0.0.0/0" }
        routes.append(Route(destination: "0.0.0.0/0", target: target))
    }
}

extension NATGateway: FieldReadable {
    mutating func read(_ fields: inout FieldReader) throws(TopologyError) {
        subnet = try fields.text("subnet").map { Reference($0) } ?? subnet
        elasticAddress = try fields.text("elasticAddress").map { Reference($0) } ?? elasticAddress
    }
}

extension GatewayEndpoint: FieldReadable {
    mutating func read(_ fields: inout FieldReader) throws(TopologyError) {
        routeTables = try fields.references("routeTables") ?? routeTables
        if try fields.text("policy") == "none" { policy = nil }
    }
}

extension InterfaceEndpoint: FieldReadable {
    mutating func read(_ fields: inout FieldReader) throws(TopologyError) {
        subnets = try fields.references("subnets") ?? subnets
        privateDnsEnabled = try fields.bool("privateDnsEnabled") ?? privateDnsEnabled
        if try fields.text("policy") == "none" { policy = nil }
    }
}
