extension TerraformTranslator {
    func balancing(_ block: PlannedBlock, _ type: String) -> Translated? {
        switch type {
        case "aws_lb", "aws_alb": return ("AWS::ElasticLoadBalancingV2::LoadBalancer", balancer(block))
        case "aws_elb": return ("AWS::ElasticLoadBalancing::LoadBalancer", classicBalancer(block))
        case "aws_lb_listener", "aws_alb_listener":
            let actions = actions(block, "default_action")
            return (
                "AWS::ElasticLoadBalancingV2::Listener",
                [
                    ("LoadBalancerArn", block.reference("load_balancer_arn")), ("Port", block.value("port")),
                    ("Protocol", block.value("protocol")), ("SslPolicy", block.value("ssl_policy")),
                    ("DefaultActions", actions),
                ]
            )
        case "aws_lb_listener_rule", "aws_alb_listener_rule":
            return (
                "AWS::ElasticLoadBalancingV2::ListenerRule",
                [("ListenerArn", block.reference("listener_arn")), ("Actions", actions(block, "action"))]
            )
        case "aws_lb_target_group", "aws_alb_target_group":
            let check = block.blocks("health_check").first
            let hidden = block.hidden("health_check").map { ImportedValue.unknown($0) } ?? .absent
            return (
                "AWS::ElasticLoadBalancingV2::TargetGroup",
                [
                    ("VpcId", block.reference("vpc_id")), ("Port", block.value("port")),
                    ("Protocol", block.value("protocol")), ("TargetType", block.value("target_type")),
                    ("HealthCheckPath", check?.value("path") ?? .absent),
                    ("HealthCheckIntervalSeconds", check?.value("interval") ?? hidden),
                    ("HealthyThresholdCount", check?.value("healthy_threshold") ?? hidden),
                    ("UnhealthyThresholdCount", check?.value("unhealthy_threshold") ?? hidden),
                ]
            )
        default: return nil
        }
    }

    /// The actions of a listener or of a rule.
    private func actions(_ block: PlannedBlock, _ key: String) -> ImportedValue {
        block.list(key) { action in
            let redirect = action.blocks("redirect").first
            let fixed = action.blocks("fixed_response").first
            return Self.mapping([
                ("Type", action.value("type")), ("TargetGroupArn", action.reference("target_group_arn")),
                (
                    "RedirectConfig",
                    redirect.map {
                        Self.mapping([("Protocol", $0.value("protocol")), ("Port", $0.value("port"))])
                    } ?? .absent
                ),
                (
                    "FixedResponseConfig",
                    fixed.map { Self.mapping([("StatusCode", $0.value("status_code"))]) } ?? .absent
                ),
            ])
        }
    }

    private func balancer(_ block: PlannedBlock) -> [(String, ImportedValue)] {
        func attribute(_ key: String, _ value: ImportedValue) -> ImportedValue {
            Self.mapping([("Key", .text(key)), ("Value", value)])
        }
        var attributes = [
            attribute("deletion_protection.enabled", block.value("enable_deletion_protection")),
            attribute("load_balancing.cross_zone.enabled", block.value("enable_cross_zone_load_balancing")),
        ]
        if let logs = block.blocks("access_logs").first {
            attributes += [
                attribute("access_logs.s3.enabled", logs.value("enabled")),
                attribute("access_logs.s3.bucket", logs.reference("bucket")),
                attribute("access_logs.s3.prefix", logs.value("prefix")),
            ]
        }
        let mappings = block.list("subnet_mapping") { Self.mapping([("SubnetId", $0.reference("subnet_id"))]) }
        if let hidden = block.hidden("access_logs") {
            attributes.append(attribute("access_logs.s3.enabled", .unknown(hidden)))
        }
        return [
            ("Type", block.value("load_balancer_type")),
            ("Scheme", block.value("internal").bool.map { .text($0 ? "internal" : "internet-facing") } ?? .absent),
            ("Subnets", block.references("subnets")), ("SubnetMappings", mappings),
            ("LoadBalancerAttributes", .list(attributes)),
        ]
    }

    private func classicBalancer(_ block: PlannedBlock) -> [(String, ImportedValue)] {
        let listeners = block.list("listener") {
            Self.mapping([("LoadBalancerPort", $0.value("lb_port")), ("Protocol", $0.value("lb_protocol"))])
        }
        let hidden = block.hidden("access_logs").map { ImportedValue.unknown($0) }
        let logs =
            hidden
            ?? block.blocks("access_logs").first.map {
                Self.mapping([
                    ("Enabled", $0.value("enabled")), ("S3BucketName", $0.reference("bucket")),
                    ("S3BucketPrefix", $0.value("bucket_prefix")),
                ])
            }
        return [
            ("Subnets", block.references("subnets")), ("CrossZone", block.value("cross_zone_load_balancing")),
            ("Listeners", listeners), ("AccessLoggingPolicy", logs ?? .absent),
        ]
    }

