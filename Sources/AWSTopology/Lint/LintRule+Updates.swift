extension LintRule {
    static let updates: [LintRule] = [
        groupWithoutUpdatePolicy, updateWithoutSignals, updateEmptiesGroup, updateMinimumNotBelowMaximum,
        groupNeverReplaced,
    ]

    /// Groups that are updated a few instances at a time, where how that is done is known.
    private static func rolling(_ context: LintContext) -> [(group: AutoScalingGroup, update: RollingUpdate)] {
        context.topology.autoScalingGroups.compactMap { group in
            guard case .rollingUpdate(let update)? = group.updatePolicy else { return nil }
            return (group, update)
        }
    }

    private static let path = "UpdatePolicy.AutoScalingRollingUpdate"

    static let groupWithoutUpdatePolicy = LintRule(
        "group-without-update-policy", .warning,
        breaks: "T2, F3; AWS CloudFormation User Guide, \"UpdatePolicy attribute\"",
        why: "a new image or launch template reaches no instance that runs, so what is deployed is not what was tested",
        remedy: "add an UpdatePolicy with AutoScalingRollingUpdate (or an instance refresh)"
    ) { context in
        context.topology.autoScalingGroups.filter {
            $0.updatePolicy == nil && context.knows($0.name, "UpdatePolicy")
        }.map { Hit($0.name, "has no update policy") }
    }

    static let updateWithoutSignals = LintRule(
        "update-without-signals", .warning,
        breaks: "T2, F3; AWS CloudFormation User Guide, \"UpdatePolicy attribute\"",
        why: "the update goes on whether or not the new instances work, and replaces the last good one too",
        remedy: "WaitOnResourceSignals: true with a PauseTime, and cfn-signal at the end of the boot"
    ) { context in
        rolling(context).filter {
            !$0.update.waitOnResourceSignals && context.knows($0.group.name, "\(path).WaitOnResourceSignals")
        }.map { Hit($0.group.name, "is updated without waiting for the new instances' word") }
    }

    static let updateEmptiesGroup = LintRule(
        "update-empties-group", .error,
        breaks: "F3; AWS CloudFormation User Guide, \"UpdatePolicy attribute\"",
        why: "every instance is taken away at once, and the service with them",
        remedy: "MinInstancesInService of at least 1, and a maximum above it"
    ) { context in
        rolling(context).compactMap { group, update in
            guard update.minInstancesInService == 0,
                context.knows(group.name, ["\(path).MinInstancesInService", "\(path).MaxBatchSize"]),
                context.knows(group.name, ["MinSize", "DesiredCapacity"]),
                let size = group.desiredCapacity ?? group.minSize, size > 0, update.maxBatchSize >= size
            else { return nil }
            return Hit(group.name, "is updated \(size) of \(size) instances at a time, with none kept in service")
        }
    }

    static let updateMinimumNotBelowMaximum = LintRule(
        "update-minimum-not-below-maximum", .error,
        breaks: "F3; AWS CloudFormation User Guide, \"UpdatePolicy attribute\"",
        why: "CloudFormation refuses a rolling update that must keep as many instances in service as there may be",
        remedy: "a maximum above MinInstancesInService"
    ) { context in
        rolling(context).compactMap { group, update in
            guard let greatest = group.maxSize, greatest > 0, update.minInstancesInService >= greatest,
                context.knows(group.name, ["MaxSize", "\(path).MinInstancesInService"])
            else { return nil }
            return Hit(
                group.name, "must keep \(update.minInstancesInService) in service, of \(greatest) that there may be")
        }
    }

    static let groupNeverReplaced = LintRule(
        "group-never-replaced", .info,
        breaks: "T2, F4; AWS Well-Architected, SEC06-BP01",
        why: "instances grow old, unpatched, until something forces their replacement and shows that it fails",
        remedy: "MaxInstanceLifetime of a week, say, so that replacement is daily business"
    ) { context in
        context.topology.autoScalingGroups.filter { group in
            guard group.maxInstanceLifetime == nil, context.knows(group.name, "MaxInstanceLifetime"),
                context.isClosed(group.name, "schedules")
            else {
                return false
            }
            // One that sleeps at night is made anew every morning.
            return !context.topology.scheduledActions.contains {
                $0.group.name == group.name && ($0.maxSize == 0 || $0.desiredCapacity == 0)
            }
        }.map { Hit($0.name, "never replaces an instance that is healthy") }
    }
}
