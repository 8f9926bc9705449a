extension TerraformBuilder {
    /// One statement for each kind: the compiler of Swift 6.2 takes one expression of all of them for too complex.
    var network: [TerraformBlock] {
        var blocks: [TerraformBlock] = topology.vpcs.flatMap(vpc)
        blocks += topology.internetGateways.map { gateway in
            make(
                gateway, "aws_internet_gateway",
                [.argument("vpc_id", ifAny: gateway.vpc.map { ref($0) }), tags(gateway.name)])
        }
        blocks += topology.subnets.flatMap(subnet)
        blocks += topology.elasticAddresses.map { address in
            make(
                address, "aws_eip",
                [
                    .argument("domain", .text("vpc")),
                    .argument("instance", ifAny: address.instance.map { ref($0) }), tags(address.name), gateways,
                ])
        }
        blocks += topology.natGateways.map { gateway in
            if gateway.isRegional { return regionalNATGateway(gateway) }
            return make(
                gateway, "aws_nat_gateway",
                [
                    .argument("subnet_id", ref(gateway.subnet)),
                    .argument("connectivity_type", .text(gateway.elasticAddress == nil ? "private" : "public")),
                    .argument("allocation_id", ifAny: gateway.elasticAddress.map { ref($0, "AllocationId") }),
                    tags(gateway.name), gateways,
                ])
        }
        blocks += topology.routeTables.flatMap(routeTable)
        return blocks
    }

    private func vpc(_ vpc: VPC) -> [TerraformBlock] {
        [
            make(
                vpc, "aws_vpc",
                [
                    .argument("cidr_block", ifAny: vpc.network.map { .text("\($0)") }),
                    .argument("enable_dns_support", .boolean(vpc.enableDnsSupport)),
                    .argument("enable_dns_hostnames", .boolean(vpc.enableDnsHostnames)),
                    vpc.ipv6Network == nil ? nil : .argument("assign_generated_ipv6_cidr_block", .boolean(true)),
                    tags(topology.name),
                ])
        ]
            + vpc.secondaryNetworks.enumerated().map { index, block in
                part(
                    of: vpc, "aws_vpc_ipv4_cidr_block_association", suffix: "_\(index + 2)",
                    [.argument("vpc_id", ref(vpc.reference)), .argument("cidr_block", .text("\(block)"))])
            }
    }

    private func regionalNATGateway(_ gateway: NATGateway) -> TerraformBlock {
        make(
            gateway, "aws_nat_gateway",
            [
                .argument("vpc_id", ifAny: gateway.vpc.map { ref($0) }),
                .argument("availability_mode", .text("regional")), .argument("connectivity_type", .text("public")),
            ]
                + (gateway.manualZones ?? []).map { zone in
                    .block("availability_zone_address", [.argument("availability_zone", text(zone.name))])
                } + [tags(gateway.name), gateways])
    }

    /// What waits for the internet gateway without a reference to it.
    var gateways: Item? {
        let gateways = topology.internetGateways.filter { $0.vpc != nil }.map {
            TerraformValue.expression("aws_internet_gateway.\(names.name($0.name))")
        }
        return gateways.isEmpty ? nil : .argument("depends_on", .list(gateways))
    }

    private func subnet(_ subnet: Subnet) -> [TerraformBlock] {
        [
            make(
                subnet, "aws_subnet",
                [
                    .argument("vpc_id", ref(subnet.vpc)),
                    .argument("cidr_block", ifAny: subnet.network.map { .text("\($0)") }),
                    .argument(
                        "ipv6_cidr_block",
                        ifAny: subnet.ipv6Network.flatMap { $0.contains(":") && !$0.contains("{") ? text($0) : nil }),
                    .argument("availability_zone", ifAny: subnet.zone.map { text($0.name) }),
                    subnet.mapPublicIpOnLaunch ? .argument("map_public_ip_on_launch", .boolean(true)) : nil,
                    tags(subnet.name, subnet.tier.map { [("Tier", .text($0))] } ?? []),
                ])
        ]
            + (subnet.routeTable.map { table in
                [
                    part(
                        of: subnet, "aws_route_table_association",
                        [.argument("subnet_id", ref(subnet.reference)), .argument("route_table_id", ref(table))])
                ]
            } ?? [])
    }

    private func routeTable(_ table: RouteTable) -> [TerraformBlock] {
        [make(table, "aws_route_table", [.argument("vpc_id", ref(table.vpc)), tags(table.name)])]
            + table.routes.enumerated().map { index, route in
                let destination =
                    route.destination.hasPrefix("pl-")
                    ? "destination_prefix_list_id"
                    : route.destination.contains(":") ? "destination_ipv6_cidr_block" : "destination_cidr_block"
                let target: Item =
                    switch route.target {
                    case .internetGateway(let gateway): .argument("gateway_id", ref(gateway))
                    case .natGateway(let gateway): .argument("nat_gateway_id", ref(gateway))
                    case .instance(let instance): .argument("network_interface_id", interface(instance))
                    case .other(let property, let value):
                        .argument(TerraformNames.snake(property), text(value))
                    }
                return part(
                    of: table, "aws_route", suffix: route.destination == "0.0.0.0/0" ? "_default" : "_\(index + 1)",
                    [
                        .argument("route_table_id", ref(table.reference)),
                        .argument(destination, text(route.destination)), target,
                    ])
            }
    }

    private func interface(_ instance: Reference<Instance>) -> TerraformValue {
        names.expression(instance.name, "PrimaryNetworkInterfaceId").map { .expression($0) } ?? text(instance.name)
    }

    var endpoints: [TerraformBlock] {
        topology.gatewayEndpoints.map { endpoint in
            make(
                endpoint, "aws_vpc_endpoint",
                [
                    .argument("vpc_id", ref(endpoint.vpc)), .argument("vpc_endpoint_type", .text("Gateway")),
                    .argument("service_name", text("com.amazonaws.${AWS::Region}.\(endpoint.service)")),
                    .argument("route_table_ids", refs(endpoint.routeTables)),
                    .argument("policy", ifAny: endpoint.policy.map(document)), tags(endpoint.name),
                ])
        }
            + topology.interfaceEndpoints.map { endpoint in
                make(
                    endpoint, "aws_vpc_endpoint",
                    [
                        .argument("vpc_id", ref(endpoint.vpc)), .argument("vpc_endpoint_type", .text("Interface")),
                        .argument("service_name", text("com.amazonaws.${AWS::Region}.\(endpoint.service)")),
                        .argument("subnet_ids", refs(endpoint.subnets)),
                        .argument("security_group_ids", refs(endpoint.securityGroups, "GroupId")),
                        .argument("private_dns_enabled", .boolean(endpoint.privateDnsEnabled)),
                        .argument("policy", ifAny: endpoint.policy.map(document)), tags(endpoint.name),
                    ])
            }
    }

    /// Groups, and each rule by itself: so they may refer to each other in a circle.
    var securityGroups: [TerraformBlock] {
        topology.securityGroups.flatMap { group in
            [
                make(
                    group, "aws_security_group",
                    [
                        .argument("description", .text(group.description.isEmpty ? group.name : group.description)),
                        .argument("vpc_id", ifAny: group.vpc.map { ref($0) }), tags(group.name),
                    ])
            ]
                + group.ingress.enumerated().map { rule($1, of: group, "ingress", index: $0 + 1) }
                // Terraform takes AWS's own rule, everything out, away: what the model doesn't say is said here.
                + (group.egress ?? [
                    SecurityGroupRule(ipProtocol: "-1", peer: .network("0.0.0.0/0"), description: "all")
                ])
                .enumerated().map { rule($1, of: group, "egress", index: $0 + 1) }
        }
    }

    private func rule(
        _ rule: SecurityGroupRule, of group: SecurityGroup, _ direction: String, index: Int
    ) -> TerraformBlock {
        let peer: Item =
            switch rule.peer {
            case .network(let network): .argument(network.contains(":") ? "cidr_ipv6" : "cidr_ipv4", text(network))
            case .securityGroup(let group): .argument("referenced_security_group_id", ref(group, "GroupId"))
            case .prefixList(let list): .argument("prefix_list_id", text(list))
            }
        return part(
            of: group, "aws_vpc_security_group_\(direction)_rule", suffix: "_\(index)",
            [
                .argument("security_group_id", ref(group.reference, "GroupId")),
                .argument("ip_protocol", .text(rule.ipProtocol)),
                .argument("from_port", ifAny: rule.ports.map { .integer($0.lowerBound) }),
                .argument("to_port", ifAny: rule.ports.map { .integer($0.upperBound) }), peer,
                rule.description.isEmpty ? nil : .argument("description", .text(rule.description)),
            ])
    }
}
