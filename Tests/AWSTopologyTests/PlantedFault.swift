import Testing

@testable import AWSTopology

/// A fault, as a change of ``CleanTemplate``, with the one finding that must come of it.
struct PlantedFault: Sendable, CustomTestStringConvertible {
    var rule: String
    var resource: String
    var from: String
    var to: String
    /// Rules that a fault breaks along with its own, because they are the same fault seen from another side.
    var along: Set<String> = []

    init(_ rule: String, _ resource: String, _ from: String, _ to: String, along: Set<String> = []) {
        self.rule = rule
        self.resource = resource
        self.from = from
        self.to = to
        self.along = along
    }

    var testDescription: String { rule }

    /// Adds a resource at the end of the template.
    static func adding(_ rule: String, _ resource: String, _ text: String) -> PlantedFault {
        PlantedFault(rule, resource, "  LogGroup: {Type", "  \(text)\n  LogGroup: {Type")
    }

    static let all: [PlantedFault] = network + groups + stores + rest

    private static let network = [
        PlantedFault(
            "nat-gateway-per-zone", "NATA",
            "  NATB: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref PublicB, AllocationId: !GetAtt AddressB.AllocationId}}\n",
            ""
        ).and("NatGatewayId: !Ref NATB", "NatGatewayId: !Ref NATA"),
        PlantedFault(
            "route-table-per-zone", "TableA", "SubnetId: !Ref PrivateB, RouteTableId: !Ref TableB",
            "SubnetId: !Ref PrivateB, RouteTableId: !Ref TableA"),
        PlantedFault("cross-zone-route", "TableB", "NatGatewayId: !Ref NATB", "NatGatewayId: !Ref NATA"),
        adding(
            "cross-zone-route", "TableB",
            "Six: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref TableB, NatGatewayId: !Ref NATA, "
                + "DestinationIpv6CidrBlock: \"64:ff9b::/96\"}}"),
        adding("regional-nat-misses-zones", "Regional", regional("[0, 1]"))
            .and("NatGatewayId: !Ref NATC", "NatGatewayId: !Ref Regional"),
        adding("firewall-in-another-zone", "TableC", inspection("PublicA"))
            .and("NatGatewayId: !Ref NATC", "VpcEndpointId: !Ref Inspection"),
        PlantedFault("nat-instance", "TableC", "NatGatewayId: !Ref NATC", "InstanceId: i-0123456789"),
        PlantedFault(
            "nat-gateway-not-public", "NATC", "{SubnetId: !Ref PublicC, Alloc", "{SubnetId: !Ref PrivateC, Alloc"),
        PlantedFault("public-address", "Template", "AssociatePublicIpAddress: false", "AssociatePublicIpAddress: true"),
        PlantedFault(
            "subnet-maps-public-addresses", "PublicA", "CidrBlock: 10.0.10.0/25,",
            "CidrBlock: 10.0.10.0/25, MapPublicIpOnLaunch: true,"),
        PlantedFault(
            "group-single-zone", "Group", "VPCZoneIdentifier: [!Ref PrivateA, !Ref PrivateB, !Ref PrivateC]",
            "VPCZoneIdentifier: [!Ref PrivateA]"),
        PlantedFault(
            "group-misses-zones", "Group", "VPCZoneIdentifier: [!Ref PrivateA, !Ref PrivateB, !Ref PrivateC]",
            "VPCZoneIdentifier: [!Ref PrivateA, !Ref PrivateB]"),
        PlantedFault(
            "load-balancer-single-zone", "Balancer", "Subnets: [!Ref PublicA, !Ref PublicB, !Ref PublicC]",
            "Subnets: [!Ref PublicA]"),
        PlantedFault(
            "load-balancer-misses-zones", "Balancer", "Subnets: [!Ref PublicA, !Ref PublicB, !Ref PublicC]",
            "Subnets: [!Ref PublicA, !Ref PublicB]"),
        PlantedFault(
            "database-subnet-group-single-zone", "SubnetGroup",
            "DBSubnetGroupDescription: db, SubnetIds: [!Ref PrivateA, !Ref PrivateB, !Ref PrivateC]",
            "DBSubnetGroupDescription: db, SubnetIds: [!Ref PrivateA]"),
        PlantedFault(
            "database-subnet-group-misses-zones", "SubnetGroup",
            "DBSubnetGroupDescription: db, SubnetIds: [!Ref PrivateA, !Ref PrivateB, !Ref PrivateC]",
            "DBSubnetGroupDescription: db, SubnetIds: [!Ref PrivateA, !Ref PrivateB]"),
        PlantedFault(
            "endpoint-misses-zones", "SqsEndpoint", "      SubnetIds: [!Ref PrivateA, !Ref PrivateB, !Ref PrivateC]",
            "      SubnetIds: [!Ref PrivateA]"),
        PlantedFault(
            "gateway-endpoint-without-policy", "S3Endpoint",
            "Action: [\"s3:GetObject\"], Resource: !Sub \"${Data.Arn}/*\"",
            "Action: \"*\", Resource: \"*\""),
        PlantedFault(
            "interface-endpoint-without-policy", "SqsEndpoint", "Action: [\"sqs:*\"]", "Action: [\"*\"]"),
        PlantedFault(
            "gateway-endpoint-misses-route-tables", "S3Endpoint",
            "RouteTableIds: [!Ref TableA, !Ref TableB, !Ref TableC]", "RouteTableIds: [!Ref TableA, !Ref TableB]"),
        PlantedFault("private-dns-without-names", "SqsEndpoint", ", EnableDnsHostnames: true", ""),
        PlantedFault("no-room-for-another-zone", "VPC", "10.0.10.128/25", "10.0.0.0/22")
            .and("10.0.11.0/25", "10.0.8.0/23").and("10.0.5.0/25", "10.0.12.0/22"),
        PlantedFault("subnet-too-small", "PrivateA", "CidrBlock: 10.0.4.0/25", "CidrBlock: 10.0.4.0/28")
            .and("MaxSize: \"6\"", "MaxSize: \"40\""),
        PlantedFault("vpc-without-flow-logs", "VPC", "{ResourceId: !Ref VPC, R", "{ResourceId: !Ref PublicA, R"),
    ]

