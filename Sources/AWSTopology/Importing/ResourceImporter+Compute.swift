extension ResourceImporter {
    mutating func compute(_ resource: ImportedResource) -> Bool {
        let name = resource.name
        switch resource.type {
        case "AWS::AutoScaling::AutoScalingGroup": group(resource)
        case "AWS::AutoScaling::ScheduledAction":
            topology.scheduledActions.append(
                ScheduledAction(
                    name: name, group: Self.reference(resource["AutoScalingGroupName"]) ?? "",
                    recurrence: resource["Recurrence"].string ?? "", timeZone: resource["TimeZone"].string,
                    minSize: resource["MinSize"].int, maxSize: resource["MaxSize"].int,
                    desiredCapacity: resource["DesiredCapacity"].int))
        case "AWS::AutoScaling::ScalingPolicy":
            let tracking = resource["TargetTrackingConfiguration"]
            guard let target = tracking["TargetValue"].known.flatMap(Double.init) else { return false }
            topology.scalingPolicies.append(
                ScalingPolicy(
                    name: name, group: Self.reference(resource["AutoScalingGroupName"]) ?? "",
                    metric: tracking["PredefinedMetricSpecification"]["PredefinedMetricType"].string ?? "custom",
                    targetValue: target))
        case "AWS::EC2::LaunchTemplate":
            let data = resource["LaunchTemplateData"]
            topology.launchTemplates.append(LaunchTemplate(name: name, settings: settings(data)))
        case "AWS::AutoScaling::LaunchConfiguration":
            // An old group's instances are like what its launch configuration says: the same rules look at both.
            topology.launchTemplates.append(LaunchTemplate(name: name, settings: settings(resource.properties)))
        case "AWS::EC2::Instance":
            let interface = resource["NetworkInterfaces"].items.first
            topology.instances.append(
                Instance(
                    name: name,
                    subnet: Self.reference(resource["SubnetId"])
                        ?? interface.flatMap { Self.reference($0["SubnetId"]) },
                    settings: settings(resource.properties)))
        case "AWS::ImageBuilder::ImagePipeline":
            topology.imagePipelines.append(pipeline(resource))
        default: return false
        }
        return true
    }

    private mutating func group(_ resource: ImportedResource) {
        var group = AutoScalingGroup(name: resource.name, subnets: Self.references(resource["VPCZoneIdentifier"]))
        group.minSize = resource["MinSize"].int
        group.maxSize = resource["MaxSize"].int
        group.desiredCapacity = resource["DesiredCapacity"].int
        let template = resource["LaunchTemplate"]
        let mixed = resource["MixedInstancesPolicy"]
        let specification = mixed["LaunchTemplate"]["LaunchTemplateSpecification"]
        let templates = [template, specification].flatMap { [$0["LaunchTemplateId"], $0["LaunchTemplateName"]] }
        group.launchTemplate = templates.lazy.compactMap { Self.reference($0) }.first
        group.launchConfiguration = resource["LaunchConfigurationName"].referred
        if case .mapping = mixed {
            group.mixedInstances = MixedInstancesPolicy(
                instanceTypes: mixed["LaunchTemplate"]["Overrides"].items.compactMap { $0["InstanceType"].string })
        }
        let sources = resource["TrafficSources"].items
        func identifiers(_ type: String) -> [ImportedValue] {
            // Where it isn't said it goes by the identifier: an address is a target group's.
            sources.filter { ($0["Type"].known ?? "elbv2") == type }.map { $0["Identifier"] }
        }
        group.targetGroups =
            Self.references(resource["TargetGroupARNs"]) + Self.references(.list(identifiers("elbv2")))
        group.classicLoadBalancers =
            Self.references(resource["LoadBalancerNames"]) + Self.references(.list(identifiers("elb")))
        if let types = resource["HealthCheckType"].known {
            group.healthCheckType = types.uppercased().contains("ELB") ? .elb : .ec2
        }
        group.healthCheckGracePeriod = Self.seconds(resource["HealthCheckGracePeriod"])
        group.defaultInstanceWarmup = Self.seconds(resource["DefaultInstanceWarmup"])
        group.maxInstanceLifetime = Self.seconds(resource["MaxInstanceLifetime"])
        group.distribution = resource["AvailabilityZoneDistribution"]["CapacityDistributionStrategy"].known
        group.updatePolicy = Self.updatePolicy(resource.updatePolicy)
        let signal = resource.creationPolicy["ResourceSignal"]
        if case .mapping = signal {
            group.creationSignals = CreationSignals(
                count: signal["Count"].int ?? 1,
                timeout: signal["Timeout"].known.flatMap { Self.isoDuration($0) } ?? .seconds(300))
        }
        for key in ["AvailabilityZones", "AvailabilityZoneIds"] where group.subnets.isEmpty {
            guard !resource[key].isAbsent else { continue }
            unresolved(group.name, "VPCZoneIdentifier", "\(key), in the default VPC")
        }
        if !resource["LifecycleHookSpecificationList"].isAbsent {
            unresolved(group.name, "HealthCheckGracePeriod", "begins after a lifecycle hook")
        }
        topology.autoScalingGroups.append(group)
    }

    private static func updatePolicy(_ value: ImportedValue) -> UpdatePolicy? {
        if value["AutoScalingReplacingUpdate"]["WillReplace"].bool == true { return .replacingUpdate }
        if case .mapping = value["AutoScalingInstanceRefresh"] { return .instanceRefresh }
        let rolling = value["AutoScalingRollingUpdate"]
        guard case .mapping = rolling else { return nil }
        return .rollingUpdate(
            RollingUpdate(
                maxBatchSize: rolling["MaxBatchSize"].int ?? 1,
                minInstancesInService: rolling["MinInstancesInService"].int ?? 0,
                minSuccessfulInstancesPercent: rolling["MinSuccessfulInstancesPercent"].int ?? 100,
                pauseTime: rolling["PauseTime"].known.flatMap { isoDuration($0) },
                waitOnResourceSignals: rolling["WaitOnResourceSignals"].bool ?? false,
                suspendProcesses: rolling["SuspendProcesses"].strings))
    }

    /// `PT15M`, `PT1H30M`, `PT90S`; nil for anything else.
    static func isoDuration(_ text: String) -> Duration? {
        guard text.hasPrefix("PT"), text.count > 3 else { return nil }
        var seconds = 0
        var digits = ""
        for letter in text.dropFirst(2) {
            if letter.isNumber {
                digits.append(letter)
                continue
            }
            guard let count = Int(digits), count <= 1_000_000 else { return nil }
            digits = ""
            switch letter {
            case "H": seconds += count * 3600
            case "M": seconds += count * 60
            case "S": seconds += count
            default: return nil
            }
        }
        return digits.isEmpty ? .seconds(seconds) : nil
    }

    private func settings(_ data: ImportedValue) -> InstanceSettings {
        var settings = InstanceSettings()
        let interfaces = data["NetworkInterfaces"].items
        settings.image = data["ImageId"].string
        settings.instanceType = data["InstanceType"].string
        settings.role = role(ofProfile: data["IamInstanceProfile"])
        settings.securityGroups =
            Self.references(data["SecurityGroupIds"]) + Self.references(data["SecurityGroups"])
            + interfaces.flatMap { Self.references($0["Groups"]) + Self.references($0["GroupSet"]) }
        let associate = [data["AssociatePublicIpAddress"]] + interfaces.map { $0["AssociatePublicIpAddress"] }
        settings.associatePublicIpAddress = associate.lazy.compactMap(\.bool).first
        settings.requiresMetadataTokens =
            data["MetadataOptions"]["HttpTokens"].string == "required"
        settings.volumes = data["BlockDeviceMappings"].items.compactMap { mapping in
            guard case .mapping = mapping["Ebs"] else { return nil }
            return Volume(
                device: mapping["DeviceName"].string ?? "", size: mapping["Ebs"]["VolumeSize"].int,
                volumeType: mapping["Ebs"]["VolumeType"].string ?? "gp2", encrypted: mapping["Ebs"]["Encrypted"].bool)
        }
        settings.keyName = data["KeyName"].string
        settings.detailedMonitoring =
            data["Monitoring"].bool ?? data["Monitoring"]["Enabled"].bool ?? data["InstanceMonitoring"].bool ?? false
        settings.userData = data["UserData"].string
        return settings
    }

    /// The role of an instance profile, which is named, or given by address.
    func role(ofProfile value: ImportedValue) -> Reference<Role>? {
        let name = value.referred ?? value["Arn"].referred ?? value["Name"].referred
        guard let name else { return nil }
        guard let profile = byName[name], profile.type == "AWS::IAM::InstanceProfile" else { return Reference(name) }
        let roles = profile["Roles"]
        return roles.items.first.flatMap { Self.reference($0) } ?? Reference(roles.referred ?? name)
    }
}
