extension ResourceImporter {
    mutating func network(_ resource: ImportedResource) -> Bool {
        let name = resource.name
        let vpc: Reference<VPC> = Self.reference(resource["VpcId"]) ?? "the default VPC"
        switch resource.type {
        case "AWS::EC2::VPC":
            topology.vpcs.append(
                VPC(
                    name: name, network: Self.network(resource["CidrBlock"]),
                    enableDnsSupport: resource["EnableDnsSupport"].bool ?? true,
                    enableDnsHostnames: resource["EnableDnsHostnames"].bool ?? false,
                    ipv6Network: resource["Ipv6CidrBlock"].string))
        case "AWS::EC2::Subnet":
            topology.subnets.append(
                Subnet(
                    name: name, vpc: vpc, network: Self.network(resource["CidrBlock"]),
                    zone: (resource["AvailabilityZone"].string ?? resource["AvailabilityZoneId"].string)
                        .map { AvailabilityZone($0) },
                    tier: Self.tag("Tier", of: resource),
                    mapPublicIpOnLaunch: resource["MapPublicIpOnLaunch"].bool ?? false,
                    ipv6Network: Self.ipv6Network(of: resource)))
        case "AWS::EC2::RouteTable":
            topology.routeTables.append(
                RouteTable(name: name, vpc: vpc, routes: resource["Routes"].items.map { Self.route($0) }))
        case "AWS::EC2::InternetGateway":
            topology.internetGateways.append(InternetGateway(name: name, vpc: Self.reference(resource["VpcId"])))
        case "AWS::EC2::EIP":
            topology.elasticAddresses.append(
                ElasticAddress(name: name, instance: Self.reference(resource["InstanceId"])))
        case "AWS::EC2::NatGateway":
            var gateway = NATGateway(
                name: name, subnet: Self.reference(resource["SubnetId"]) ?? "a subnet not said",
                elasticAddress: Self.reference(resource["AllocationId"]))
            let zones = resource["AvailabilityZoneAddresses"]
            gateway.vpc = Self.reference(resource["VpcId"])
            gateway.isRegional = resource["AvailabilityMode"].known == "regional"
            gateway.manualZones =
                zones.isAbsent
                ? nil
                : zones.items.compactMap { ($0["AvailabilityZone"].string ?? $0["AvailabilityZoneId"].string) }
                    .map { AvailabilityZone($0) }
            topology.natGateways.append(gateway)
        case "AWS::EC2::SecurityGroup":
            topology.securityGroups.append(
                SecurityGroup(
                    name: name, vpc: Self.reference(resource["VpcId"]),
                    description: resource["GroupDescription"].string ?? "",
                    ingress: resource["SecurityGroupIngress"].items.flatMap { Self.rules($0) },
                    egress: resource["SecurityGroupEgress"].isAbsent
                        ? nil : Self.egress(resource["SecurityGroupEgress"])))
        case "AWS::EC2::FlowLog":
            topology.flowLogs.append(
                FlowLog(
                    name: name, vpc: Self.reference(resource["ResourceId"]) ?? "a VPC not said",
                    trafficType: resource["TrafficType"].string ?? "ALL", destination: flowLogDestination(resource)))
        case "AWS::EC2::VPCEndpoint": endpoint(resource, vpc)
        default: return false
        }
        return true
    }

    /// The value of a tag, where the file says it.
    private static func tag(_ key: String, of resource: ImportedResource) -> String? {
        resource["Tags"].items.first { $0["Key"].known == key }?["Value"].known
    }

    /// A block of IPv6 addresses, or that there is one whose value isn't known.
    private static func ipv6Network(of resource: ImportedResource) -> String? {
        let block = resource["Ipv6CidrBlock"]
        return block.string ?? (block.isAbsent ? nil : "not known")
    }

    /// Rules for what goes out. One to the own host alone lets nothing out, and is written where an empty list would be
    /// taken for none at all.
    private static func egress(_ value: ImportedValue) -> [SecurityGroupRule] {
        let rules = value.items.flatMap { Self.rules($0) }
        return rules.count == 1 && rules[0].peer == .network("127.0.0.1/32") ? [] : rules
    }

    private func flowLogDestination(_ resource: ImportedResource) -> FlowLog.Destination {
        if let role: Reference<Role> = Self.reference(resource["DeliverLogsPermissionArn"]),
            let group: Reference<LogGroup> = Self.reference(resource["LogGroupName"])
        {
            return .logGroup(group, role: role)
        }
        let destination = resource["LogDestination"]
        if let bucket = bucket(destination) { return .bucket(bucket) }
        return .other(destination.string ?? "")
    }

