import YAML

extension TerraformTranslator {
    typealias Translated = (type: String, properties: [(String, ImportedValue)])

    /// CloudFormation's type and properties of a resource; nil for a type that the model has no words for.
    func translate(_ block: PlannedBlock, _ type: String) -> Translated? {
        network(block, type) ?? routing(block, type) ?? security(block, type) ?? balancing(block, type)
            ?? compute(block, type) ?? data(block, type) ?? identity(block, type) ?? service(block, type)
    }

    /// The same words, said in CloudFormation's way: `cidr_block` → `CidrBlock`.
    func same(_ block: PlannedBlock, _ keys: String...) -> [(String, ImportedValue)] {
        keys.map { key in
            (key.split(separator: "_").map { String($0).capitalizedFirst }.joined(), block.value(key))
        }
    }

    private func network(_ block: PlannedBlock, _ type: String) -> Translated? {
        let vpc = ("VpcId", block.reference("vpc_id"))
        switch type {
        case "aws_vpc", "aws_default_vpc":
            let isGiven = block.value("assign_generated_ipv6_cidr_block").bool == true
            return (
                "AWS::EC2::VPC",
                same(block, "cidr_block", "enable_dns_hostnames", "enable_dns_support")
                    + [("Ipv6CidrBlock", isGiven ? .text("amazon") : block.value("ipv6_cidr_block"))]
            )
        case "aws_vpc_ipv4_cidr_block_association":
            return ("AWS::EC2::VPCCidrBlock", [vpc] + same(block, "cidr_block"))
        case "aws_subnet", "aws_default_subnet":
            return (
                "AWS::EC2::Subnet",
                same(block, "cidr_block", "availability_zone", "map_public_ip_on_launch", "outpost_arn")
                    + [vpc, ("Ipv6CidrBlock", block.value("ipv6_cidr_block")), ("Tags", Self.tags(block))]
            )
        case "aws_internet_gateway": return ("AWS::EC2::InternetGateway", [vpc])
        case "aws_eip": return ("AWS::EC2::EIP", [("InstanceId", block.reference("instance"))])
        case "aws_nat_gateway":
            let zones = block.list("availability_zone_address") {
                Self.mapping([
                    ("AvailabilityZone", $0.value("availability_zone")),
                    ("AvailabilityZoneId", $0.value("availability_zone_id")),
                ])
            }
            return (
                "AWS::EC2::NatGateway",
                [
                    ("SubnetId", block.reference("subnet_id")), ("AllocationId", block.reference("allocation_id")),
                    vpc, ("AvailabilityMode", block.value("availability_mode")),
                    ("AvailabilityZoneAddresses", zones == .list([]) ? .absent : zones),
                ]
            )
        case "aws_vpc_endpoint":
            return (
                "AWS::EC2::VPCEndpoint",
                same(block, "service_name", "vpc_endpoint_type", "private_dns_enabled") + [
                    vpc, ("RouteTableIds", block.references("route_table_ids")),
                    ("SubnetIds", block.references("subnet_ids")), ("PolicyDocument", block.document("policy")),
                ]
            )
        case "aws_flow_log":
            return (
                "AWS::EC2::FlowLog",
                same(block, "traffic_type") + [
                    ("ResourceId", block.reference("vpc_id")), ("LogDestination", block.reference("log_destination")),
                    ("DeliverLogsPermissionArn", block.reference("iam_role_arn")),
                ]
            )
        default: return nil
        }
    }

    private func route(_ block: PlannedBlock, destination: String) -> [(String, ImportedValue)] {
        [
            ("DestinationCidrBlock", block.value(destination)),
            (
                "DestinationIpv6CidrBlock",
                block.value(destination.hasPrefix("destination") ? "destination_ipv6_cidr_block" : "ipv6_cidr_block")
            ), ("GatewayId", block.reference("gateway_id")),
            ("NatGatewayId", block.reference("nat_gateway_id")), ("InstanceId", block.reference("instance_id")),
            ("TransitGatewayId", block.value("transit_gateway_id")),
            ("VpcEndpointId", block.reference("vpc_endpoint_id")),
            ("NetworkInterfaceId", block.value("network_interface_id")),
        ]
    }

    /// Tags as CloudFormation has them; those that a provider adds to all are among them.
    private static func tags(_ block: PlannedBlock) -> ImportedValue {
        let all = block.value("tags_all")
        let tags = (all.entries.isEmpty ? block.value("tags") : all).entries
        return tags.isEmpty
            ? .absent : .list(tags.map { mapping([("Key", .text($0.key)), ("Value", $0.value)]) })
    }

    private func securityRules(_ block: PlannedBlock) -> [ImportedValue] {
        let common = [
            ("FromPort", block.value("from_port")), ("ToPort", block.value("to_port")),
            ("IpProtocol", block.value("protocol").isAbsent ? block.value("ip_protocol") : block.value("protocol")),
            ("Description", block.value("description")),
        ]
        // The one resource has lists, the other, newer one has one network.
        let networks = (block.value("cidr_blocks").items + block.value("cidr_ipv4").items).map { ("CidrIp", $0) }
        let others = (block.value("ipv6_cidr_blocks").items + block.value("cidr_ipv6").items).map { ("CidrIpv6", $0) }
        return (networks + others).map { Self.mapping(common + [$0]) }
    }

    private func routing(_ block: PlannedBlock, _ type: String) -> Translated? {
        let vpc = ("VpcId", block.reference("vpc_id"))
        switch type {
        case "aws_route_table":
            let routes = block.list("route") { Self.mapping(route($0, destination: "cidr_block")) }
            return ("AWS::EC2::RouteTable", [vpc, ("Routes", routes)])
        case "aws_default_route_table":
            let routes = block.list("route") { Self.mapping(route($0, destination: "cidr_block")) }
            let vpc = block.reference("default_route_table_id")
            return ("AWS::EC2::RouteTable", [("VpcId", vpc), ("Routes", routes), ("IsMain", .text("true"))])
        case "aws_main_route_table_association":
            return ("Terraform::MainRouteTable", [vpc, ("RouteTableId", block.reference("route_table_id"))])
        case "aws_route":
            return (
                "AWS::EC2::Route",
                route(block, destination: "destination_cidr_block")
                    + [("RouteTableId", block.reference("route_table_id"))]
            )
        case "aws_route_table_association":
            return (
                "AWS::EC2::SubnetRouteTableAssociation",
                [("SubnetId", block.reference("subnet_id")), ("RouteTableId", block.reference("route_table_id"))]
            )
        default: return nil
        }
    }

    private func security(_ block: PlannedBlock, _ type: String) -> Translated? {
        let vpc = ("VpcId", block.reference("vpc_id"))
        switch type {
        case "aws_security_group", "aws_default_security_group":
            let rules = block.blocks("ingress").flatMap { securityRules($0) }
            let isOpen = block.hidden("ingress") != nil
            return (
                "AWS::EC2::SecurityGroup",
                [
                    vpc, ("GroupDescription", block.value("description")),
                    ("SecurityGroupIngress", .list(rules + (isOpen ? [.unknown("ingress")] : []))),
                ]
            )
        case "aws_security_group_rule", "aws_vpc_security_group_ingress_rule":
            guard type != "aws_security_group_rule" || block.value("type").known == "ingress" else { return nil }
            return (
                "AWS::EC2::SecurityGroupIngress",
                [("GroupId", block.reference("security_group_id")), ("Rules", .list(securityRules(block)))]
            )
        default: return nil
        }
    }
}
