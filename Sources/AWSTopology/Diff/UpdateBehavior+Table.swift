extension UpdateBehavior {
    /// Returns the effect of changing a property of a type, and a remark; whatever isn't in the table is done without
    /// interruption.
    ///
    /// - Source: `createOnlyProperties` and `conditionalCreateOnlyProperties` of the CloudFormation registry's resource
    ///   schemas as of November 2026 (cfn-lint 1.58.0); where they are conditional, and for interruptions, "Update
    ///   requires" of the property in the CloudFormation template reference.
    public static func of(type: String, property: String) -> (behavior: UpdateBehavior, note: String) {
        if replacements[type]?.contains(property) == true { return (.replacement, notes["\(type) \(property)"] ?? "") }
        if let note = interruptions["\(type) \(property)"] { return (.someInterruption, note) }
        return (.noInterruption, notes["\(type) \(property)"] ?? "")
    }

    private static let replacements: [String: Set<String>] = [
        "AWS::AutoScaling::AutoScalingGroup": ["AutoScalingGroupName", "InstanceId"],
        "AWS::AutoScaling::ScalingPolicy": ["AutoScalingGroupName"],
        "AWS::AutoScaling::ScheduledAction": ["AutoScalingGroupName"],
        "AWS::CloudWatch::Alarm": ["AlarmName"],
        "AWS::EC2::EIP": ["Address"],
        "AWS::EC2::FlowLog": [
            "DeliverLogsPermissionArn", "LogDestination", "LogDestinationType", "LogGroupName", "ResourceId",
            "ResourceType", "TrafficType", "MaxAggregationInterval", "LogFormat",
        ],
        "AWS::EC2::Instance": ["ImageId", "KeyName", "NetworkInterfaces", "SubnetId", "AvailabilityZone"],
        "AWS::EC2::LaunchTemplate": ["LaunchTemplateName"],
        "AWS::EC2::NatGateway": ["AllocationId", "ConnectivityType", "SubnetId"],
        "AWS::EC2::Route": [
            "RouteTableId", "DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId",
        ],
        "AWS::EC2::RouteTable": ["VpcId"],
        "AWS::EC2::SecurityGroup": ["GroupDescription", "GroupName", "VpcId"],
        "AWS::EC2::SecurityGroupIngress": [
            "CidrIp", "CidrIpv6", "FromPort", "ToPort", "GroupId", "IpProtocol", "SourceSecurityGroupId",
            "SourcePrefixListId",
        ],
        "AWS::EC2::SecurityGroupEgress": [
            "CidrIp", "CidrIpv6", "FromPort", "ToPort", "GroupId", "IpProtocol", "DestinationSecurityGroupId",
            "DestinationPrefixListId",
        ],
        "AWS::EC2::Subnet": ["VpcId", "AvailabilityZone", "CidrBlock"],
        "AWS::EC2::SubnetRouteTableAssociation": ["SubnetId", "RouteTableId"],
        "AWS::EC2::VPC": ["CidrBlock"],
        "AWS::EC2::VPCEndpoint": ["ServiceName", "VpcEndpointType", "VpcId"],
        "AWS::EC2::VPCGatewayAttachment": ["VpcId"],
        "AWS::ElasticLoadBalancing::LoadBalancer": ["LoadBalancerName", "Scheme"],
        "AWS::ElasticLoadBalancingV2::Listener": ["LoadBalancerArn"],
        "AWS::ElasticLoadBalancingV2::LoadBalancer": ["Name", "Scheme", "Type"],
        "AWS::ElasticLoadBalancingV2::TargetGroup": [
            "Name", "Port", "Protocol", "ProtocolVersion", "TargetType", "VpcId", "IpAddressType",
        ],
        "AWS::IAM::AccessKey": ["UserName", "Serial"],
        "AWS::IAM::InstanceProfile": ["InstanceProfileName", "Path"],
        "AWS::IAM::Role": ["Path", "RoleName"],
        "AWS::ImageBuilder::Component": ["Name", "Version", "Data", "Platform"],
        "AWS::ImageBuilder::DistributionConfiguration": ["Name"],
        "AWS::ImageBuilder::ImagePipeline": ["Name"],
        "AWS::ImageBuilder::ImageRecipe": ["Name", "Version", "Components", "ParentImage"],
        "AWS::ImageBuilder::InfrastructureConfiguration": ["Name"],
        "AWS::Logs::LogGroup": ["LogGroupName"],
        "AWS::RDS::DBInstance": [
            "AvailabilityZone", "DBInstanceIdentifier", "DBSubnetGroupName", "Engine", "KmsKeyId", "MasterUsername",
            "SourceDBInstanceIdentifier", "StorageEncrypted",
        ],
        "AWS::RDS::DBParameterGroup": ["DBParameterGroupName", "Description", "Family"],
        "AWS::RDS::DBSubnetGroup": ["DBSubnetGroupName"],
        "AWS::S3::Bucket": ["BucketName"],
        "AWS::S3::BucketPolicy": ["Bucket"],
        "AWS::SNS::Topic": ["TopicName", "FifoTopic"],
    ]

    private static let interruptions = [
        "AWS::EC2::Instance InstanceType": "The instance is stopped and started again.",
        "AWS::EC2::Instance UserData": "The instance is stopped and started again.",
        "AWS::EC2::Route NatGatewayId": "Open connections to the outside break, and are made anew by their programs.",
        "AWS::EC2::Route GatewayId": "Open connections to the outside break, and are made anew by their programs.",
        "AWS::EC2::VPCEndpoint RouteTableIds": "Open connections to the service break, and are made anew.",
        "AWS::EC2::VPCEndpoint PrivateDnsEnabled": "The service's name leads elsewhere; open connections break.",
        "AWS::ElasticLoadBalancing::LoadBalancer Subnets": "A load balancer leaves a zone slowly, by DNS.",
        "AWS::ElasticLoadBalancingV2::LoadBalancer Subnets": "A load balancer leaves a zone slowly, by DNS (T9).",
        "AWS::ElasticLoadBalancingV2::LoadBalancer SecurityGroups": "Who isn't let in any more is cut off.",
        "AWS::RDS::DBInstance DBInstanceClass": "A failover where there is a standby, else minutes of outage.",
        "AWS::RDS::DBInstance EngineVersion": "Minutes of outage; for a major version more, standby or not.",
        "AWS::RDS::DBInstance DBParameterGroupName": "Static parameters wait for a reboot.",
        "AWS::RDS::DBInstance PubliclyAccessible": "The name leads to another address; connections are made anew.",
        "AWS::RDS::DBInstance StorageType": "A short outage, then slower for hours.",
        "AWS::RDS::DBInstance BackupRetentionPeriod": "An outage of seconds when it goes from or to 0.",
    ]

    private static let notes = [
        "AWS::EC2::Subnet CidrBlock":
            "The new one is made before the old one goes: blocks must not overlap, and nothing may lie in it (T9).",
        "AWS::EC2::Subnet AvailabilityZone":
            "The new one is made before the old one goes: with the same block it conflicts (T9).",
        "AWS::EC2::NatGateway SubnetId":
            "The new one is made while the old one still holds its elastic address: give it another, or do it in two steps.",
        "AWS::RDS::DBInstance StorageEncrypted": "The new one is EMPTY: restore a snapshot into it.",
        "AWS::RDS::DBInstance DBSubnetGroupName": "The new one is EMPTY: restore a snapshot into it.",
        "AWS::RDS::DBInstance Engine": "The new one is EMPTY: move the data yourself.",
        "AWS::RDS::DBInstance MasterUsername": "The new one is EMPTY: restore a snapshot into it.",
        "AWS::RDS::DBInstance MultiAZ":
            "Without a standby, an outage follows from whatever happens to the zone; with one, it takes time to fill.",
        "AWS::RDS::DBInstance DeletionProtection": "Without it, one mistaken update deletes the database.",
        "AWS::S3::Bucket BucketName": "The new one is EMPTY; the old one stays where its policy is to retain.",
        "AWS::ImageBuilder::Component Data": "Raise recipeVersion too: the same version can't be made twice.",
        "AWS::ImageBuilder::ImageRecipe Components": "Raise recipeVersion too: the same version can't be made twice.",
        "AWS::ImageBuilder::ImageRecipe ParentImage": "Raise recipeVersion too: the same version can't be made twice.",
        "AWS::ElasticLoadBalancingV2::TargetGroup Port": "A listener moves over; instances register anew.",
        "AWS::AutoScaling::AutoScalingGroup VPCZoneIdentifier":
            "Instances in subnets that are left are replaced elsewhere, fast.",
    ]
}