    private mutating func endpoint(_ resource: ImportedResource, _ vpc: Reference<VPC>) {
        let service = (resource["ServiceName"].string ?? "").serviceName
        let policy = Self.policy(resource["PolicyDocument"])
        switch resource["VpcEndpointType"].string ?? "Gateway" {
        case "Gateway":
            topology.gatewayEndpoints.append(
                GatewayEndpoint(
                    name: resource.name, vpc: vpc, service: service,
                    routeTables: Self.references(resource["RouteTableIds"]), policy: policy))
        case "Interface":
            topology.interfaceEndpoints.append(
                InterfaceEndpoint(
                    name: resource.name, vpc: vpc, service: service, subnets: Self.references(resource["SubnetIds"]),
                    securityGroups: Self.references(resource["SecurityGroupIds"]),
                    privateDnsEnabled: resource["PrivateDnsEnabled"].bool ?? false, policy: policy))
        case "GatewayLoadBalancer":
            topology.placements.append(
                Placement(
                    name: resource.name, type: resource.type, property: "SubnetIds",
                    subnets: Self.references(resource["SubnetIds"])))
        default: topology.others.append(OtherResource(name: resource.name, type: resource.type))
        }
    }

    static func route(_ value: ImportedValue) -> Route {
        let destination =
            value["DestinationCidrBlock"].string ?? value["DestinationIpv6CidrBlock"].string
            ?? value["DestinationPrefixListId"].string ?? "not known"
        let gateway = value["GatewayId"]
        if let name = gateway.referred, !name.hasPrefix("vgw-"), !name.hasPrefix("vpce-") {
            return Route(destination: destination, target: .internetGateway(Reference(name)))
        }
        if let gateway: Reference<NATGateway> = reference(value["NatGatewayId"]) {
            return Route(destination: destination, target: .natGateway(gateway))
        }
        if let instance: Reference<Instance> = reference(value["InstanceId"]) {
            return Route(destination: destination, target: .instance(instance))
        }
        let other = value.entries.first { $0.key.hasSuffix("Id") && !["RouteTableId"].contains($0.key) }
        return Route(
            destination: destination,
            target: .other(property: other?.key ?? "unknown", value: other?.value.string ?? ""))
    }

    /// The rules of one entry, which may name an IPv4 and an IPv6 block at once.
    static func rules(_ value: ImportedValue) -> [SecurityGroupRule] {
        var ports: ClosedRange<Int>?
        if let from = value["FromPort"].int, let to = value["ToPort"].int, from >= 0, from <= to { ports = from...to }
        let ipProtocol = value["IpProtocol"].isAbsent ? "-1" : value["IpProtocol"].known ?? "not known"
        var peers: [SecurityGroupRule.Peer] = []
        for key in ["CidrIp", "CidrIpv6"] {
            if let network = value[key].string { peers.append(.network(network)) }
        }
        for key in ["SourceSecurityGroupId", "DestinationSecurityGroupId", "SourceSecurityGroupName"] {
            if let group: Reference<SecurityGroup> = reference(value[key]) { peers.append(.securityGroup(group)) }
        }
        if let list = value["SourcePrefixListId"].string { peers.append(.prefixList(list)) }
        return peers.map {
            SecurityGroupRule(
                ipProtocol: ipProtocol, ports: ports, peer: $0, description: value["Description"].string ?? "")
        }
    }
}

extension String {
    /// The service of `com.amazonaws.<region>.<service>`, which may itself have dots; any other text as it is.
    var serviceName: String {
        let parts = replacing(between: "${", "}").split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 3 else { return parts.last.map(String.init) ?? self }
        return parts.dropFirst(parts[0] == "cn" ? 4 : 3).joined(separator: ".")
    }

    /// With what stands between two marks replaced by one letter, so that dots in it don't count.
    private func replacing(between open: String, _ close: Character) -> String {
        var text = ""
        var rest = self[...]
        while let start = rest.firstRange(of: open)?.lowerBound {
            text += rest[..<start]
            guard let end = rest[start...].firstIndex(of: close) else { break }
            text += "x"
            rest = rest[rest.index(after: end)...]
        }
        return text + rest
    }
}

extension Substring {
    fileprivate func firstRange(of mark: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(mark) { return start..<index(start, offsetBy: mark.count) }
            start = index(after: start)
        }
        return nil
    }
}
