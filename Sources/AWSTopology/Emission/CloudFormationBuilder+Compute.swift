extension CloudFormationBuilder {
    var compute: [TemplateResource] {
        topology.launchTemplates.map(launchTemplate) + topology.autoScalingGroups.map(group)
            + topology.scalingPolicies.map(scalingPolicy) + topology.scheduledActions.map(scheduledAction)
            + topology.instances.map(instance)
    }

    private func launchTemplate(_ template: LaunchTemplate) -> TemplateResource {
        let settings = template.settings
        let interface = settings.associatePublicIpAddress.map { isPublic in
            TemplateValue.list([
                .fields([
                    "DeviceIndex": 0, "AssociatePublicIpAddress": .boolean(isPublic),
                    "Groups": securityGroupIds(settings),
                ])
            ])
        }
        let tags = TemplateValue.list(
            ["instance", "volume"].map {
                .fields(["ResourceType": .text($0), "Tags": self.tags(template.name)])
            })
        return make(
            template,
            [
                "LaunchTemplateData": .fields([
                    "ImageId": settings.image.map { .interpolated($0) },
                    "InstanceType": settings.instanceType.map { .interpolated($0) },
                    "IamInstanceProfile": settings.role.map { role in
                        .fields(["Arn": attribute(Reference<Role>("\(role)InstanceProfile"), "Arn", of: role)])
                    },
                    "KeyName": settings.keyName.map { .interpolated($0) },
                    "NetworkInterfaces": interface,
                    "SecurityGroupIds": interface == nil ? securityGroupIds(settings) : nil,
                    "MetadataOptions": settings.requiresMetadataTokens
                        ? .fields(["HttpTokens": "required", "HttpPutResponseHopLimit": 1]) : nil,
                    "Monitoring": settings.detailedMonitoring ? .fields(["Enabled": true]) : nil,
                    "BlockDeviceMappings": volumes(settings),
                    "UserData": settings.userData.map { .base64(.sub($0)) },
                    "TagSpecifications": tags,
                ])
            ])
    }

    private func attribute(_ profile: Reference<Role>, _ name: String, of role: Reference<Role>) -> TemplateValue {
        topology[role] == nil ? .interpolated(role.name) : .attribute(profile.name, name)
    }

    private func securityGroupIds(_ settings: InstanceSettings) -> TemplateValue? {
        settings.securityGroups.isEmpty ? nil : .list(settings.securityGroups.map { attribute($0, "GroupId") })
    }

    private func volumes(_ settings: InstanceSettings) -> TemplateValue? {
        guard !settings.volumes.isEmpty else { return nil }
        return .list(
            settings.volumes.map { volume in
                .fields([
                    "DeviceName": .text(volume.device),
                    "Ebs": .fields([
                        "VolumeType": .text(volume.volumeType), "VolumeSize": volume.size.map { .integer($0) },
                        "Encrypted": volume.encrypted.map { .boolean($0) },
                    ]),
                ])
            })
    }

    private func group(_ group: AutoScalingGroup) -> TemplateResource {
        let template = group.launchTemplate.map { reference in
            TemplateValue.fields([
                "LaunchTemplateId": ref(reference), "Version": attribute(reference, "LatestVersionNumber"),
            ])
        }
        let mixed = group.mixedInstances.map { mix in
            TemplateValue.fields([
                "LaunchTemplate": .fields([
                    "LaunchTemplateSpecification": template,
                    "Overrides": .list(mix.instanceTypes.map { .fields(["InstanceType": .text($0)]) }),
                ]),
                "InstancesDistribution": .fields([
                    "OnDemandAllocationStrategy": "prioritized",
                    "OnDemandBaseCapacity": .integer(mix.onDemandBaseCapacity),
                    "OnDemandPercentageAboveBaseCapacity": .integer(mix.onDemandPercentageAboveBaseCapacity),
                    "SpotAllocationStrategy": .text(mix.spotAllocationStrategy),
                ]),
            ])
        }
        func count(_ number: Int?) -> TemplateValue? { number.map { .text("\($0)") } }
        var resource = make(
            group,
            [
                "VPCZoneIdentifier": refs(group.subnets), "MinSize": count(group.minSize ?? 0),
                "MaxSize": count(group.maxSize ?? group.minSize ?? 0),
                "DesiredCapacity": count(group.desiredCapacity),
                "LaunchTemplate": mixed == nil ? template : nil, "MixedInstancesPolicy": mixed,
                "LaunchConfigurationName": group.launchConfiguration.map { .interpolated($0) },
                "TargetGroupARNs": refs(group.targetGroups), "LoadBalancerNames": refs(group.classicLoadBalancers),
                "HealthCheckType": .text(group.healthCheckType.rawValue),
                "HealthCheckGracePeriod": group.healthCheckGracePeriod.map { .integer($0.wholeSeconds) },
                "DefaultInstanceWarmup": group.defaultInstanceWarmup.map { .integer($0.wholeSeconds) },
                "MaxInstanceLifetime": group.maxInstanceLifetime.map { .integer($0.wholeSeconds) },
                "MetricsCollection": .list([.fields(["Granularity": "1Minute"])]),
                "Tags": .list([
                    .fields(["Key": "Name", "Value": .text(group.name), "PropagateAtLaunch": true])
                ]),
            ])
        if let signals = group.creationSignals, signals.count > 0 {
            resource.creationPolicy = .fields([
                "ResourceSignal": .fields([
                    "Count": .integer(signals.count), "Timeout": .text(signals.timeout.iso8601),
                ])
            ])
        }
        resource.updatePolicy = updatePolicy(of: group)
        resource.dependsOn = ways(of: group)
        return resource
    }

    /// What instances need from their first minute and a group doesn't refer to: the routes out of their subnets, and
    /// the listener without which their targets are never checked.
    private func ways(of group: AutoScalingGroup) -> [String] {
        let subnets = group.subnets.compactMap { topology[$0] }
        let tables = subnets.compactMap { $0.routeTable.flatMap { topology[$0] } }
        let routes = tables.filter { $0.defaultRoute != nil }.map { "\($0.name)DefaultRoute" }
        let associations = subnets.filter { $0.routeTable != nil }.map { "\($0.name)Routes" }
        let listeners = topology.listeners.filter { listener in
            group.targetGroups.contains { listener.defaultAction == .forward($0) }
        }
        var seen: Set<String> = []
        return (routes + associations + listeners.map(\.name)).filter { seen.insert($0).inserted }
    }

    /// With scheduled actions, a stack update at night mustn't wake a sleeping group: its sizes are left as they are.
    private func updatePolicy(of group: AutoScalingGroup) -> TemplateValue? {
        let isScheduled = !topology.scheduledActions(of: group).isEmpty
        let scheduled = isScheduled ? TemplateValue.fields(["IgnoreUnmodifiedGroupSizeProperties": true]) : nil
        switch group.updatePolicy {
        case .rollingUpdate(let update):
            let suspended = update.suspendProcesses.map { TemplateValue.text($0) }
            return .fields([
                "AutoScalingRollingUpdate": .fields([
                    "MaxBatchSize": .integer(update.maxBatchSize),
                    "MinInstancesInService": .integer(update.minInstancesInService),
                    "MinSuccessfulInstancesPercent": update.minSuccessfulInstancesPercent == 100
                        ? nil : .integer(update.minSuccessfulInstancesPercent),
                    "PauseTime": update.pauseTime.map { .text($0.iso8601) },
                    "WaitOnResourceSignals": .boolean(update.waitOnResourceSignals),
                    "SuspendProcesses": suspended.isEmpty ? nil : .list(suspended),
                ]),
                "AutoScalingScheduledAction": scheduled,
            ])
        case .instanceRefresh:
            return .fields(["AutoScalingInstanceRefresh": .fields(["Strategy": "Rolling"])])
        case .replacingUpdate:
            return .fields([
                "AutoScalingReplacingUpdate": .fields(["WillReplace": true]), "AutoScalingScheduledAction": scheduled,
            ])
        case nil: return scheduled.map { .fields(["AutoScalingScheduledAction": $0]) }
        }
    }

    private func scalingPolicy(_ policy: ScalingPolicy) -> TemplateResource {
        make(
            policy,
            [
                "AutoScalingGroupName": ref(policy.group), "PolicyType": "TargetTrackingScaling",
                "TargetTrackingConfiguration": .fields([
                    "PredefinedMetricSpecification": .fields(["PredefinedMetricType": .text(policy.metric)]),
                    "TargetValue": .number(policy.targetValue),
                ]),
            ])
    }

    private func scheduledAction(_ action: ScheduledAction) -> TemplateResource {
        make(
            action,
            [
                "AutoScalingGroupName": ref(action.group), "Recurrence": .text(action.recurrence),
                "TimeZone": action.timeZone.map { .text($0) }, "MinSize": action.minSize.map { .integer($0) },
                "MaxSize": action.maxSize.map { .integer($0) },
                "DesiredCapacity": action.desiredCapacity.map { .integer($0) },
            ])
    }

    private func instance(_ instance: Instance) -> TemplateResource {
        let settings = instance.settings
        let interface = settings.associatePublicIpAddress.map { isPublic in
            TemplateValue.list([
                .fields([
                    "DeviceIndex": "0", "AssociatePublicIpAddress": .boolean(isPublic),
                    "GroupSet": securityGroupIds(settings), "SubnetId": instance.subnet.map { ref($0) },
                ])
            ])
        }
        return make(
            instance,
            [
                "ImageId": settings.image.map { .interpolated($0) },
                "InstanceType": settings.instanceType.map { .interpolated($0) },
                "SubnetId": interface == nil ? instance.subnet.map { ref($0) } : nil,
                "SecurityGroupIds": interface == nil ? securityGroupIds(settings) : nil,
                "NetworkInterfaces": interface,
                "IamInstanceProfile": settings.role.map { role in
                    topology[role] == nil ? .interpolated(role.name) : .ref("\(role)InstanceProfile")
                },
                "KeyName": settings.keyName.map { .interpolated($0) },
                "Monitoring": settings.detailedMonitoring ? true : nil,
                "BlockDeviceMappings": volumes(settings), "UserData": settings.userData.map { .base64(.sub($0)) },
                "Tags": tags(instance.name),
            ])
    }
}
