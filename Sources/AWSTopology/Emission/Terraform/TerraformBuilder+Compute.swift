extension TerraformBuilder {
    var compute: [TerraformBlock] {
        topology.launchTemplates.map(launchTemplate) + topology.autoScalingGroups.map(group)
            + topology.scalingPolicies.map { policy in
                make(
                    policy, "aws_autoscaling_policy",
                    [
                        .argument("name", .text(TerraformNames.snake(policy.name))),
                        .argument("autoscaling_group_name", ref(policy.group)),
                        .argument("policy_type", .text("TargetTrackingScaling")),
                        .block(
                            "target_tracking_configuration",
                            [
                                .argument("target_value", .number(policy.targetValue)),
                                .block(
                                    "predefined_metric_specification",
                                    [.argument("predefined_metric_type", .text(policy.metric))]),
                            ]),
                    ])
            }
            + topology.scheduledActions.map { action in
                make(
                    action, "aws_autoscaling_schedule",
                    [
                        .argument("scheduled_action_name", .text(TerraformNames.snake(action.name))),
                        .argument("autoscaling_group_name", ref(action.group)),
                        .argument("recurrence", .text(action.recurrence)),
                        .argument("time_zone", ifAny: action.timeZone.map { .text($0) }),
                        .argument("min_size", .integer(action.minSize ?? -1)),
                        .argument("max_size", .integer(action.maxSize ?? -1)),
                        .argument("desired_capacity", .integer(action.desiredCapacity ?? -1)),
                    ])
            }
            + topology.instances.map { instance in
                let settings = instance.settings
                return make(
                    instance, "aws_instance",
                    [
                        .argument("ami", ifAny: settings.image.map(text)),
                        .argument("instance_type", ifAny: settings.instanceType.map(text)),
                        .argument("subnet_id", ifAny: instance.subnet.map { ref($0) }),
                        .argument("vpc_security_group_ids", refs(settings.securityGroups, "GroupId")),
                        .argument(
                            "associate_public_ip_address",
                            ifAny: settings.associatePublicIpAddress.map { .boolean($0) }),
                        .argument("iam_instance_profile", ifAny: settings.role.map { profile($0, "name") }),
                        tags(instance.name),
                        settings.requiresMetadataTokens
                            ? .block("metadata_options", [.argument("http_tokens", .text("required"))]) : nil,
                    ])
            }
    }

    func profile(_ role: Reference<Role>, _ attribute: String) -> TerraformValue {
        topology[role] == nil
            ? text(role.name) : .expression("aws_iam_instance_profile.\(names.name(role.name)).\(attribute)")
    }

    /// The end of a text of several lines is a line of its own.
    private func encoded(_ userData: String) -> String {
        let text = text(userData).written(indent: 1)
        return "base64encode(\(text)\(text.hasPrefix("<<") ? "\n  " : ""))"
    }

    private func launchTemplate(_ template: LaunchTemplate) -> TerraformBlock {
        let settings = template.settings
        var items: [Item?] = [
            .argument("name_prefix", .text("\(TerraformNames.snake(template.name).replacing("_", with: "-"))-")),
            .argument("image_id", ifAny: settings.image.map(text)),
            .argument("instance_type", ifAny: settings.instanceType.map(text)),
            .argument("key_name", ifAny: settings.keyName.map(text)),
            settings.associatePublicIpAddress == nil
                ? .argument("vpc_security_group_ids", refs(settings.securityGroups, "GroupId")) : nil,
            .argument("update_default_version", .boolean(true)),
            .argument(
                "user_data",
                ifAny: settings.userDataWithoutSignal.map {
                    .expression(encoded($0))
                }),
            tags(template.name),
        ]
        if let role = settings.role {
            items.append(.block("iam_instance_profile", [.argument("arn", profile(role, "arn"))]))
        }
        if let isPublic = settings.associatePublicIpAddress {
            items.append(
                .block(
                    "network_interfaces",
                    [
                        .argument("associate_public_ip_address", .boolean(isPublic)),
                        .argument("security_groups", refs(settings.securityGroups, "GroupId")),
                    ]))
        }
        if settings.requiresMetadataTokens {
            items.append(
                .block(
                    "metadata_options",
                    [
                        .argument("http_tokens", .text("required")),
                        .argument("http_put_response_hop_limit", .integer(1)),
                    ]))
        }
        items.append(.block("monitoring", [.argument("enabled", .boolean(settings.detailedMonitoring))]))
        items += settings.volumes.map { volume in
            .block(
                "block_device_mappings",
                [
                    .argument("device_name", .text(volume.device)),
                    .block(
                        "ebs",
                        [
                            .argument("volume_type", .text(volume.volumeType)),
                            .argument("volume_size", ifAny: volume.size.map { .integer($0) }),
                            .argument("encrypted", ifAny: volume.encrypted.map { .boolean($0) }),
                        ]),
                ])
        }
        items += ["instance", "volume"].map {
            .block("tag_specifications", [.argument("resource_type", .text($0)), tags(template.name)])
        }
        return make(template, "aws_launch_template", items)
    }

    private func group(_ group: AutoScalingGroup) -> TerraformBlock {
        let template = group.launchTemplate.map { reference -> [Item?] in
            [.argument("version", ref(reference, "LatestVersionNumber"))]
        }
        var items: [Item?] = [
            .argument("name_prefix", .text("\(TerraformNames.snake(group.name))-")),
            .argument("vpc_zone_identifier", refs(group.subnets)),
            .argument("min_size", .integer(group.minSize ?? 0)),
            .argument("max_size", .integer(group.maxSize ?? group.minSize ?? 0)),
            .argument("desired_capacity", ifAny: group.desiredCapacity.map { .integer($0) }),
            .argument("target_group_arns", refs(group.targetGroups)),
            .argument("health_check_type", .text(group.healthCheckType.rawValue)),
            .argument(
                "health_check_grace_period", ifAny: group.healthCheckGracePeriod.map { .integer($0.wholeSeconds) }),
            .argument(
                "default_instance_warmup", ifAny: group.defaultInstanceWarmup.map { .integer($0.wholeSeconds) }),
            .argument("max_instance_lifetime", ifAny: group.maxInstanceLifetime.map { .integer($0.wholeSeconds) }),
            .argument("launch_configuration", ifAny: group.launchConfiguration.map(text)),
            group.creationSignals.map { .argument("min_elb_capacity", .integer($0.count)) },
            group.creationSignals.map { .argument("wait_for_capacity_timeout", .text($0.timeout.briefly)) },
            .argument("depends_on", .list(ways(of: group))),
        ]
        if let mix = group.mixedInstances, let template, let reference = group.launchTemplate {
            let specification = [.argument("launch_template_id", ref(reference))] + template
            let overrides = mix.instanceTypes.map { Item.block("override", [.argument("instance_type", .text($0))]) }
            items.append(
                .block(
                    "mixed_instances_policy",
                    [
                        .block(
                            "launch_template", [.block("launch_template_specification", specification)] + overrides),
                        .block(
                            "instances_distribution",
                            [
                                .argument("on_demand_allocation_strategy", .text("prioritized")),
                                .argument("on_demand_base_capacity", .integer(mix.onDemandBaseCapacity)),
                                .argument(
                                    "on_demand_percentage_above_base_capacity",
                                    .integer(mix.onDemandPercentageAboveBaseCapacity)),
                                .argument("spot_allocation_strategy", .text(mix.spotAllocationStrategy)),
                            ]),
                    ]))
        } else if let template, let reference = group.launchTemplate {
            items.append(.block("launch_template", [.argument("id", ref(reference))] + template))
        }
        items.append(refresh(of: group))
        items.append(
            .block(
                "tag",
                [
                    .argument("key", .text("Name")), .argument("value", .text(group.name)),
                    .argument("propagate_at_launch", .boolean(true)),
                ]))
        // The schedule changes the sizes; a plan at night mustn't wake a sleeping group.
        if !topology.scheduledActions(of: group).isEmpty {
            let sizes = ["min_size", "max_size", "desired_capacity"].map { TerraformValue.expression($0) }
            items.append(.block("lifecycle", [.argument("ignore_changes", .list(sizes))]))
        }
        return make(group, "aws_autoscaling_group", items)
    }

    /// A rolling update, in Terraform's words an instance refresh: its bounds are percentages of the group's size.
    private func refresh(of group: AutoScalingGroup) -> Item? {
        guard case .rollingUpdate(let update)? = group.updatePolicy else { return nil }
        let size = max(1, group.desiredCapacity ?? group.minSize ?? 1)
        let low = min(100, update.minInstancesInService * 100 / size)
        let high = min(200, low + 100, 100 + (update.maxBatchSize * 100 + size - 1) / size)
        return .block(
            "instance_refresh",
            [
                .argument("strategy", .text("Rolling")),
                .block(
                    "preferences",
                    [
                        .argument("min_healthy_percentage", .integer(low)),
                        .argument("max_healthy_percentage", .integer(high)),
                        .argument("auto_rollback", .boolean(true)),
                    ]),
            ])
    }

    private func ways(of group: AutoScalingGroup) -> [TerraformValue] {
        let subnets = group.subnets.compactMap { topology[$0] }
        let tables = subnets.compactMap { $0.routeTable.flatMap { topology[$0] } }
        let listeners = topology.listeners.filter { listener in
            group.targetGroups.contains { listener.defaultAction == .forward($0) }
        }
        let all =
            tables.filter { $0.defaultRoute != nil }.map { "aws_route.\(names.name($0.name))_default" }
            + subnets.filter { $0.routeTable != nil }.map { "aws_route_table_association.\(names.name($0.name))" }
            + listeners.map { "aws_lb_listener.\(names.name($0.name))" }
        var seen: Set<String> = []
        return all.filter { seen.insert($0).inserted }.map { .expression($0) }
    }
}
