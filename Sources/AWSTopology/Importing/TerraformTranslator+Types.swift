import YAML

extension TerraformTranslator {
    typealias Translated = (type: String, properties: [(String, ImportedValue)])

    /// CloudFormation's type and properties of a resource; nil for a type that the model has no words for.
    func translate(_ block: PlannedBlock, _ type: String) -> Translated? {
        network(block, type) ?? balancing(block, type) ?? compute(block, type) ?? data(block, type)
            ?? service(block, type)
    }

    /// The same words, said in CloudFormation's way: `cidr_block` → `CidrBlock`.
    private func same(_ block: PlannedBlock, _ keys: String...) -> [(String, ImportedValue)] {
        keys.map { key in
            (key.split(separator: "_").map { String($0).capitalizedFirst }.joined(), block.value(key))
        }
    }

    private func network(_ block: PlannedBlock, _ type: String) -> Translated? {
        let vpc = ("VpcId", block.reference("vpc_id"))
        switch type {
        case "aws_vpc", "aws_default_vpc":
            return ("AWS::EC2::VPC", same(block, "cidr_block", "enable_dns_hostnames", "enable_dns_support"))
        case "aws_vpc_ipv4_cidr_block_association": return ("AWS::EC2::VPCCidrBlock", [vpc])
        case "aws_subnet", "aws_default_subnet":
            return (
                "AWS::EC2::Subnet",
                same(block, "cidr_block", "availability_zone", "map_public_ip_on_launch", "outpost_arn") + [vpc]
            )
        case "aws_internet_gateway": return ("AWS::EC2::InternetGateway", [vpc])
        case "aws_eip": return ("AWS::EC2::EIP", [("InstanceId", block.reference("instance"))])
        case "aws_nat_gateway":
            return (
                "AWS::EC2::NatGateway",
                [("SubnetId", block.reference("subnet_id")), ("AllocationId", block.reference("allocation_id"))]
            )
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
        case "aws_vpc_endpoint":
            return (
                "AWS::EC2::VPCEndpoint",
                same(block, "service_name", "vpc_endpoint_type", "private_dns_enabled") + [
                    vpc, ("RouteTableIds", block.references("route_table_ids")),
                    ("SubnetIds", block.references("subnet_ids")), ("PolicyDocument", block.document("policy")),
                ]
            )
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
            ("DestinationCidrBlock", block.value(destination)), ("GatewayId", block.reference("gateway_id")),
            ("NatGatewayId", block.reference("nat_gateway_id")), ("InstanceId", block.reference("instance_id")),
            ("TransitGatewayId", block.value("transit_gateway_id")),
            ("NetworkInterfaceId", block.value("network_interface_id")),
        ]
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

    private func data(_ block: PlannedBlock, _ type: String) -> Translated? {
        switch type {
        case "aws_db_instance":
            var properties = same(
                block, "engine", "engine_version", "allocated_storage", "availability_zone", "publicly_accessible",
                "storage_encrypted", "deletion_protection", "manage_master_user_password",
                "auto_minor_version_upgrade", "monitoring_interval")
            properties += [
                ("DBInstanceClass", block.value("instance_class")), ("MultiAZ", block.value("multi_az")),
                ("DBSubnetGroupName", block.reference("db_subnet_group_name")),
                ("VPCSecurityGroups", block.references("vpc_security_group_ids")),
                // Terraform's own default is none, CloudFormation's is a day.
                (
                    "BackupRetentionPeriod",
                    block.value("backup_retention_period").isAbsent
                        ? .text("0") : block.value("backup_retention_period")
                ),
                ("MasterUsername", block.value("username")), ("MasterUserPassword", password(block)),
                ("EnableCloudwatchLogsExports", block.value("enabled_cloudwatch_logs_exports")),
                ("SourceDBInstanceIdentifier", block.reference("replicate_source_db")),
                ("DBSnapshotIdentifier", block.value("snapshot_identifier")),
            ]
            return ("AWS::RDS::DBInstance", properties)
        case "aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster": return cluster(block, type)
        case "aws_rds_cluster_instance", "aws_docdb_cluster_instance", "aws_neptune_cluster_instance":
            return (
                "AWS::RDS::DBInstance",
                same(block, "engine", "publicly_accessible", "auto_minor_version_upgrade") + [
                    ("DBInstanceClass", block.value("instance_class")),
                    ("DBClusterIdentifier", block.reference("cluster_identifier")),
                ]
            )
        case "aws_db_subnet_group":
            return ("AWS::RDS::DBSubnetGroup", [("SubnetIds", block.references("subnet_ids"))])
        case "aws_s3_bucket": return ("AWS::S3::Bucket", bucket(block))
        case "aws_s3_bucket_policy":
            return (
                "AWS::S3::BucketPolicy",
                [("Bucket", block.reference("bucket")), ("PolicyDocument", block.document("policy"))]
            )
        case "aws_cloudwatch_log_group":
            let days = block.value("retention_in_days")
            return (
                "AWS::Logs::LogGroup",
                [
                    ("LogGroupName", block.value("name")), ("LogGroupClass", block.value("log_group_class")),
                    ("RetentionInDays", days.int == 0 ? .absent : days),
                ]
            )
        case "aws_iam_access_key": return ("AWS::IAM::AccessKey", [("UserName", block.reference("user"))])
        case "aws_iam_role":
            return (
                "AWS::IAM::Role",
                [
                    ("AssumeRolePolicyDocument", block.document("assume_role_policy")),
                    ("ManagedPolicyArns", block.value("managed_policy_arns")),
                    (
                        "Policies",
                        block.list("inline_policy") {
                            $0.value("policy").isAbsent
                                ? .absent
                                : Self.mapping([
                                    ("PolicyName", $0.value("name")), ("PolicyDocument", $0.document("policy")),
                                ])
                        }
                    ),
                ]
            )
        case "aws_iam_role_policy":
            return (
                "AWS::IAM::RolePolicy",
                [("RoleName", block.reference("role")), ("PolicyDocument", block.document("policy"))]
            )
        case "aws_iam_instance_profile":
            return ("AWS::IAM::InstanceProfile", [("Roles", .list([block.reference("role")]))])
        case "aws_iam_policy":
            return ("AWS::IAM::ManagedPolicy", [("PolicyDocument", block.document("policy"))])
        default: return nil
        }
    }

    private func cluster(_ block: PlannedBlock, _ type: String) -> Translated {
        (
            type == "aws_rds_cluster" ? "AWS::RDS::DBCluster" : "AWS::DocDB::DBCluster",
            same(
                block, "engine", "engine_mode", "storage_encrypted", "deletion_protection", "snapshot_identifier",
                "global_cluster_identifier", "replication_source_identifier") + [
                    ("DBSubnetGroupName", block.reference("db_subnet_group_name")),
                    ("DBClusterInstanceClass", block.value("db_cluster_instance_class")),
                    ("MasterUserPassword", password(block, "master_password")),
                ]
        )
    }

    /// A plan writes out a password whatever it comes from; it is the file's own only where the configuration says it.
    private func password(_ block: PlannedBlock, _ key: String = "password") -> ImportedValue {
        let isConstant = block.expressions?[key]?["constant_value"] != nil
        return isConstant ? block.value(key) : block.value(key).isAbsent ? .absent : .unknown(key)
    }

    private func bucket(_ block: PlannedBlock) -> [(String, ImportedValue)] {
        var properties = [
            ("BucketName", block.value("bucket")), ("AccessControl", Self.accessControl(block.value("acl"))),
        ]
        if let logging = block.blocks("logging").first {
            properties.append(
                (
                    "LoggingConfiguration",
                    Self.mapping([
                        ("DestinationBucketName", logging.reference("target_bucket")),
                        ("LogFilePrefix", logging.value("target_prefix")),
                    ])
                ))
        }
        let rules = Self.lifecycle(block, "lifecycle_rule")
        if rules != .list([]) { properties.append(("LifecycleConfiguration", Self.mapping([("Rules", rules)]))) }
        let policy = block.document("policy")
        if !policy.isAbsent { properties.append(("PolicyDocument", policy)) }
        return properties
    }
}
