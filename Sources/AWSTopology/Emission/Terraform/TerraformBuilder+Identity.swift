extension TerraformBuilder {
    /// A policy document: what CloudFormation's emitter makes of it, in Terraform's words.
    func document(_ document: PolicyDocument) -> TerraformValue {
        .json(converted(CloudFormationBuilder(topology: topology).document(document)))
    }

    private func converted(_ value: TemplateValue) -> TerraformValue {
        switch value {
        case .text(let text): .text(text)
        case .integer(let number): .integer(number)
        case .number(let number): .number(number)
        case .boolean(let flag): .boolean(flag)
        case .list(let items): .list(items.map(converted))
        case .mapping(let entries): .object(entries.map { ($0.key, converted($0.value)) })
        case .ref(let name): text("${\(name)}")
        case .attribute(let name, let attribute): text("${\(name).\(attribute)}")
        case .sub(let template): text(template)
        case .base64(let inner): converted(inner)
        }
    }

    var roles: [TerraformBlock] {
        topology.roles.flatMap(role)
            + topology.accessKeys.map { key in
                make(key, "aws_iam_access_key", [.argument("user", text(key.user))])
            }
    }

    private func role(_ role: Role) -> [TerraformBlock] {
        let owner = Item.argument("role", ref(role.reference))
        var blocks = [
            make(
                role, "aws_iam_role",
                [
                    .argument("name_prefix", .text("\(TerraformNames.snake(role.name))-")),
                    .argument("assume_role_policy", document(role.assumeRolePolicy)), tags(role.name),
                ])
        ]
        for (index, policy) in role.managedPolicies.enumerated() {
            blocks.append(
                part(
                    of: role, "aws_iam_role_policy_attachment", suffix: "_\(index + 1)",
                    [owner, .argument("policy_arn", text(policy))]))
        }
        for (index, policy) in role.policies.enumerated() {
            guard let told = withoutSignals(policy.document) else { continue }
            blocks.append(
                part(
                    of: role, "aws_iam_role_policy", suffix: "_\(index + 1)",
                    [owner, .argument("name", .text(policy.name)), .argument("policy", document(told))]))
        }
        if role.isAssumed(by: "ec2.amazonaws.com") {
            blocks.append(part(of: role, "aws_iam_instance_profile", [owner]))
        }
        return blocks
    }

    /// Signals are CloudFormation's; Terraform asks the load balancer.
    private func withoutSignals(_ document: PolicyDocument) -> PolicyDocument? {
        let statements = document.statements.filter { $0.actions != ["cloudformation:SignalResource"] }
        return statements.isEmpty ? nil : PolicyDocument(statements: statements)
    }

    var observation: [TerraformBlock] {
        topology.logGroups.map(logGroup) + topology.flowLogs.map(flowLog) + topology.topics.map(topic)
            + topology.alarms.map(alarm)
    }

    private func logGroup(_ group: LogGroup) -> TerraformBlock {
        make(
            group, "aws_cloudwatch_log_group",
            [
                group.logGroupName.map { .argument("name", text($0)) }
                    ?? .argument("name_prefix", .text("\(topology.name)-\(group.name)-")),
                .argument("retention_in_days", ifAny: group.retentionDays.map { .integer($0) }), tags(group.name),
            ])
    }

    private func flowLog(_ log: FlowLog) -> TerraformBlock {
        let (destination, role): (TerraformValue, TerraformValue?) =
            switch log.destination {
            case .logGroup(let group, let role): (ref(group, "Arn"), ref(role, "Arn"))
            case .bucket(let bucket): (ref(bucket, "Arn"), nil)
            case .other(let address): (text(address), nil)
            }
        return make(
            log, "aws_flow_log",
            [
                .argument("vpc_id", ref(log.vpc)), .argument("traffic_type", .text(log.trafficType)),
                .argument("log_destination_type", .text(role == nil ? "s3" : "cloud-watch-logs")),
                .argument("log_destination", destination), .argument("iam_role_arn", ifAny: role), tags(log.name),
            ])
    }

    private func topic(_ topic: Topic) -> TerraformBlock {
        make(
            topic, "aws_sns_topic",
            [
                .argument("name_prefix", .text("\(topology.name)-\(topic.name)-")),
                .argument("kms_master_key_id", ifAny: topic.kmsKey.map(text)), tags(topic.name),
            ])
    }

    private func alarm(_ alarm: Alarm) -> TerraformBlock {
        let dimensions = alarm.dimensions.map { (key: $0.name, value: text($0.value)) }
        var block = make(
            alarm, "aws_cloudwatch_metric_alarm",
            [
                .argument("alarm_name", .text("\(topology.name)-\(alarm.name)")),
                .argument("alarm_description", .text(alarm.description)),
                .argument("namespace", .text(alarm.namespace)), .argument("metric_name", .text(alarm.metric)),
                .argument("statistic", .text(alarm.statistic)),
                .argument("period", .integer(alarm.period.wholeSeconds)),
                .argument("evaluation_periods", .integer(alarm.evaluationPeriods)),
                .argument("comparison_operator", .text(alarm.comparison)),
                .argument("threshold", .number(alarm.threshold)),
                .argument("treat_missing_data", .text(alarm.treatMissingData)),
                .argument("alarm_actions", refs(alarm.actions)), .argument("ok_actions", refs(alarm.actions)),
            ])
        block.items.append(.argument("dimensions", .object(dimensions)))
        return block
    }
}
