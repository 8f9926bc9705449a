extension TerraformTranslator {
    /// Services that lie in subnets.
    func service(_ block: PlannedBlock, _ type: String) -> Translated? {
        func inner(_ key: String, _ attribute: String) -> ImportedValue {
            if let hidden = block.hidden(key) { return .unknown(hidden) }
            return block.blocks(key).first?.references(attribute) ?? .absent
        }
        switch type {
        case "aws_ecs_service":
            let subnets = Self.mapping([("Subnets", inner("network_configuration", "subnets"))])
            return (
                "AWS::ECS::Service",
                [("NetworkConfiguration", Self.mapping([("AwsvpcConfiguration", subnets)]))]
            )
        case "aws_eks_node_group": return ("AWS::EKS::Nodegroup", [("Subnets", block.references("subnet_ids"))])
        case "aws_eks_cluster":
            return (
                "AWS::EKS::Cluster",
                [("ResourcesVpcConfig", Self.mapping([("SubnetIds", inner("vpc_config", "subnet_ids"))]))]
            )
        case "aws_lambda_function":
            return (
                "AWS::Lambda::Function",
                [("VpcConfig", Self.mapping([("SubnetIds", inner("vpc_config", "subnet_ids"))]))]
            )
        case "aws_elasticache_subnet_group":
            return ("AWS::ElastiCache::SubnetGroup", [("SubnetIds", block.references("subnet_ids"))])
        case "aws_efs_file_system":
            return ("AWS::EFS::FileSystem", [("AvailabilityZoneName", block.value("availability_zone_name"))])
        case "aws_ec2_transit_gateway_vpc_attachment":
            return ("AWS::EC2::TransitGatewayVpcAttachment", [("SubnetIds", block.references("subnet_ids"))])
        default: return nil
        }
    }
}
