extension TopologyBuilder {
    mutating func logs(_ outer: inout FieldReader) throws(TopologyError) {
        guard var fields = try outer.mapping("logs") else { return }
        retentionDays = try fields.int("retentionDays", in: 1...3653) ?? retentionDays
        if try fields.bool("flowLogs") ?? true {
            add(LogGroup(name: "FlowLogGroup", retentionDays: retentionDays), at: fields)
            let write = PolicyStatement(
                actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                resources: ["${FlowLogGroup.Arn}", "${FlowLogGroup.Arn}:*"])
            add(
                Role(
                    name: "FlowLogRole", assumeRolePolicy: .assumed(by: "vpc-flow-logs.amazonaws.com"),
                    policies: [Role.Policy(name: "write-logs", document: PolicyDocument(statements: [write]))]),
                at: fields)
            add(
                FlowLog(name: "FlowLog", vpc: vpc, destination: .logGroup("FlowLogGroup", role: "FlowLogRole")),
                at: fields)
        }
        try fields.finish()
    }

    mutating func alarms(_ outer: inout FieldReader) throws(TopologyError) {
        guard var fields = try outer.mapping("alarms") else { return }
        guard try fields.bool("enabled") ?? true else { return try fields.finish() }
        try fields.finish()
        // Not under alias/aws/sns: CloudWatch may not publish to a topic encrypted with that key.
        add(Topic(name: alarmTopic.name), at: fields)
        for target in topology.targetGroups {
            let balancer = topology.listeners.first { $0.defaultAction == .forward(target.reference) }?.loadBalancer
            add(
                Alarm(
                    name: "\(target.name)UnhealthyAlarm", description: "Targets fail their health check",
                    namespace: "AWS/ApplicationELB", metric: "UnHealthyHostCount",
                    dimensions: [
                        Alarm.Dimension(name: "TargetGroup", value: "${\(target.name).TargetGroupFullName}"),
                        Alarm.Dimension(
                            name: "LoadBalancer", value: "${\(balancer?.name ?? "").LoadBalancerFullName}"),
                    ],
                    threshold: 0, treatMissingData: "notBreaching", actions: [alarmTopic]),
                at: fields)
        }
        for database in topology.databaseInstances {
            add(
                Alarm(
                    name: "\(database.name)StorageAlarm", description: "Less than 5 GiB of storage left",
                    namespace: "AWS/RDS", metric: "FreeStorageSpace",
                    dimensions: [Alarm.Dimension(name: "DBInstanceIdentifier", value: "${\(database.name)}")],
                    statistic: "Minimum", comparison: "LessThanThreshold", threshold: 5 * 1_073_741_824,
                    treatMissingData: "breaching", actions: [alarmTopic]),
                at: fields)
        }
        for gateway in topology.natGateways {
            add(
                Alarm(
                    name: "\(gateway.name)PortsAlarm", description: "A NAT gateway has no port left for a connection",
                    namespace: "AWS/NATGateway", metric: "ErrorPortAllocation",
                    dimensions: [Alarm.Dimension(name: "NatGatewayId", value: "${\(gateway.name)}")],
                    statistic: "Sum", threshold: 0, treatMissingData: "notBreaching", actions: [alarmTopic]),
                at: fields)
        }
    }
}

extension PolicyDocument {
    /// The trust policy of a role that an AWS service assumes.
    static func assumed(by service: String) -> PolicyDocument {
        PolicyDocument(statements: [
            PolicyStatement(principals: [.service(service)], actions: ["sts:AssumeRole"])
        ])
    }
}
