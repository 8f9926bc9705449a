extension LintRule {
    static let network: [LintRule] = [
        natGatewayPerZone, routeTablePerZone, crossZoneRoute, natInstance, natGatewayNotPublic, regionalNATMissesZones,
        publicAddress, subnetMapsPublicAddresses,
    ]

    /// The zones of each VPC in which NAT gateways lie; none of a VPC where that of one isn't known.
    private static func natZones(_ context: LintContext) -> [String: Set<AvailabilityZone>] {
        var zones: [String: Set<AvailabilityZone>] = [:]
        var open: Set<String> = []
        for gateway in context.topology.natGateways where !gateway.isRegional {
            guard let subnet = context.subnets[gateway.subnet.name] else { return [:] }
            guard let zone = subnet.zone else {
                open.insert(subnet.vpc.name)
                continue
            }
            zones[subnet.vpc.name, default: []].insert(zone)
        }
        // A subnet whose VPC isn't in the file may lie in one that is.
        let vpcs = Set(context.topology.natGateways.compactMap { context.subnets[$0.subnet.name]?.vpc.name })
        let own = Set(context.topology.vpcs.map(\.name))
        guard vpcs.count <= 1 || vpcs.isSubset(of: own) else { return [:] }
        return zones.filter { !open.contains($0.key) }
    }

    /// Destinations that stand for the internet: of IPv4, and of IPv4 from IPv6 by NAT64.
    private static let internet = ["0.0.0.0/0", "64:ff9b::/96"]

    /// The NAT gateways that a table leads to the internet by.
    private static func gateways(of table: RouteTable, _ context: LintContext) -> [NATGateway] {
        guard context.knows(table.name, "Routes") else { return [] }
        return internet.compactMap { destination in
            let route = table.routes.first { $0.destination == destination }
            guard case .natGateway(let name)? = route?.target else { return nil }
            return context.natGateways[name.name]
        }
    }

    /// The same with their zones, the first that lies in another zone than `zones` foremost.
    private static func gateway(
        of table: RouteTable, _ context: LintContext
    ) -> (name: String, zone: AvailabilityZone)? {
        let zones = (context.subnetsOfTable[table.name] ?? []).compactMap(\.zone)
        let all = gateways(of: table, context).compactMap { gateway in
            context.subnets[gateway.subnet.name]?.zone.map { (name: gateway.name, zone: $0) }
        }
        return all.first { gateway in zones.contains { context.differ($0, gateway.zone) } } ?? all.first
    }

    static let natGatewayPerZone = LintRule(
        "nat-gateway-per-zone", .error,
        breaks: "T3; Amazon VPC User Guide, \"NAT gateway basics\"",
        why: "a NAT gateway is lost with its zone, and every other zone that goes through it is cut off with it",
        remedy: "a NAT gateway with its own elastic address in a public subnet of every zone"
    ) { context in
        let own = natZones(context)
        var served: [String: Set<AvailabilityZone>] = [:]
        for table in context.topology.routeTables {
            guard let gateway = gateway(of: table, context), let own = own[table.vpc.name] else { continue }
            let zones = (context.subnetsOfTable[table.name] ?? []).compactMap(\.zone)
            served[gateway.name, default: []].formUnion(context.missing(zones, from: own))
        }
        return served.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }.map {
            Hit($0.key, "is the way out of \($0.value.listed) too, which has no NAT gateway of its own")
        }
    }

    static let routeTablePerZone = LintRule(
        "route-table-per-zone", .error,
        breaks: "T3; Amazon VPC User Guide, \"NAT gateway basics\"",
        why: "one table has one default route, so all its zones leave through one zone's NAT gateway",
        remedy: "a route table per zone, its default route to the NAT gateway of that zone"
    ) { context in
        let own = natZones(context)
        return context.topology.routeTables.compactMap { table in
            guard let gateway = gateway(of: table, context), let own = own[table.vpc.name] else { return nil }
            let zones = Set((context.subnetsOfTable[table.name] ?? []).compactMap(\.zone))
            let others = zones.filter { context.differ($0, gateway.zone) && own.contains($0) }
            guard !others.isEmpty, zones.count > 1 else { return nil }
            return Hit(table.name, "serves \(zones.listed), but leads to \(gateway.name) in \(gateway.zone)")
        }
    }

    static let crossZoneRoute = LintRule(
        "cross-zone-route", .error,
        breaks: "T3; Amazon VPC User Guide, \"NAT gateway basics\"",
        why: "the loss of one zone cuts off another, and traffic from zone to zone is paid for",
        remedy: "lead the default route to the NAT gateway of the subnets' own zone"
    ) { context in
        let own = natZones(context)
        return context.topology.routeTables.compactMap { table in
            guard let gateway = gateway(of: table, context), let own = own[table.vpc.name] else { return nil }
            let zones = Set((context.subnetsOfTable[table.name] ?? []).compactMap(\.zone))
            guard zones.count == 1, let zone = zones.first, context.differ(zone, gateway.zone), own.contains(zone)
            else { return nil }
            return Hit(table.name, "serves \(zone), but leads to \(gateway.name) in \(gateway.zone)")
        }
    }

    static let natInstance = LintRule(
        "nat-instance", .warning,
        breaks: "T3; Amazon VPC User Guide, \"Compare NAT gateways and NAT instances\"",
        why:
            "an instance that does NAT has a bandwidth of its own, must be patched, and nobody takes over when it fails",
        remedy: "a NAT gateway in its place"
    ) { context in
        context.topology.routeTables.compactMap { table in
            guard case .instance(let instance)? = table.defaultRoute?.target, context.knows(table.name, "Routes") else {
                return nil
            }
            return Hit(table.name, "has its default route through the instance \(instance)")
        }
    }

    static let natGatewayNotPublic = LintRule(
        "nat-gateway-not-public", .error,
        breaks: "T3; Amazon VPC User Guide, \"NAT gateway basics\"",
        why:
            "a public NAT gateway reaches the internet through its subnet's route to the internet gateway, and has none",
        remedy: "put it in a public subnet"
    ) { context in
        context.topology.natGateways.compactMap { gateway in
            guard gateway.elasticAddress != nil, let subnet = context.subnets[gateway.subnet.name],
                let egress = context.egress(of: subnet), egress != .internet
            else { return nil }
            return Hit(gateway.name, "lies in \(subnet.name), which has no route to an internet gateway")
        }
    }

    static let regionalNATMissesZones = LintRule(
        "regional-nat-misses-zones", .error,
        breaks: "T3; Amazon VPC User Guide, \"Regional NAT gateways\"",
        why:
            "with its zones set by hand it doesn't grow by itself, so what leaves from another zone crosses over to one",
        remedy: "addresses for every zone, or none at all, so that it follows the VPC by itself"
    ) { context in
        var served: [String: Set<AvailabilityZone>] = [:]
        for table in context.topology.routeTables {
            for gateway in gateways(of: table, context) where gateway.isRegional {
                guard let zones = gateway.manualZones, !zones.isEmpty,
                    context.knows(gateway.name, ["AvailabilityZoneAddresses", "AvailabilityMode"])
                else { continue }
                let users = (context.subnetsOfTable[table.name] ?? []).filter { context.knows($0.name, "Condition") }
                served[gateway.name, default: []].formUnion(
                    context.missing(users.compactMap(\.zone), from: Set(zones)))
            }
        }
        return served.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }.map {
            Hit($0.key, "has no addresses in \($0.value.listed), which leaves by it too")
        }
    }

    static let publicAddress = LintRule(
        "public-address", .error,
        breaks: "T3; AWS Security Hub, EC2.9",
        why: "an instance with a public address is open to whoever finds a hole in it or in its security group",
        remedy: "private subnets, a load balancer before them, and Systems Manager instead of SSH from outside"
    ) { context in
        var hits: [Hit] = []
        for template in context.topology.launchTemplates where template.settings.associatePublicIpAddress == true {
            hits.append(Hit(template.name, "gives its instances public addresses"))
        }
        for instance in context.topology.instances {
            let subnet = instance.subnet.flatMap { context.subnets[$0.name] }
            if instance.settings.associatePublicIpAddress == true {
                hits.append(Hit(instance.name, "has a public address"))
            } else if instance.settings.associatePublicIpAddress == nil, subnet?.mapPublicIpOnLaunch == true,
                context.knows(instance.name, ["AssociatePublicIpAddress", "NetworkInterfaces"])
            {
                hits.append(Hit(instance.name, "gets a public address from its subnet \(subnet?.name ?? "")"))
            }
        }
        for address in context.topology.elasticAddresses {
            guard let instance = address.instance, context.knows(address.name, "InstanceId") else { continue }
            hits.append(Hit(address.name, "is a public address of the instance \(instance)"))
        }
        for group in context.topology.autoScalingGroups {
            guard let (template, settings) = context.settings(of: group), settings.associatePublicIpAddress == nil,
                context.knows(
                    template,
                    [
                        "LaunchTemplateData.NetworkInterfaces", "AssociatePublicIpAddress", "NetworkInterfaces",
                    ]),
                let subnet = group.subnets.compactMap({ context.subnets[$0.name] }).first(where: \.mapPublicIpOnLaunch)
            else { continue }
            hits.append(Hit(group.name, "has instances that get public addresses from the subnet \(subnet.name)"))
        }
        return hits
    }

    static let subnetMapsPublicAddresses = LintRule(
        "subnet-maps-public-addresses", .info,
        breaks: "T3; AWS Security Hub, EC2.15",
        why: "whatever is started there gets a public address, though NAT gateways and load balancers don't need it",
        remedy: "set MapPublicIpOnLaunch to false"
    ) { context in
        context.topology.subnets.filter(\.mapPublicIpOnLaunch).map {
            Hit($0.name, "gives whatever starts in it a public address")
        }
    }
}
