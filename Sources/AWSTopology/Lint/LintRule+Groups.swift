extension LintRule {
    static let groups: [LintRule] = [
        groupWithoutELBHealthCheck, groupGracePeriodTooShort, groupMinimumTooSmall, instanceWithoutGroup,
        launchConfiguration, groupBalancedOnly,
    ]

    private static func isBalanced(_ group: AutoScalingGroup) -> Bool {
        !group.targetGroups.isEmpty || !group.classicLoadBalancers.isEmpty
    }

    static let groupWithoutELBHealthCheck = LintRule(
        "group-without-elb-health-check", .error,
        breaks: "T2; AWS Security Hub, AutoScaling.1",
        why: "an instance that runs but does no work is taken out by the load balancer and never replaced",
        remedy: "set HealthCheckType to ELB, with a grace period that covers the boot"
    ) { context in
        context.topology.autoScalingGroups.filter {
            isBalanced($0) && $0.healthCheckType == .ec2 && context.knows($0.name, "HealthCheckType")
        }.map { Hit($0.name, "is behind a load balancer but believes only in the instances' own status checks") }
    }

    static let groupGracePeriodTooShort = LintRule(
        "group-grace-period-too-short", .warning,
        breaks: "T2, F1; Amazon EC2 Auto Scaling User Guide, \"Set the health check grace period\"",
        why: "instances are replaced before they have had the time to answer, one after the other, without end",
        remedy: "set HealthCheckGracePeriod to the boot's time and the load balancer's interval × healthy threshold"
    ) { context in
        context.topology.autoScalingGroups.compactMap { group in
            guard group.healthCheckType == .elb, isBalanced(group),
                context.knows(group.name, ["HealthCheckGracePeriod", "HealthCheckType"])
            else { return nil }
            let grace = group.healthCheckGracePeriod ?? .zero
            if grace == .zero { return Hit(group.name, "has no grace period (CloudFormation's default is 0 s)") }
            let checks =
                group.targetGroups.compactMap { context.targetGroups[$0.name] }
                .filter { context.knows($0.name, ["HealthCheckIntervalSeconds", "HealthyThresholdCount"]) }
                .map(\.healthCheck)
                + group.classicLoadBalancers.compactMap { context.loadBalancers[$0.name]?.classicHealthCheck }
            guard let longest = checks.map({ $0.interval * $0.healthyThreshold }).max(), grace < longest else {
                return nil
            }
            return Hit(
                group.name,
                "has a grace period of \(grace.briefly), but its load balancer needs \(longest.briefly) to find "
                    + "an instance healthy")
        }
    }

    static let groupMinimumTooSmall = LintRule(
        "group-minimum-too-small", .error,
        breaks: "T2, T8",
        why: "one instance is in one zone, so the loss of that zone leaves none until another has booted",
        remedy: "a minimum of 2 over two zones, better 3 over three"
    ) { context in
        context.topology.autoScalingGroups.compactMap { group in
            guard context.knows(group.name, ["MinSize", "MaxSize"]), let least = context.workingMinimum(of: group),
                let greatest = group.maxSize ?? group.minSize
            else { return nil }
            let wakes = context.topology.scheduledActions.filter { $0.group.name == group.name }
            guard greatest > 0 || wakes.contains(where: { ($0.maxSize ?? 0) > 0 }) else { return nil }
            // A group of nothing that no schedule wakes is a pool for work as it comes, unless a load balancer
            // leads to it.
            guard least == 1 || (least == 0 && isBalanced(group) && wakes.isEmpty) else { return nil }
            return Hit(group.name, "may run with \(least == 0 ? "no instance" : "one instance")")
        }
    }

    static let instanceWithoutGroup = LintRule(
        "instance-without-group", .warning,
        breaks: "T2; AWS Well-Architected, REL11-BP03",
        why: "nobody replaces it when it fails, or when its zone does",
        remedy: "an Auto Scaling group of two or more, made from a launch template"
    ) { context in
        context.topology.instances.map { Hit($0.name, "is an instance in no Auto Scaling group") }
    }

    static let groupBalancedOnly = LintRule(
        "group-balanced-only", .warning,
        breaks: "T8; Amazon EC2 Auto Scaling User Guide, \"Auto Scaling group Availability Zone distribution\"",
        why: "while a zone is lost the group goes on trying there, and starts nothing in its place in the others",
        remedy: "CapacityDistributionStrategy: balanced-best-effort, AWS's default"
    ) { context in
        context.topology.autoScalingGroups.filter { $0.distribution == "balanced-only" }
            .map { Hit($0.name, "keeps its zones balanced only") }
    }

    static let launchConfiguration = LintRule(
        "launch-configuration", .warning,
        breaks: "T2; AWS Security Hub, AutoScaling.9",
        why: "launch configurations get no new features and new accounts can't make any",
        remedy: "a launch template in its place"
    ) { context in
        context.topology.autoScalingGroups.compactMap { group in
            group.launchConfiguration.map { Hit(group.name, "is made from the launch configuration \($0)") }
        }
    }
}
