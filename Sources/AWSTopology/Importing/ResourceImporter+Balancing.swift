extension ResourceImporter {
    mutating func balancing(_ resource: ImportedResource) -> Bool {
        switch resource.type {
        case "AWS::ElasticLoadBalancingV2::LoadBalancer": balancer(resource)
        case "AWS::ElasticLoadBalancing::LoadBalancer": classicBalancer(resource)
        case "AWS::ElasticLoadBalancingV2::Listener":
            let actions = resource["DefaultActions"].items
            topology.listeners.append(
                Listener(
                    name: resource.name, loadBalancer: Self.reference(resource["LoadBalancerArn"]) ?? "",
                    port: resource["Port"].int ?? 0,
                    listenerProtocol: resource["Protocol"].known ?? "",
                    sslPolicy: resource["SslPolicy"].string,
                    certificates: resource["Certificates"].items.compactMap { $0["CertificateArn"].string },
                    defaultAction: actions.last.map { Self.action($0) } ?? .other("none")))
        case "AWS::ElasticLoadBalancingV2::TargetGroup": targetGroup(resource)
        default: return false
        }
        return true
    }

    static func action(_ value: ImportedValue) -> Listener.Action {
        switch value["Type"].known {
        case "forward":
            let target =
                value["TargetGroupArn"].isAbsent
                ? value["ForwardConfig"]["TargetGroups"].items.first?["TargetGroupArn"] ?? .absent
                : value["TargetGroupArn"]
            return .forward(reference(target) ?? "")
        case "redirect":
            let config = value["RedirectConfig"]
            return .redirect(protocol: config["Protocol"].string ?? "#{protocol}", port: config["Port"].int ?? 443)
        case "fixed-response": return .fixedResponse(value["FixedResponseConfig"]["StatusCode"].int ?? 200)
        default: return .other(value["Type"].string ?? "not known")
        }
    }

    private mutating func balancer(_ resource: ImportedResource) {
        let attributes = Self.attributes(resource["LoadBalancerAttributes"])
        var balancer = LoadBalancer(name: resource.name)
        balancer.kind = resource["Type"].known.flatMap { LoadBalancer.Kind(rawValue: $0) } ?? .application
        balancer.scheme = resource["Scheme"].known.flatMap { LoadBalancer.Scheme(rawValue: $0) } ?? .internetFacing
        let mappings = resource["SubnetMappings"].items.map { $0["SubnetId"] }
        balancer.subnets = Self.references(resource["Subnets"]) + mappings.compactMap { Self.reference($0) }
        balancer.securityGroups = Self.references(resource["SecurityGroups"])
        balancer.deletionProtection = attributes["deletion_protection.enabled"]?.bool ?? false
        balancer.crossZone = attributes["load_balancing.cross_zone.enabled"]?.bool
        balancer.dropInvalidHeaderFields = attributes["routing.http.drop_invalid_header_fields.enabled"]?.bool ?? false
        balancer.idleTimeout = attributes["idle_timeout.timeout_seconds"].flatMap { Self.seconds($0) }
        if attributes["access_logs.s3.enabled"]?.bool == true {
            balancer.accessLogs = LogDestination(
                bucket: attributes["access_logs.s3.bucket"].flatMap { bucket($0) ?? Self.reference($0) }
                    ?? "a bucket not said",
                prefix: attributes["access_logs.s3.prefix"]?.string ?? "")
        }
        topology.loadBalancers.append(balancer)
    }

    private mutating func classicBalancer(_ resource: ImportedResource) {
        var balancer = LoadBalancer(name: resource.name, kind: .classic)
        balancer.scheme = resource["Scheme"].known == "internal" ? .internal : .internetFacing
        balancer.subnets = Self.references(resource["Subnets"])
        balancer.securityGroups = Self.references(resource["SecurityGroups"])
        balancer.crossZone = resource["CrossZone"].bool ?? false
        let logging = resource["AccessLoggingPolicy"]
        if logging["Enabled"].bool == true {
            balancer.accessLogs = LogDestination(
                bucket: bucket(logging["S3BucketName"]) ?? Self.reference(logging["S3BucketName"])
                    ?? "a bucket not said",
                prefix: logging["S3BucketPrefix"].string ?? "")
        }
        let check = resource["HealthCheck"]
        if let target = check["Target"].known {
            var classic = HealthCheck()
            let parts = target.split(separator: ":", maxSplits: 1)
            classic.checkProtocol = parts.first.map(String.init) ?? "TCP"
            if parts.count > 1, let slash = parts[1].firstIndex(of: "/") { classic.path = String(parts[1][slash...]) }
            classic.interval = Self.seconds(check["Interval"]) ?? .seconds(30)
            classic.timeout = Self.seconds(check["Timeout"]) ?? .seconds(5)
            classic.healthyThreshold = check["HealthyThreshold"].int ?? 10
            classic.unhealthyThreshold = check["UnhealthyThreshold"].int ?? 2
            balancer.classicHealthCheck = classic
        }
        if balancer.subnets.isEmpty { unresolved(resource.name, "Subnets", "AvailabilityZones") }
        topology.loadBalancers.append(balancer)
        for (index, value) in resource["Listeners"].items.enumerated() {
            let name = "\(resource.name).Listeners[\(index)]"
            topology.places[name] = topology.places[resource.name]
            topology.listeners.append(
                Listener(
                    name: name, loadBalancer: balancer.reference, port: value["LoadBalancerPort"].int ?? 0,
                    listenerProtocol: value["Protocol"].known?.uppercased() ?? "",
                    // A classic one's policies are named elsewhere; what its listener speaks isn't known here.
                    sslPolicy: "unknown", certificates: value["SSLCertificateId"].strings,
                    defaultAction: .other("instances")))
        }
    }

    private mutating func targetGroup(_ resource: ImportedResource) {
        var check = HealthCheck()
        check.checkProtocol = resource["HealthCheckProtocol"].known ?? "HTTP"
        check.path = resource["HealthCheckPath"].string ?? "/"
        check.interval = Self.seconds(resource["HealthCheckIntervalSeconds"]) ?? check.interval
        check.timeout = Self.seconds(resource["HealthCheckTimeoutSeconds"]) ?? check.timeout
        check.healthyThreshold = resource["HealthyThresholdCount"].int ?? check.healthyThreshold
        check.unhealthyThreshold = resource["UnhealthyThresholdCount"].int ?? check.unhealthyThreshold
        check.matcher = resource["Matcher"]["HttpCode"].string ?? check.matcher
        let attributes = Self.attributes(resource["TargetGroupAttributes"])
        topology.targetGroups.append(
            TargetGroup(
                name: resource.name, vpc: Self.reference(resource["VpcId"]), port: resource["Port"].int ?? 80,
                targetProtocol: resource["Protocol"].known ?? "HTTP",
                targetType: resource["TargetType"].known ?? "instance", healthCheck: check,
                deregistrationDelay: attributes["deregistration_delay.timeout_seconds"].flatMap { Self.seconds($0) }))
    }
}
