import YAML

extension TopologyBuilder {
    mutating func zones(_ fields: inout FieldReader) throws(TopologyError) {
        let letters = try fields.list("zones") ?? ["a", "b", "c"]
        for letter in letters where letter.utf8.count != 1 || !("a"..."z").contains(letter) {
            throw fields.fault(
                .malformed, "zones", found: "\"\(letter)\"", allowed: "letters a to z, such as [a, b, c]",
                remedy: "write only the letter; the region is said by \"region\"")
        }
        guard (1...6).contains(letters.count), Set(letters).count == letters.count else {
            throw fields.fault(
                .outOfRange, "zones", found: "[\(letters.joined(separator: ", "))]",
                allowed: "1 to 6 letters, each once",
                remedy: "write [a, b, c]")
        }
        topology.zones = letters.map { AvailabilityZone(region: topology.region, letter: $0) }
    }

    mutating func addresses(_ outer: inout FieldReader) throws(TopologyError) {
        var fields = try outer.require(
            try outer.mapping("addresses"), "addresses", allowed: "a mapping with vpc, spareZones and tiers")
        let network = try fields.require(
            try fields.network("vpc"), "vpc", allowed: "a network of /16 to /28, such as 10.0.0.0/20")
        let spareZones = try fields.int("spareZones", in: 0...6) ?? 1
        let tiers = try fields.mapping("tiers")
        let plan: AddressPlan
        do {
            if let tiers {
                plan = try AddressPlan(
                    vpc: network, zones: topology.zones.count, spareZones: spareZones, tiers: try Self.tiers(tiers))
            } else {
                plan = try AddressPlan.reference(
                    vpc: network, zones: topology.zones.count, spareZones: spareZones)
            }
        } catch {
            guard error.place == nil else { throw error }
            let holder = tiers?.node[error.field] == nil ? fields : tiers ?? fields
            throw holder.fault(
                error.code, error.field, found: error.found, allowed: error.allowed, remedy: error.remedy)
        }
        try fields.finish()
        topology.addressPlan = plan
        add(VPC(name: vpc.name, network: network, enableDnsHostnames: true), at: fields)
        for cut in plan.cuts {
            for (zone, subnet) in zip(topology.zones, cut.subnets) {
                add(
                    Subnet(
                        name: "\(cut.tier.name.capitalizedFirst)Subnet\(zone.letter.uppercased())", vpc: vpc,
                        network: subnet, zone: zone, tier: cut.tier.name),
                    at: fields)
            }
        }
    }

    private static func tiers(_ fields: FieldReader) throws(TopologyError) -> [AddressPlan.Tier] {
        var tiers: [AddressPlan.Tier] = []
        for (name, each) in try fields.named() {
            var each = each
            let block = try each.require(
                try each.network("block"), "block", allowed: "a part of the VPC, such as 10.0.4.0/23")
            let egress: Egress = try each.choice("egress") ?? .endpoints
            var prefix: Int?
            if let text = try each.text("subnets") {
                prefix = Int(text.hasPrefix("/") ? text.dropFirst() : text[...])
                guard let prefix, (16...28).contains(prefix) else {
                    throw each.fault(
                        .outOfRange, "subnets", found: "\"\(text)\"", allowed: "/16 to /28", remedy: "write /26, say")
                }
            }
            try each.finish()
            tiers.append(AddressPlan.Tier(name: name, block: block, egress: egress, subnetPrefix: prefix))
        }
        return tiers
    }

    /// How NAT gateways are laid out.
    private enum NATLayout: String, CaseIterable { case perZone, single, none }

    mutating func natGateways(_ fields: inout FieldReader) throws(TopologyError) {
        let layout: NATLayout = try fields.choice("natGateways") ?? .perZone
        let tiers = Dictionary(
            (topology.addressPlan?.cuts ?? []).map { ($0.tier.name, $0.tier.egress) }, uniquingKeysWith: { a, _ in a })
        let publicSubnets = topology.subnets.filter { $0.tier.flatMap { tiers[$0] } == .internet }
        if !publicSubnets.isEmpty {
            add(InternetGateway(name: "InternetGateway", vpc: vpc), at: fields)
            let route = Route(destination: "0.0.0.0/0", target: .internetGateway("InternetGateway"))
            add(RouteTable(name: "PublicRouteTable", vpc: vpc, routes: [route]), at: fields)
        }
        var gateways: [Reference<NATGateway>] = []
        for zone in topology.zones.prefix(layout == .perZone ? topology.zones.count : layout == .single ? 1 : 0) {
            guard let subnet = publicSubnets.first(where: { $0.zone == zone }) else {
                throw fields.fault(
                    .missing, "natGateways", found: "no public subnet in \(zone)",
                    allowed: "a tier with \"egress: internet\" for NAT gateways to lie in",
                    remedy: "add one to addresses.tiers, or write \"natGateways: none\"")
            }
            let letter = zone.letter.uppercased()
            add(ElasticAddress(name: "ElasticAddress\(letter)"), at: fields)
            let address = Reference<ElasticAddress>("ElasticAddress\(letter)")
            add(
                NATGateway(name: "NATGateway\(letter)", subnet: subnet.reference, elasticAddress: address), at: fields)
            gateways.append(Reference("NATGateway\(letter)"))
        }
        for (index, zone) in topology.zones.enumerated() {
            let letter = zone.letter.uppercased()
            if tiers.values.contains(.nat) {
                let gateway = gateways.isEmpty ? nil : gateways[min(index, gateways.count - 1)]
                let routes = gateway.map { [Route(destination: "0.0.0.0/0", target: .natGateway($0))] } ?? []
                add(RouteTable(name: "NATRouteTable\(letter)", vpc: vpc, routes: routes), at: fields)
            }
            if tiers.values.contains(.endpoints) {
                add(RouteTable(name: "EndpointsRouteTable\(letter)", vpc: vpc), at: fields)
            }
        }
        for index in topology.subnets.indices {
            let letter = topology.subnets[index].zone?.letter.uppercased() ?? ""
            switch topology.subnets[index].tier.flatMap({ tiers[$0] }) {
            case .internet: topology.subnets[index].routeTable = "PublicRouteTable"
            case .nat: topology.subnets[index].routeTable = Reference("NATRouteTable\(letter)")
            case .endpoints, nil: topology.subnets[index].routeTable = Reference("EndpointsRouteTable\(letter)")
            }
        }
    }
}

extension String {
    /// With its first letter in upper case.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
