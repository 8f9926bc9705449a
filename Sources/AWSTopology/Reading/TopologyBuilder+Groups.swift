internal import struct Configuration.TimeZoneDatabase

extension TopologyBuilder {
    mutating func group(_ name: String, _ fields: FieldReader) throws(TopologyError) {
        var fields = fields
        var group = AutoScalingGroup(
            name: name, subnets: try subnets(tier: try fields.text("tier"), fields),
            launchTemplate: Reference("\(name)LaunchTemplate"))
        group.healthCheckGracePeriod = .seconds(120)
        let port = try fields.int("port", in: 1...65535) ?? 8080
        var securityGroup = SecurityGroup(
            name: "\(name)SecurityGroup", vpc: vpc, description: "Instances of \(name)")
        if let balancer = try fields.text("loadBalancer") {
            var check = HealthCheck(path: "/health", interval: .seconds(10), healthyThreshold: 2, unhealthyThreshold: 3)
            if var each = try fields.mapping("healthCheck") {
                try check.read(&each)
                try each.finish()
            }
            group.targetGroups = [try register(name, port: port, balancer: balancer, check: check, fields)]
            group.healthCheckType = .elb
            securityGroup.ingress = [
                SecurityGroupRule(
                    ports: port...port, peer: .securityGroup(Reference("\(balancer)SecurityGroup")),
                    description: "the load balancer")
            ]
        }
        let types = try fields.list("instanceTypes") ?? ["t4g.small"]
        if types.count > 1 { group.mixedInstances = MixedInstancesPolicy(instanceTypes: types) }
        let image = try fields.text("image") ?? "${ImageId}"
        if image == "${ImageId}", !topology.parameters.contains(where: { $0.name == "ImageId" }) {
            topology.parameters.append(
                Parameter(name: "ImageId", type: "AWS::EC2::Image::Id", description: "The machine image"))
        }
        try group.read(&fields)
        let schedule = try fields.mapping("schedule")
        let cpu = try fields.int("targetCPU", in: 10...90)
        try fields.finish()
        try checkSizes(group, fields)

        add(securityGroup, at: fields)
        add(LogGroup(name: "\(name)LogGroup", retentionDays: retentionDays), at: fields)
        let userData = boot(name, port: port, isSignalling: group.creationSignals != nil)
        add(instanceRole(of: name, signals: group.creationSignals != nil), at: fields)
        add(
            LaunchTemplate(
                name: "\(name)LaunchTemplate",
                settings: InstanceSettings(
                    image: image, instanceType: types.first, role: Reference("\(name)Role"),
                    securityGroups: [securityGroup.reference], associatePublicIpAddress: false,
                    requiresMetadataTokens: true,
                    volumes: [Volume(device: "/dev/xvda", size: 8, encrypted: true)], detailedMonitoring: true,
                    userData: userData)),
            at: fields)
        add(group, at: fields)
        if let cpu {
            add(
                ScalingPolicy(name: "\(name)ScalingPolicy", group: group.reference, targetValue: Double(cpu)),
                at: fields)
        }
        if let schedule { try self.schedule(group, schedule) }
    }

    private func checkSizes(_ group: AutoScalingGroup, _ fields: FieldReader) throws(TopologyError) {
        let low = try fields.require(group.minSize, "minSize", allowed: "0 to 10000 instances")
        let high = try fields.require(group.maxSize, "maxSize", allowed: "\(low) to 10000 instances")
        let desired = group.desiredCapacity ?? low
        guard low <= desired, desired <= high else {
            throw fields.fault(
                .outOfRange, "desiredCapacity", found: "min \(low), desired \(desired), max \(high)",
                allowed: "minSize ≤ desiredCapacity ≤ maxSize",
                remedy: "set maxSize to \(max(high, desired, low)) or more")
        }
    }

