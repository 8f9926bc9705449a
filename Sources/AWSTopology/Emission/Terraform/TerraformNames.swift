/// Names in Terraform's manner, and what the model's references become.
struct TerraformNames: Sendable {
    /// By logical name: the type in Terraform and the name in its manner.
    private var resources: [String: (type: String, name: String)] = [:]
    private var parameters: [String: Parameter] = [:]

    init(_ topology: Topology) {
        var taken: Set<String> = []
        for resource in topology.resources {
            guard let type = Self.type(of: resource) else { continue }
            var name = Self.snake(resource.name)
            while !taken.insert("\(type).\(name)").inserted { name += "_" }
            resources[resource.name] = (type, name)
        }
        for parameter in topology.parameters { parameters[parameter.name] = parameter }
    }

    /// The name of a resource in Terraform's manner.
    func name(_ logical: String) -> String { resources[logical]?.name ?? Self.snake(logical) }

    /// The expression for a resource's attribute by CloudFormation's name; `""` is what `Ref` gives. nil for what isn't
    /// one of the topology.
    func expression(_ logical: String, _ attribute: String = "") -> String? {
        if let parameter = parameters[logical] { return Self.expression(of: parameter) }
        guard let (type, name) = resources[logical] else { return nil }
        let key = Self.attributes["\(type) \(attribute)"] ?? Self.attributes[attribute]
        return "\(type).\(name).\(key ?? Self.snake(attribute))"
    }

    /// A text of the model, its `${…}` turned into Terraform's.
    func value(_ text: String) -> TerraformValue {
        guard text.contains("${") else { return .text(text.replacing("%{", with: "%%{")) }
        var written = ""
        var rest = text[...]
        var only: String?
        while let start = rest.firstRange(of: "${") {
            written += rest[..<start.lowerBound].replacing("%{", with: "%%{")
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else { break }
            let inner = rest[start.upperBound..<end]
            let expression = self.expression(for: inner)
            only = written.isEmpty && rest.index(after: end) == rest.endIndex ? expression : nil
            written += expression.map { "${\($0)}" } ?? "$${\(inner)}"
            rest = rest[rest.index(after: end)...]
        }
        if let only { return .expression(only) }
        return .text(written + rest)
    }

    private func expression(for inner: Substring) -> String? {
        switch inner {
        case "AWS::Region": return "data.aws_region.current.region"
        case "AWS::Partition": return "data.aws_partition.current.partition"
        case "AWS::AccountId": return "data.aws_caller_identity.current.account_id"
        case "AWS::URLSuffix": return "data.aws_partition.current.dns_suffix"
        case "AWS::StackName", "AWS::StackId": return "local.name"
        default:
            let parts = inner.split(separator: ".", maxSplits: 1).map(String.init)
            return parts.first.flatMap { expression($0, parts.count > 1 ? parts[1] : "") }
        }
    }

    static func expression(of parameter: Parameter) -> String {
        let name = snake(parameter.name)
        return parameter.type.hasPrefix("AWS::SSM::Parameter::Value")
            ? "data.aws_ssm_parameter.\(name).insecure_value" : "var.\(name)"
    }

    /// `NATGatewayA` is `nat_gateway_a`.
    static func snake(_ name: String) -> String {
        let letters = Array(name)
        var snake = ""
        for (index, letter) in letters.enumerated() {
            let isUpper = letter.isUppercase
            let afterLower = index > 0 && !letters[index - 1].isUppercase
            let beforeLower = index > 0 && index + 1 < letters.count && letters[index + 1].isLowercase
            if isUpper, index > 0, afterLower || beforeLower { snake += "_" }
            snake += letter.lowercased()
        }
        return snake
    }

    /// CloudFormation's attributes by their names in the AWS provider; with a type where they differ from its others.
    private static let attributes = [
        "": "id", "Arn": "arn", "GroupId": "id", "AllocationId": "id", "DNSName": "dns_name",
        "LoadBalancerFullName": "arn_suffix", "TargetGroupFullName": "arn_suffix",
        "LatestVersionNumber": "latest_version", "DbiResourceId": "resource_id", "Endpoint.Address": "address",
        "Endpoint.Port": "port",
        "aws_lb ": "arn", "aws_lb_listener ": "arn", "aws_lb_target_group ": "arn", "aws_autoscaling_group ": "name",
        "aws_imagebuilder_image_pipeline ": "arn", "aws_db_instance ": "identifier",
        "aws_rds_cluster_instance ": "identifier",
        "aws_rds_cluster ": "cluster_identifier", "aws_db_subnet_group ": "name",
        "aws_iam_role ": "name", "aws_cloudwatch_log_group ": "name", "aws_sns_topic ": "arn",
    ]

    private static func type(of resource: any Resource) -> String? {
        if let balancer = resource as? LoadBalancer { return balancer.kind == .classic ? "aws_elb" : "aws_lb" }
        if let database = resource as? DatabaseInstance, database.cluster != nil { return "aws_rds_cluster_instance" }
        return types[Swift.type(of: resource).type]
    }

    private static let types = [
        VPC.type: "aws_vpc", Subnet.type: "aws_subnet", RouteTable.type: "aws_route_table",
        InternetGateway.type: "aws_internet_gateway", ElasticAddress.type: "aws_eip",
        NATGateway.type: "aws_nat_gateway", GatewayEndpoint.type: "aws_vpc_endpoint",
        SecurityGroup.type: "aws_security_group", FlowLog.type: "aws_flow_log", Listener.type: "aws_lb_listener",
        TargetGroup.type: "aws_lb_target_group", AutoScalingGroup.type: "aws_autoscaling_group",
        ScheduledAction.type: "aws_autoscaling_schedule", ScalingPolicy.type: "aws_autoscaling_policy",
        LaunchTemplate.type: "aws_launch_template", Instance.type: "aws_instance",
        ImagePipeline.type: "aws_imagebuilder_image_pipeline", DatabaseInstance.type: "aws_db_instance",
        DatabaseSubnetGroup.type: "aws_db_subnet_group", DatabaseCluster.type: "aws_rds_cluster",
        Bucket.type: "aws_s3_bucket", Role.type: "aws_iam_role",
        AccessKey.type: "aws_iam_access_key", LogGroup.type: "aws_cloudwatch_log_group", Topic.type: "aws_sns_topic",
        Alarm.type: "aws_cloudwatch_metric_alarm",
    ]
}