    func compute(_ block: PlannedBlock, _ type: String) -> Translated? {
        let group = ("AutoScalingGroupName", block.reference("autoscaling_group_name"))
        switch type {
        case "aws_autoscaling_group": return ("AWS::AutoScaling::AutoScalingGroup", self.group(block))
        case "aws_autoscaling_schedule":
            return (
                "AWS::AutoScaling::ScheduledAction",
                [
                    group, ("Recurrence", block.value("recurrence")), ("TimeZone", block.value("time_zone")),
                    ("MinSize", size(block, "min_size")), ("MaxSize", size(block, "max_size")),
                    ("DesiredCapacity", size(block, "desired_capacity")),
                ]
            )
        case "aws_launch_template":
            return ("AWS::EC2::LaunchTemplate", [("LaunchTemplateData", Self.mapping(settings(block)))])
        case "aws_launch_configuration": return ("AWS::AutoScaling::LaunchConfiguration", settings(block))
        case "aws_instance":
            return ("AWS::EC2::Instance", settings(block) + [("SubnetId", block.reference("subnet_id"))])
        case "aws_imagebuilder_image_pipeline":
            let expression = block.blocks("schedule").first?.value("schedule_expression") ?? .absent
            return (
                "AWS::ImageBuilder::ImagePipeline",
                [("Schedule", Self.mapping([("ScheduleExpression", expression)]))]
            )
        default: return nil
        }
    }

    /// A size of a scheduled action, where -1 leaves it.
    private func size(_ block: PlannedBlock, _ key: String) -> ImportedValue {
        block.value(key).int == -1 ? .absent : block.value(key)
    }

    private func group(_ block: PlannedBlock) -> [(String, ImportedValue)] {
        var properties = [
            ("VPCZoneIdentifier", block.references("vpc_zone_identifier")),
            ("AvailabilityZones", block.value("availability_zones")),
            ("MinSize", block.value("min_size")), ("MaxSize", block.value("max_size")),
            ("DesiredCapacity", block.value("desired_capacity")),
            ("LaunchConfigurationName", block.reference("launch_configuration")),
            ("TargetGroupARNs", block.references("target_group_arns")),
            ("LoadBalancerNames", block.references("load_balancers")),
            (
                "AvailabilityZoneDistribution",
                block.blocks("availability_zone_distribution").first.map {
                    Self.mapping([("CapacityDistributionStrategy", $0.value("capacity_distribution_strategy"))])
                } ?? .absent
            ),
            ("HealthCheckType", block.value("health_check_type")),
            ("HealthCheckGracePeriod", block.value("health_check_grace_period")),
            ("MaxInstanceLifetime", block.value("max_instance_lifetime")),
        ]
        if let template = block.blocks("launch_template").first {
            let name = template.reference("id").isAbsent ? template.reference("name") : template.reference("id")
            properties.append(("LaunchTemplate", Self.mapping([("LaunchTemplateId", name)])))
        }
        return properties
    }

    private func settings(_ block: PlannedBlock) -> [(String, ImportedValue)] {
        let profile = block.blocks("iam_instance_profile").first
        let named = profile.map { [$0.reference("name"), $0.reference("arn")].first { !$0.isAbsent } ?? .absent }
        let interfaces = block.list("network_interfaces") {
            Self.mapping([("AssociatePublicIpAddress", $0.value("associate_public_ip_address"))])
        }
        let disks = (block.blocks("root_block_device") + block.blocks("ebs_block_device")).map {
            Self.mapping([
                ("DeviceName", $0.value("device_name")), ("Ebs", Self.mapping([("Encrypted", $0.value("encrypted"))])),
            ])
        }
        let mappings = block.blocks("block_device_mappings").map { mapping in
            let ebs = mapping.blocks("ebs").first
            return Self.mapping([
                ("DeviceName", mapping.value("device_name")),
                ("Ebs", ebs.map { Self.mapping([("Encrypted", $0.value("encrypted"))]) } ?? .absent),
            ])
        }
        return [
            ("ImageId", block.value("image_id").isAbsent ? block.value("ami") : block.value("image_id")),
            ("InstanceType", block.value("instance_type")),
            ("IamInstanceProfile", named ?? block.reference("iam_instance_profile")),
            ("AssociatePublicIpAddress", block.value("associate_public_ip_address")),
            ("NetworkInterfaces", interfaces), ("BlockDeviceMappings", .list(disks + mappings)),
            ("KeyName", block.value("key_name")), ("UserData", block.value("user_data")),
        ]
    }
}
