extension LoadBalancer: DescribedByFields {
    static var blank: LoadBalancer { LoadBalancer(name: "") }
    static var fields: [Field<LoadBalancer>] {
        [
            Field("type", \.kind), Field("scheme", \.scheme), Field("subnets", \.subnets),
            Field("securityGroups", \.securityGroups), Field("deletionProtection", \.deletionProtection),
            Field("accessLogs", \.accessLogs), Field("crossZone", \.crossZone),
            Field("dropInvalidHeaderFields", \.dropInvalidHeaderFields), Field("idleTimeout", \.idleTimeout),
            Field("healthCheck", \.classicHealthCheck),
        ]
    }
}

extension Listener: DescribedByFields {
    static var blank: Listener {
        Listener(name: "", loadBalancer: "", port: 0, listenerProtocol: "HTTP", defaultAction: .other(""))
    }
    static var fields: [Field<Listener>] {
        [
            Field("loadBalancer", \.loadBalancer), Field("port", \.port), Field("protocol", \.listenerProtocol),
            Field("sslPolicy", \.sslPolicy), Field("certificates", \.certificates),
            Field("defaultAction", \.defaultAction), Field("ruleActions", \.ruleActions),
        ]
    }
}

extension TargetGroup: DescribedByFields {
    static var blank: TargetGroup { TargetGroup(name: "", port: 0) }
    static var fields: [Field<TargetGroup>] {
        [
            Field("vpc", \.vpc), Field("port", \.port), Field("protocol", \.targetProtocol),
            Field("targetType", \.targetType), Field("healthCheck", \.healthCheck),
            Field("deregistrationDelay", \.deregistrationDelay),
        ]
    }
}

extension AutoScalingGroup: DescribedByFields {
    static var blank: AutoScalingGroup { AutoScalingGroup(name: "") }
    static var fields: [Field<AutoScalingGroup>] {
        [
            Field("subnets", \.subnets), Field("minSize", \.minSize), Field("maxSize", \.maxSize),
            Field("desiredCapacity", \.desiredCapacity), Field("launchTemplate", \.launchTemplate),
            Field("launchConfiguration", \.launchConfiguration), Field("mixedInstances", \.mixedInstances),
            Field("targetGroups", \.targetGroups), Field("classicLoadBalancers", \.classicLoadBalancers),
            Field("healthCheckType", \.healthCheckType), Field("healthCheckGracePeriod", \.healthCheckGracePeriod),
            Field("defaultInstanceWarmup", \.defaultInstanceWarmup),
            Field("maxInstanceLifetime", \.maxInstanceLifetime), Field("updatePolicy", \.updatePolicy),
            Field("distribution", \.distribution), Field("creationSignals", \.creationSignals),
        ]
    }
}

extension ScheduledAction: DescribedByFields {
    static var blank: ScheduledAction { ScheduledAction(name: "", group: "", recurrence: "") }
    static var fields: [Field<ScheduledAction>] {
        [
            Field("group", \.group), Field("recurrence", \.recurrence), Field("timeZone", \.timeZone),
            Field("minSize", \.minSize), Field("maxSize", \.maxSize), Field("desiredCapacity", \.desiredCapacity),
        ]
    }
}

extension ScalingPolicy: DescribedByFields {
    static var blank: ScalingPolicy { ScalingPolicy(name: "", group: "", targetValue: 0) }
    static var fields: [Field<ScalingPolicy>] {
        [Field("group", \.group), Field("metric", \.metric), Field("targetValue", \.targetValue)]
    }
}

extension LaunchTemplate: DescribedByFields {
    static var blank: LaunchTemplate { LaunchTemplate(name: "") }
    static var fields: [Field<LaunchTemplate>] { [Field("settings", \.settings)] }
}

extension Instance: DescribedByFields {
    static var blank: Instance { Instance(name: "") }
    static var fields: [Field<Instance>] { [Field("subnet", \.subnet), Field("settings", \.settings)] }
}

extension ImagePipeline: DescribedByFields {
    static var blank: ImagePipeline { ImagePipeline(name: "", parentImage: "", recipeVersion: "", role: "") }
    static var fields: [Field<ImagePipeline>] {
        [
            Field("parentImage", \.parentImage), Field("recipeVersion", \.recipeVersion),
            Field("components", \.components), Field("artefacts", \.artefacts), Field("schedule", \.schedule),
            Field("instanceTypes", \.instanceTypes), Field("role", \.role), Field("subnet", \.subnet),
            Field("securityGroups", \.securityGroups), Field("imageParameter", \.imageParameter),
        ]
    }
}
