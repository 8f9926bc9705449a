extension CloudFormationBuilder {
    var network: [TemplateResource] {
        topology.vpcs.flatMap(vpc) + topology.internetGateways.flatMap(internetGateway)
            + topology.subnets.flatMap(subnet)
            + topology.elasticAddresses.map(elasticAddress) + topology.natGateways.map(natGateway)
            + topology.routeTables.flatMap(routeTable)
    }

    private func vpc(_ vpc: VPC) -> [TemplateResource] {
        var resources = [
            make(
                vpc,
                [
                    "CidrBlock": vpc.network.map { .text("\($0)") },
                    "EnableDnsSupport": .boolean(vpc.enableDnsSupport),
                    "EnableDnsHostnames": .boolean(vpc.enableDnsHostnames), "Tags": tags(topology.name),
                ])
        ]
        for (index, block) in vpc.secondaryNetworks.enumerated() {
            resources.append(
                part(
                    of: vpc, "Block\(index + 2)", type: "AWS::EC2::VPCCidrBlock",
                    ["VpcId": .ref(vpc.name), "CidrBlock": .text("\(block)")]))
        }
        if vpc.ipv6Network != nil {
            resources.append(
                part(
                    of: vpc, "IPv6Block", type: "AWS::EC2::VPCCidrBlock",
                    ["VpcId": .ref(vpc.name), "AmazonProvidedIpv6CidrBlock": true]))
        }
        return resources
    }

    /// What a subnet waits for though it doesn't refer to it: the block of its VPC that it lies in.
    private func blocks(of subnet: Subnet) -> [String] {
        guard let vpc = topology[subnet.vpc] else { return [] }
        let second = vpc.secondaryNetworks.firstIndex { block in subnet.network.map(block.contains) ?? false }
        return (second.map { ["\(vpc.name)Block\($0 + 2)"] } ?? [])
            + (subnet.ipv6Network != nil && vpc.ipv6Network != nil ? ["\(vpc.name)IPv6Block"] : [])
    }

    private func internetGateway(_ gateway: InternetGateway) -> [TemplateResource] {
        [make(gateway, ["Tags": tags(gateway.name)])]
            + (gateway.vpc.map { vpc in
                [
                    part(
                        of: gateway, "Attachment", type: "AWS::EC2::VPCGatewayAttachment",
                        ["VpcId": ref(vpc), "InternetGatewayId": .ref(gateway.name)])
                ]
            } ?? [])
    }

    private func subnet(_ subnet: Subnet) -> [TemplateResource] {
        let more: KeyValuePairs<String, String> = subnet.tier.map { ["Tier": $0] } ?? [:]
        var resource = make(
            subnet,
            [
                "VpcId": ref(subnet.vpc), "CidrBlock": subnet.network.map { .text("\($0)") },
                "Ipv6CidrBlock": subnet.ipv6Network.flatMap { $0 == "not known" ? nil : .interpolated($0) },
                "AvailabilityZone": subnet.zone.map(zone),
                "MapPublicIpOnLaunch": subnet.mapPublicIpOnLaunch ? true : nil, "Tags": tags(subnet.name, more),
            ])
        resource.dependsOn = blocks(of: subnet)
        return [resource]
            + (subnet.routeTable.map { table in
                [
                    part(
                        of: subnet, "Routes", type: "AWS::EC2::SubnetRouteTableAssociation",
                        ["SubnetId": .ref(subnet.name), "RouteTableId": ref(table)])
                ]
            } ?? [])
    }

    /// The attachments that an address or a route to the internet must wait for, though it doesn't refer to them.
    private var attachments: [String] {
        topology.internetGateways.filter { $0.vpc != nil }.map { "\($0.name)Attachment" }
    }

    private func elasticAddress(_ address: ElasticAddress) -> TemplateResource {
        var resource = make(
            address,
            ["Domain": "vpc", "InstanceId": address.instance.map { ref($0) }, "Tags": tags(address.name)])
        resource.dependsOn = attachments
        return resource
    }

    private func natGateway(_ gateway: NATGateway) -> TemplateResource {
        if gateway.isRegional { return regionalNATGateway(gateway) }
        var resource = make(
            gateway,
            [
                "SubnetId": ref(gateway.subnet),
                "ConnectivityType": gateway.elasticAddress == nil ? "private" : "public",
                "AllocationId": gateway.elasticAddress.map { attribute($0, "AllocationId") },
                "Tags": tags(gateway.name),
            ])
        if gateway.elasticAddress == nil { resource.dependsOn = attachments }
        return resource
    }

    /// A regional NAT gateway, which lies in no subnet and follows its VPC's zones, or those that are set by hand.
    ///
    /// - Source: Amazon VPC User Guide, "Regional NAT gateways for automatic multi-AZ expansion"; AWS CloudFormation
    ///   Template Reference, "AWS::EC2::NatGateway".
    private func regionalNATGateway(_ gateway: NATGateway) -> TemplateResource {
        var resource = make(
            gateway,
            [
                "VpcId": gateway.vpc.map { ref($0) }, "AvailabilityMode": "regional", "ConnectivityType": "public",
                "AvailabilityZoneAddresses": gateway.manualZones.map { zones in
                    .list(zones.map { .fields(["AvailabilityZone": zone($0)]) })
                },
                "Tags": tags(gateway.name),
            ])
        resource.dependsOn = attachments
        return resource
    }

    private func routeTable(_ table: RouteTable) -> [TemplateResource] {
        [make(table, ["VpcId": ref(table.vpc), "Tags": tags(table.name)])]
            + table.routes.enumerated().map { index, route in
                let isDefault = route.destination == "0.0.0.0/0"
                var resource = part(
                    of: table, isDefault ? "DefaultRoute" : "Route\(index + 1)", type: "AWS::EC2::Route",
                    ["RouteTableId": .ref(table.name)])
                let destination =
                    route.destination.hasPrefix("pl-")
                    ? "DestinationPrefixListId"
                    : route.destination.contains(":") ? "DestinationIpv6CidrBlock" : "DestinationCidrBlock"
                var entries = [
                    TemplateValue.Entry(key: "RouteTableId", value: .ref(table.name)),
                    TemplateValue.Entry(key: destination, value: .interpolated(route.destination)),
                ]
                switch route.target {
                case .internetGateway(let gateway):
                    entries.append(.init(key: "GatewayId", value: ref(gateway)))
                    resource.dependsOn = topology[gateway]?.vpc == nil ? [] : ["\(gateway)Attachment"]
                case .natGateway(let gateway): entries.append(.init(key: "NatGatewayId", value: ref(gateway)))
                case .instance(let instance): entries.append(.init(key: "InstanceId", value: ref(instance)))
                case .other(let property, let value):
                    entries.append(.init(key: property, value: .interpolated(value)))
                }
                resource.properties = .mapping(entries)
                return resource
            }
    }

    var endpoints: [TemplateResource] {
        topology.gatewayEndpoints.map { endpoint in
            make(
                endpoint,
                [
                    "VpcEndpointType": "Gateway", "VpcId": ref(endpoint.vpc),
                    "ServiceName": .sub("com.amazonaws.${AWS::Region}.\(endpoint.service)"),
                    "RouteTableIds": refs(endpoint.routeTables), "PolicyDocument": endpoint.policy.map(document),
                ])
        }
            + topology.interfaceEndpoints.map { endpoint in
                make(
                    endpoint,
                    [
                        "VpcEndpointType": "Interface", "VpcId": ref(endpoint.vpc),
                        "ServiceName": .sub("com.amazonaws.${AWS::Region}.\(endpoint.service)"),
                        "SubnetIds": refs(endpoint.subnets), "SecurityGroupIds": refs(endpoint.securityGroups),
                        "PrivateDnsEnabled": .boolean(endpoint.privateDnsEnabled),
                        "PolicyDocument": endpoint.policy.map(document),
                    ])
            }
    }
}