    private mutating func schedule(_ group: AutoScalingGroup, _ fields: FieldReader) throws(TopologyError) {
        var fields = fields
        let zone = try fields.text("timeZone")
        if let zone, !TimeZoneDatabase.system.allows(zone) {
            let near = TimeZoneDatabase.system.nearest(to: zone)
            throw fields.fault(
                .unknownName, "timeZone", found: "\"\(zone)\"", allowed: "the names of the time zone database",
                remedy: near.map { "did you mean \"\($0)\"?" } ?? "write Europe/Berlin, say")
        }
        let sleep = try fields.require(try fields.text("sleep"), "sleep", allowed: "a cron line: \"0 1 * * *\"")
        let wake = try fields.require(try fields.text("wake"), "wake", allowed: "a cron line: \"0 5 * * *\"")
        try fields.finish()
        for (key, cron) in [("sleep", sleep), ("wake", wake)] where cron.split(separator: " ").count != 5 {
            throw fields.fault(
                .malformed, key, found: "\"\(cron)\"", allowed: "five fields: minute hour day month weekday",
                remedy: "write \"0 1 * * *\" for every night at one")
        }
        add(
            ScheduledAction(
                name: "\(group.name)Sleep", group: group.reference, recurrence: sleep, timeZone: zone, minSize: 0,
                maxSize: 0, desiredCapacity: 0),
            at: fields)
        add(
            ScheduledAction(
                name: "\(group.name)Wake", group: group.reference, recurrence: wake, timeZone: zone,
                minSize: group.minSize, maxSize: group.maxSize,
                desiredCapacity: group.desiredCapacity ?? group.minSize),
            at: fields)
    }

    /// What a group's instances may do: be managed by Systems Manager, write logs and metrics, read artefacts, archive logs.
    private func instanceRole(of group: String, signals: Bool) -> Role {
        var statements = [
            PolicyStatement(
                sid: "WriteLogs", actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
                resources: ["${\(group)LogGroup.Arn}", "${\(group)LogGroup.Arn}:*"]),
            PolicyStatement(
                sid: "WriteMetrics", actions: ["cloudwatch:PutMetricData"], resources: ["*"],
                conditions: [
                    PolicyCondition(
                        conditionOperator: "StringEquals", key: "cloudwatch:namespace", values: ["Footlight"])
                ]),
        ]
        if signals {
            statements.append(
                PolicyStatement(
                    sid: "SignalStack", actions: ["cloudformation:SignalResource"], resources: ["${AWS::StackId}"]))
        }
        for bucket in topology.buckets where bucket.objectLock != nil {
            statements.append(
                PolicyStatement(
                    sid: "WriteTo\(bucket.name)", actions: ["s3:PutObject"], resources: ["${\(bucket.name).Arn}/*"]))
        }
        for bucket in topology.buckets where bucket.objectLock == nil && bucket.accessLogging != nil {
            statements.append(
                PolicyStatement(
                    sid: "ReadFrom\(bucket.name)", actions: ["s3:GetObject"], resources: ["${\(bucket.name).Arn}/*"]))
        }
        return Role(
            name: "\(group)Role", assumeRolePolicy: .assumed(by: "ec2.amazonaws.com"),
            managedPolicies: ["arn:${AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"],
            policies: [Role.Policy(name: "instance", document: PolicyDocument(statements: statements))])
    }

    /// What an instance runs at its first boot: the program's own script, which starts it and waits until it does its work
    /// (systemd/footlight-backend-boot). It tells the stack so, which a creation and every batch of a rolling update wait for:
    /// nobody would tell otherwise, and both would time out and roll back.
    ///
    /// - Source: AWS CloudFormation User Guide, "cfn-signal"; the helper is part of Amazon Linux 2023.
    private func boot(_ group: String, port: Int, isSignalling: Bool) -> String {
        let check = topology[Reference<TargetGroup>("\(group)TargetGroup")]?.healthCheck.path ?? "/health"
        return "\(InstanceSettings.bootScript) --listen 0.0.0.0:\(port) --check \(check) "
            + "--log-group ${\(group)LogGroup}\n"
            + (isSignalling
                ? """
                \(InstanceSettings.signal) --exit-code $? --stack ${AWS::StackName} --resource \(group) \\
                  --role ${\(group)Role} --region ${AWS::Region}

                """ : "")
    }
}