    private static let groups = [
        PlantedFault("group-without-elb-health-check", "Group", "HealthCheckType: ELB", "HealthCheckType: EC2"),
        PlantedFault("group-grace-period-too-short", "Group", "GracePeriod: 120", "GracePeriod: 15"),
        PlantedFault(
            "group-balanced-only", "Group", "      MinSize: \"3\"",
            "      AvailabilityZoneDistribution: {CapacityDistributionStrategy: balanced-only}\n      MinSize: \"3\""),
        PlantedFault("group-minimum-too-small", "Group", "MinSize: \"3\"", "MinSize: \"1\""),
        adding(
            "instance-without-group", "Lonely",
            "Lonely: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref PrivateA}}"),
        PlantedFault(
            "launch-configuration", "Group",
            "LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}",
            "LaunchConfigurationName: old"),
        PlantedFault(
            "group-without-update-policy", "Group",
            "    UpdatePolicy:\n      AutoScalingRollingUpdate: {MinInstancesInService: 3, MaxBatchSize: 1, WaitOnResourceSignals: true, PauseTime: PT5M}\n",
            ""),
        PlantedFault("update-without-signals", "Group", ", WaitOnResourceSignals: true", ""),
        PlantedFault(
            "update-empties-group", "Group", "MinInstancesInService: 3, MaxBatchSize: 1", "MaxBatchSize: 3"),
        PlantedFault("update-minimum-not-below-maximum", "Group", "InService: 3,", "InService: 6,"),
        PlantedFault("group-never-replaced", "Group", "      MaxInstanceLifetime: 604800\n", ""),
        PlantedFault(
            "listener-unencrypted", "PlainListener",
            "{Type: redirect, RedirectConfig: {Protocol: HTTPS, Port: \"443\", StatusCode: HTTP_301}}",
            "{Type: forward, TargetGroupArn: !Ref Targets}"),
        PlantedFault(
            "listener-unencrypted", "PlainListener", "RedirectConfig: {Protocol: HTTPS",
            "RedirectConfig: {Protocol: HTTP"),
        PlantedFault(
            "listener-unencrypted", "PlainListener",
            "{Type: redirect, RedirectConfig: {Protocol: HTTPS, Port: \"443\", StatusCode: HTTP_301}}]\n",
            "{Type: fixed-response, FixedResponseConfig: {StatusCode: \"404\"}}]\n"
                + "  Rule: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref PlainListener,\n"
                + "    Actions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}\n"),
        PlantedFault("listener-old-tls", "Listener", "      SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06\n", ""),
        PlantedFault("listener-old-tls", "Listener", "TLS13-1-2-2021-06", "TLS13-1-0-PQ-2025-09"),
        PlantedFault("listener-old-tls", "Listener", "TLS13-1-2-2021-06", "FS-1-1-2019-08"),
        PlantedFault(
            "load-balancer-without-access-logs", "Balancer", "access_logs.s3.enabled, Value: \"true\"",
            "access_logs.s3.enabled, Value: \"false\""),
        PlantedFault(
            "load-balancer-without-deletion-protection", "Balancer", "deletion_protection.enabled, Value: \"true\"",
            "deletion_protection.enabled, Value: \"false\""),
        PlantedFault("image-by-hand", "Template", "ImageId: !Ref ImageId", "ImageId: ami-0123456789abcdef0"),
        PlantedFault(
            "image-unpinned", "Template", "Default: /service/image",
            "Default: /aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"),
        adding(
            "image-pipeline-by-hand", "Pipeline",
            "Pipeline: {Type: AWS::ImageBuilder::ImagePipeline, Properties: {Name: image}}"),
        PlantedFault("instances-without-log-shipping", "Group", ", \"logs:PutLogEvents\"", ""),
        PlantedFault("volume-unencrypted", "Template", "Encrypted: true}}", "Encrypted: false}}"),
    ]

