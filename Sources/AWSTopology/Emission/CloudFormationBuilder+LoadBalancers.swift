extension CloudFormationBuilder {
    var loadBalancing: [TemplateResource] {
        topology.loadBalancers.map { $0.kind == .classic ? classic($0) : balancer($0) }
            + topology.listeners.map(listener) + topology.targetGroups.map(targetGroup)
    }

    /// A load balancer that writes logs must find the bucket's policy in place.
    private func logPolicies(_ logs: LogDestination?) -> [String] {
        guard let bucket = logs.flatMap({ topology[$0.bucket] }), bucket.policy != nil else { return [] }
        return ["\(bucket.name)Policy"]
    }

    private func balancer(_ balancer: LoadBalancer) -> TemplateResource {
        var attributes: [(String, TemplateValue)] = [
            ("deletion_protection.enabled", .text("\(balancer.deletionProtection)"))
        ]
        if let logs = balancer.accessLogs {
            attributes.append(("access_logs.s3.enabled", "true"))
            attributes.append(("access_logs.s3.bucket", ref(logs.bucket)))
            if !logs.prefix.isEmpty { attributes.append(("access_logs.s3.prefix", .text(logs.prefix))) }
        }
        if balancer.kind == .application {
            attributes.append(
                ("routing.http.drop_invalid_header_fields.enabled", .text("\(balancer.dropInvalidHeaderFields)")))
            if let timeout = balancer.idleTimeout {
                attributes.append(("idle_timeout.timeout_seconds", .text("\(timeout.wholeSeconds)")))
            }
        }
        if let crossZone = balancer.crossZone {
            attributes.append(("load_balancing.cross_zone.enabled", .text("\(crossZone)")))
        }
        var resource = make(
            balancer,
            [
                "Type": .text(balancer.kind.rawValue), "Scheme": .text(balancer.scheme.rawValue),
                "Subnets": refs(balancer.subnets), "SecurityGroups": refs(balancer.securityGroups),
                "LoadBalancerAttributes": .list(
                    attributes.map { .fields(["Key": .text($0.0), "Value": $0.1]) }),
                "Tags": tags(balancer.name),
            ])
        resource.dependsOn = logPolicies(balancer.accessLogs)
        if balancer.scheme == .internetFacing {
            resource.dependsOn += topology.internetGateways.filter { $0.vpc != nil }.map { "\($0.name)Attachment" }
        }
        return resource
    }

    private func classic(_ balancer: LoadBalancer) -> TemplateResource {
        let listeners = topology.listeners(of: balancer).map { listener in
            TemplateValue.fields([
                "LoadBalancerPort": .text("\(listener.port)"), "Protocol": .text(listener.listenerProtocol),
                "InstancePort": .text("\(listener.port)"),
                "SSLCertificateId": listener.certificates.first.map { .interpolated($0) },
            ])
        }
        var resource = make(
            balancer, type: "AWS::ElasticLoadBalancing::LoadBalancer",
            [
                "Scheme": .text(balancer.scheme.rawValue), "Subnets": refs(balancer.subnets),
                "SecurityGroups": refs(balancer.securityGroups),
                "CrossZone": balancer.crossZone.map { .boolean($0) },
                "Listeners": .list(listeners),
                "HealthCheck": balancer.classicHealthCheck.map { check in
                    .fields([
                        "Target": .text("\(check.checkProtocol)\(check.path)"),
                        "Interval": .text("\(check.interval.wholeSeconds)"),
                        "Timeout": .text("\(check.timeout.wholeSeconds)"),
                        "HealthyThreshold": .text("\(check.healthyThreshold)"),
                        "UnhealthyThreshold": .text("\(check.unhealthyThreshold)"),
                    ])
                },
                "AccessLoggingPolicy": balancer.accessLogs.map { logs in
                    .fields([
                        "Enabled": true, "S3BucketName": ref(logs.bucket), "S3BucketPrefix": .text(logs.prefix),
                    ])
                },
            ])
        resource.dependsOn = logPolicies(balancer.accessLogs)
        return resource
    }

    private func listener(_ listener: Listener) -> TemplateResource {
        let action: TemplateValue =
            switch listener.defaultAction {
            case .forward(let target): .fields(["Type": "forward", "TargetGroupArn": ref(target)])
            case .redirect(let name, let port):
                .fields([
                    "Type": "redirect",
                    "RedirectConfig": .fields([
                        "Protocol": .text(name), "Port": .text("\(port)"), "StatusCode": "HTTP_301",
                    ]),
                ])
            case .fixedResponse(let status):
                .fields(["Type": "fixed-response", "FixedResponseConfig": .fields(["StatusCode": .text("\(status)")])])
            case .other(let type): .fields(["Type": .text(type)])
            }
        return make(
            listener,
            [
                "LoadBalancerArn": ref(listener.loadBalancer), "Port": .integer(listener.port),
                "Protocol": .text(listener.listenerProtocol), "SslPolicy": listener.sslPolicy.map { .text($0) },
                "Certificates": listener.certificates.isEmpty
                    ? nil : .list(listener.certificates.map { .fields(["CertificateArn": .interpolated($0)]) }),
                "DefaultActions": .list([action]),
            ])
    }

    private func targetGroup(_ group: TargetGroup) -> TemplateResource {
        let check = group.healthCheck
        let isHTTP = check.checkProtocol.hasPrefix("HTTP")
        return make(
            group,
            [
                "VpcId": group.vpc.map { ref($0) }, "TargetType": .text(group.targetType),
                "Protocol": .text(group.targetProtocol), "Port": .integer(group.port),
                "HealthCheckProtocol": .text(check.checkProtocol), "HealthCheckPath": isHTTP ? .text(check.path) : nil,
                "HealthCheckIntervalSeconds": .integer(check.interval.wholeSeconds),
                "HealthCheckTimeoutSeconds": .integer(check.timeout.wholeSeconds),
                "HealthyThresholdCount": .integer(check.healthyThreshold),
                "UnhealthyThresholdCount": .integer(check.unhealthyThreshold),
                "Matcher": isHTTP ? .fields(["HttpCode": .text(check.matcher)]) : nil,
                "TargetGroupAttributes": group.deregistrationDelay.map { delay in
                    .list([
                        .fields([
                            "Key": "deregistration_delay.timeout_seconds", "Value": .text("\(delay.wholeSeconds)"),
                        ])
                    ])
                },
                "Tags": tags(group.name),
            ])
    }
}
