extension LintRule {
    static let observation: [LintRule] = [instancesWithoutLogShipping, logGroupWithoutRetention, vpcWithoutFlowLogs]

    /// Managed policies of AWS that let nothing be written that could be a log.
    private static let withoutLogs = [
        "AmazonSSMManagedInstanceCore", "AmazonS3ReadOnlyAccess", "AmazonEC2ReadOnlyAccess",
        "AmazonEC2ContainerRegistryReadOnly", "AutoScalingReadOnlyAccess", "SecretsManagerReadWrite",
    ]
    private static let writing = [
        "*", "*:*", "logs:*", "logs:put*", "logs:putlogevents", "firehose:*", "firehose:put*", "firehose:putrecord",
        "firehose:putrecordbatch", "kinesis:*", "kinesis:put*", "kinesis:putrecord", "kinesis:putrecords", "s3:*",
        "s3:put*", "s3:putobject", "s3:putobject*",
    ]

    /// Whether a role may write logs somewhere; nil where that isn't known.
    private static func writesLogs(_ role: Role, _ context: LintContext) -> Bool? {
        guard context.knowsItems(role.name, "Policies"), context.knowsItems(role.name, "ManagedPolicyArns"),
            context.isClosed(role.name, "Policies"), role.policies.allSatisfy(\.document.isKnown)
        else { return nil }
        let statements = role.policies.flatMap(\.document.statements).filter { $0.effect == .allow }
        if statements.contains(where: { statement in
            !statement.notActions.isEmpty || statement.actions.contains { writing.contains($0.lowercased()) }
        }) {
            return true
        }
        let own = Set(role.policies.map(\.name))
        let managed = role.managedPolicies.allSatisfy { policy in
            withoutLogs.contains { policy.hasSuffix("/\($0)") } || own.contains { policy == "${\($0)}" }
        }
        return managed ? false : nil
    }

    static let instancesWithoutLogShipping = LintRule(
        "instances-without-log-shipping", .warning,
        breaks: "F5; AWS Well-Architected, SEC04-BP01",
        why: "logs that stay on an instance are gone when it is replaced, just when they are needed",
        remedy: "the CloudWatch agent, and logs:CreateLogStream and logs:PutLogEvents in the instances' role"
    ) { context in
        context.topology.autoScalingGroups.compactMap { group in
            guard let (name, settings) = context.settings(of: group),
                context.knows(name, ["LaunchTemplateData.IamInstanceProfile", "IamInstanceProfile"])
            else { return nil }
            guard let role = settings.role else { return Hit(group.name, "has instances without a role to write logs") }
            guard let role = context.roles[role.name], writesLogs(role, context) == false else { return nil }
            return Hit(group.name, "has instances whose role \(role.name) may write logs nowhere")
        }
    }

    static let logGroupWithoutRetention = LintRule(
        "log-group-without-retention", .warning,
        breaks: "F5; AWS Security Hub, CloudWatch.16",
        why: "logs are kept, and paid for, for ever",
        remedy: "RetentionInDays of 90, say"
    ) { context in
        context.topology.logGroups.filter { $0.retentionDays == nil && context.knows($0.name, "RetentionInDays") }
            .map { Hit($0.name, "keeps logs for ever") }
    }

    static let vpcWithoutFlowLogs = LintRule(
        "vpc-without-flow-logs", .info,
        breaks: "F5; AWS Security Hub, EC2.6",
        why: "who spoke with whom can't be told after an incident",
        remedy: "a flow log of the VPC, to a log group or a bucket"
    ) { context in
        let logged = Set(context.topology.flowLogs.map(\.vpc.name))
        let known = Set(context.topology.vpcs.map(\.name)).union(context.topology.subnets.map(\.name))
        guard logged.isSubset(of: known) else { return [] }
        return context.topology.vpcs
            .filter { !logged.contains($0.name) && context.isClosed($0.name, "flow logs") }.map {
                Hit($0.name, "has no flow log")
            }
    }
}