    private static let stores = [
        PlantedFault("database-single-zone", "Database", "MultiAZ: true", "MultiAZ: false"),
        PlantedFault("database-public", "Database", "PubliclyAccessible: false", "PubliclyAccessible: true"),
        PlantedFault("database-unencrypted", "Database", "StorageEncrypted: true", "StorageEncrypted: false"),
        PlantedFault("database-without-backups", "Database", "RetentionPeriod: 14", "RetentionPeriod: 0"),
        PlantedFault(
            "database-without-deletion-protection", "Database", "DeletionProtection: true", "DeletionProtection: false"),
        PlantedFault("database-deleted-with-stack", "Database", "DeletionPolicy: Snapshot", "DeletionPolicy: Delete"),
        PlantedFault("database-without-logs", "Database", "EnableCloudwatchLogsExports: [postgresql]", ""),
        PlantedFault(
            "bucket-policy-misses-or", "Data",
            """
                          StringNotEqualsIfExists: {"aws:SourceVpc": !Ref VPC}
            """,
            """
                      - {Effect: Deny, Principal: "*", Action: "s3:GetObject", Resource: !Sub "${Data.Arn}/*",
                         Condition: {StringNotEquals: {"aws:SourceVpc": !Ref VPC}}}
            """),
        PlantedFault("bucket-policy-without-if-exists", "Data", "NotIpAddressIfExists", "NotIpAddress"),
        PlantedFault(
            "bucket-policy-locks-out-owner", "Data",
            "Action: [\"s3:GetObject\", \"s3:PutObject\"]\n            Resource: !Sub \"${Data.Arn}/*\"",
            "Action: \"s3:*\"\n            Resource: [!GetAtt Data.Arn, !Sub \"${Data.Arn}/*\"]"),
        PlantedFault(
            "bucket-public-policy", "Data", "          - Effect: Deny\n            Principal: \"*\"\n",
            "          - {Effect: Allow, Principal: \"*\", Action: \"s3:GetObject\", Resource: !Sub \"${Data.Arn}/*\"}\n          - Effect: Deny\n            Principal: \"*\"\n"
        ),
        PlantedFault(
            "bucket-public-policy", "Logs",
            "Statement: [{Effect: Deny, Principal: \"*\", Action: \"s3:*\", Resource: !Sub \"${Logs",
            "Statement: [{Effect: Allow, Principal: \"*\", Action: \"s3:GetObject\", Resource: \"*\",\n"
                + "              Condition: {StringLike: {\"aws:Referer\": \"https://example.com/*\"}}},\n"
                + "              {Effect: Deny, Principal: \"*\", Action: \"s3:*\", Resource: !Sub \"${Logs"),
        PlantedFault(
            "bucket-public-acl", "Logs", "      LifecycleConfiguration: {Rules: [{Id: old",
            "      AccessControl: PublicReadWrite\n      LifecycleConfiguration: {Rules: [{Id: old"),
        PlantedFault(
            "bucket-without-tls-policy", "Logs", "Condition: {Bool: {\"aws:SecureTransport\": \"false\"}}}]",
            "Condition: {Bool: {\"aws:SecureTransport\": \"true\"}}}]"),
        PlantedFault(
            "bucket-policy-locks-out-owner", "Data",
            "Action: [\"s3:GetObject\", \"s3:PutObject\"]\n            Resource: !Sub \"${Data.Arn}/*\"",
            "NotAction: \"s3:GetObject\"\n            Resource: [!GetAtt Data.Arn, !Sub \"${Data.Arn}/*\"]"),
        PlantedFault("bucket-public-access-not-blocked", "Data", "BlockPublicPolicy: true", "BlockPublicPolicy: false"),
        PlantedFault(
            "bucket-without-tls-policy", "Logs", "Condition: {Bool: {\"aws:SecureTransport\": \"false\"}}}]",
            "Condition: {StringNotEquals: {\"aws:PrincipalAccount\": \"1\"}}}]"),
        PlantedFault(
            "bucket-without-access-logs", "Data",
            "      LoggingConfiguration: {DestinationBucketName: !Ref Logs, LogFilePrefix: data/}\n", ""),
        PlantedFault(
            "access-logs-into-same-bucket", "Data", "{DestinationBucketName: !Ref Logs",
            "{DestinationBucketName: !Ref Data",
            along: ["log-bucket-without-lifecycle"]),
        PlantedFault("access-log-prefix-without-slash", "Data", "LogFilePrefix: data/", "LogFilePrefix: data"),
        PlantedFault(
            "log-bucket-without-lifecycle", "Logs",
            "      LifecycleConfiguration: {Rules: [{Id: old, Status: Enabled, ExpirationInDays: 400}]}\n",
            "      AccessControl: Private\n"),
    ]

