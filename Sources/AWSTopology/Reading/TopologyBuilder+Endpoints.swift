import YAML

extension TopologyBuilder {
    mutating func endpoints(_ outer: inout FieldReader) throws(TopologyError) {
        guard var fields = try outer.mapping("endpoints") else { return }
        let buckets = outer.node["buckets"]?.entries?.map(\.key) ?? []
        let tables = topology.routeTables.filter { $0.name != "PublicRouteTable" }.map(\.reference)
        for service in try fields.list("gateway") ?? [] {
            guard ["s3", "dynamodb"].contains(service) else {
                throw fields.fault(
                    .outOfRange, "gateway", found: "\"\(service)\"", allowed: "s3, dynamodb",
                    remedy: "move it to \"interface\"; no other service has a gateway endpoint")
            }
            let policy = service == "s3" ? Self.s3EndpointPolicy(buckets) : Self.dynamoDBEndpointPolicy()
            let name = service == "s3" ? "S3Endpoint" : "DynamoDBEndpoint"
            add(
                GatewayEndpoint(name: name, vpc: vpc, service: service, routeTables: tables, policy: policy), at: fields
            )
        }
        let services = try fields.list("interface") ?? []
        let tier = try fields.text("tier")
        if !services.isEmpty {
            let subnets = try subnets(tier: tier, fields)
            let network = topology[vpc]?.network
            add(
                SecurityGroup(
                    name: "EndpointSecurityGroup", vpc: vpc, description: "Interface endpoints: HTTPS from the VPC",
                    ingress: network.map {
                        [SecurityGroupRule(ports: 443...443, peer: .network("\($0)"), description: "the VPC")]
                    } ?? [],
                    egress: []),
                at: fields)
            for service in services {
                let policy = PolicyDocument(statements: [Self.ownAccount(actions: ["\(Self.prefix(service)):*"])])
                add(
                    InterfaceEndpoint(
                        name: Self.endpointName(service), vpc: vpc, service: service, subnets: subnets,
                        securityGroups: ["EndpointSecurityGroup"], privateDnsEnabled: true, policy: policy),
                    at: fields)
            }
        }
        try fields.finish()
    }

    /// `ecr.api` → `EcrApiEndpoint`
    static func endpointName(_ service: String) -> String {
        service.split { $0 == "." || $0 == "-" }.map { String($0).capitalizedFirst }.joined() + "Endpoint"
    }

    /// The prefix of a service's actions, where it isn't the endpoint's name.
    static func prefix(_ service: String) -> String {
        switch service {
        case "monitoring": "cloudwatch"
        case "ecr.api", "ecr.dkr": "ecr"
        default: service
        }
    }

    private static func ownAccount(actions: [String], resources: [String] = ["*"]) -> PolicyStatement {
        PolicyStatement(
            sid: "OwnAccountOnly", principals: [.everyone], actions: actions, resources: resources,
            conditions: [
                PolicyCondition(
                    conditionOperator: "StringEquals", key: "aws:PrincipalAccount", values: ["${AWS::AccountId}"])
            ])
    }

    /// Own buckets by name, and what Amazon Linux, Systems Manager and Image Builder read from AWS's own.
    ///
    /// - Source: EC2 Image Builder User Guide, "Image Builder and interface VPC endpoints"; CloudWatch User Guide, "Download the
    ///   CloudWatch agent package".
    private static func s3EndpointPolicy(_ buckets: [String]) -> PolicyDocument {
        let own = PolicyStatement(
            sid: "OwnBuckets", principals: [.everyone], actions: ["s3:GetObject", "s3:PutObject", "s3:ListBucket"],
            resources: buckets.flatMap { ["${\($0).Arn}", "${\($0).Arn}/*"] })
        let packages = PolicyStatement(
            sid: "AmazonsOwn", principals: [.everyone], actions: ["s3:GetObject"],
            resources: [
                "arn:${AWS::Partition}:s3:::al2023-repos-${AWS::Region}-de612dc2/*",
                "arn:${AWS::Partition}:s3:::amazon-ssm-${AWS::Region}/*",
                "arn:${AWS::Partition}:s3:::amazoncloudwatch-agent/*",
                "arn:${AWS::Partition}:s3:::amazoncloudwatch-agent-${AWS::Region}/*",
                "arn:${AWS::Partition}:s3:::aws-ssm-${AWS::Region}/*",
                "arn:${AWS::Partition}:s3:::ec2imagebuilder-managed-resources-${AWS::Region}-prod/components/*",
                "arn:${AWS::Partition}:s3:::ec2imagebuilder-toe-${AWS::Region}-prod/*",
            ])
        return PolicyDocument(statements: buckets.isEmpty ? [packages] : [own, packages])
    }

    private static func dynamoDBEndpointPolicy() -> PolicyDocument {
        PolicyDocument(statements: [
            ownAccount(
                actions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Query"],
                resources: ["arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*"])
        ])
    }
}
