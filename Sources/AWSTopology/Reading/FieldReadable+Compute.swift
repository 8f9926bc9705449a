extension LoadBalancer: FieldReadable {
    mutating func read(_ fields: inout FieldReader) throws(TopologyError) {
        scheme = try fields.choice("scheme") ?? scheme
        subnets = try fields.references("subnets") ?? subnets
        deletionProtection = try fields.bool("deletionProtection") ?? deletionProtection
        crossZone = try fields.bool("crossZone") ?? crossZone
        if try fields.text("accessLogs") == "none" { accessLogs = nil }
    }
}

extension TargetGroup: FieldReadable {
    mutating func read(_ fields: inout FieldReader) throws(TopologyError) {
        port = try fields.int("port", in: 1...65535) ?? port
        if var each = try fields.mapping("healthCheck") {
            try healthCheck.read(&each)
            try each.finish()
        }
    }
}

extension HealthCheck: FieldReadable {
    mutating func read(_ fields: inout FieldReader) throws(TopologyError) {
        path = try fields.text("path") ?? path
        interval = try fields.duration("interval", in: .seconds(5)...(.seconds(300))) ?? interval
        timeout = try fields.duration("timeout", in: .seconds(2)...(.seconds(120))) ?? timeout
        healthyThreshold = try fields.int("healthyThreshold", in: 2...10) ?? healthyThreshold
        unhealthyThreshold = try fields.int("unhealthyThreshold", in: 2...10) ?? unhealthyThreshold
        matcher = try fields.text("matcher") ?? matcher
    }
}

extension AutoScalingGroup: FieldReadable {
    mutating func read(_ fields: inout FieldReader) throws(TopologyError) {
        let hour = Duration.seconds(3600)
        subnets = try fields.references("subnets") ?? subnets
        minSize = try fields.int("minSize", in: 0...10000) ?? minSize
        maxSize = try fields.int("maxSize", in: 0...10000) ?? maxSize
        desiredCapacity = try fields.int("desiredCapacity", in: 0...10000) ?? desiredCapacity
        healthCheckType = try fields.choice("healthCheckType") ?? healthCheckType
        healthCheckGracePeriod =
            try fields.duration("healthCheckGracePeriod", in: .zero...(hour * 2)) ?? healthCheckGracePeriod
        defaultInstanceWarmup =
            try fields.duration("defaultInstanceWarmup", in: .zero...hour) ?? defaultInstanceWarmup
        maxInstanceLifetime =
            try fields.duration("maxInstanceLifetime", in: (hour * 24)...(hour * 24 * 365)) ?? maxInstanceLifetime
        guard var each = try fields.mapping("rollingUpdate") else { return }
        var update = RollingUpdate(
            waitOnResourceSignals: true,
            suspendProcesses: [
                "HealthCheck", "ReplaceUnhealthy", "AZRebalance", "AlarmNotification", "ScheduledActions",
            ])
        update.maxBatchSize = try each.int("maxBatchSize", in: 1...100) ?? update.maxBatchSize
        update.minInstancesInService =
            try each.int("minInstancesInService", in: 0...10000) ?? update.minInstancesInService
        update.pauseTime = try each.duration("pauseTime", in: .zero...hour) ?? .seconds(300)
        try each.finish()
        updatePolicy = .rollingUpdate(update)
        creationSignals = CreationSignals(count: desiredCapacity ?? minSize ?? 1, timeout: .seconds(900))
    }
}