    private static let rest = [
        adding("stored-access-key", "Key", "Key: {Type: AWS::IAM::AccessKey, Properties: {UserName: deploy}}"),
        PlantedFault(
            "secret-in-file", "Database", "ManageMasterUserPassword: true", "MasterUserPassword: hunter2hunter2"),
        PlantedFault(
            "role-allows-everything", "Role", "Action: [\"logs:CreateLogStream\", \"logs:PutLogEvents\"]",
            "Action: \"*\""),
        PlantedFault(
            "role-allows-everything", "Role", "Action: [\"logs:CreateLogStream\", \"logs:PutLogEvents\"]",
            "Action: \"*:*\""),
        adding(
            "role-allows-everything", "Role",
            "Admin: {Type: AWS::IAM::ManagedPolicy, Properties: {Roles: [!Ref Role], PolicyDocument: "
                + "{Statement: [{Effect: Allow, Action: \"*\", Resource: \"*\"}]}}}"),
        PlantedFault(
            "security-group-open", "SecurityGroup", "FromPort: 443, ToPort: 443", "FromPort: 9300, ToPort: 9300"),
        PlantedFault("security-group-open", "SecurityGroup", "FromPort: 443, ToPort: 443", "FromPort: 22, ToPort: 22"),
        PlantedFault("subnets-overlap", "PrivateB", "CidrBlock: 10.0.4.128/25", "CidrBlock: 10.0.4.0/26"),
        PlantedFault("subnet-outside-vpc", "PrivateC", "CidrBlock: 10.0.5.0/25", "CidrBlock: 10.1.5.0/25"),
        PlantedFault(
            "subnet-outside-vpc", "PrivateC", "CidrBlock: 10.0.5.0/25",
            "CidrBlock: !Select [5, !Cidr [10.0.16.0/20, 8, 7]]"),
        adding(
            "service-single-zone", "Work",
            "Work: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!Ref PrivateA]}}}"),
        adding(
            "service-single-zone", "Files",
            "Files: {Type: AWS::EFS::FileSystem, Properties: {AvailabilityZoneName: eu-west-1a}}"),
        adding(
            "service-single-zone", "Tasks",
            "Tasks: {Type: AWS::ECS::Service, Properties: {NetworkConfiguration: "
                + "{AwsvpcConfiguration: {Subnets: [!Ref PrivateA]}}}}"),
        adding("cluster-single-instance", "Aurora", aurora("DeletionProtection: true", instances: 1)),
        adding(
            "database-unencrypted", "Aurora",
            aurora("DeletionProtection: true, StorageEncrypted: false", instances: 2)),
        adding("database-without-deletion-protection", "Aurora", aurora("Port: 5432", instances: 2)),
        adding(
            "secret-in-file", "Aurora",
            aurora("DeletionProtection: true, MasterUserPassword: hunter2hunter2", instances: 2)),
        adding("key-twice", "LogGroup", "LogGroup: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 30}}"),
        PlantedFault("log-group-without-retention", "LogGroup", ", Properties: {RetentionInDays: 90}", ""),
    ]

    private var more: [(String, String)] = []

    /// With a further change.
    private func and(_ from: String, _ to: String) -> PlantedFault {
        var fault = self
        fault.more.append((from, to))
        return fault
    }

    /// The clean template with the fault in it; nil where a change finds nothing to change.
    var template: String? { Self.template(with: [self]) }

    /// The clean template with several faults in it.
    static func template(with faults: [PlantedFault]) -> String? {
        var text = CleanTemplate.text
        for (from, to) in faults.flatMap({ [($0.from, $0.to)] + $0.more }) {
            let parts = text.separated(by: from)
            guard parts.count > 1 else { return nil }
            text = parts.joined(separator: to)
        }
        return text
    }
}
