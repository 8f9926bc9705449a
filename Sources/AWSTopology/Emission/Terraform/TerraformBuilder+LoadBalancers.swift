extension TerraformBuilder {
    var loadBalancing: [TerraformBlock] {
        topology.loadBalancers.filter { $0.kind != .classic }.map(balancer)
            + topology.listeners.map(listener) + topology.targetGroups.map(targetGroup)
    }

    private func balancer(_ balancer: LoadBalancer) -> TerraformBlock {
        let logs = balancer.accessLogs.map { logs in
            Item.block(
                "access_logs",
                [
                    .argument("bucket", ref(logs.bucket)), .argument("prefix", .text(logs.prefix)),
                    .argument("enabled", .boolean(true)),
                ])
        }
        let policy = balancer.accessLogs.flatMap { topology[$0.bucket] }.flatMap { bucket in
            bucket.policy.map { _ in
                TerraformValue.expression("aws_s3_bucket_policy.\(names.name(bucket.name))")
            }
        }
        let gateways = topology.internetGateways.filter { _ in balancer.scheme == .internetFacing }.map {
            TerraformValue.expression("aws_internet_gateway.\(names.name($0.name))")
        }
        let waits = (policy.map { [$0] } ?? []) + gateways
        return make(
            balancer, "aws_lb",
            [
                .argument(
                    "name", .text(String(TerraformNames.snake(balancer.name).replacing("_", with: "-").prefix(32)))),
                .argument("load_balancer_type", .text(balancer.kind.rawValue)),
                .argument("internal", .boolean(balancer.scheme == .internal)),
                .argument("subnets", refs(balancer.subnets)),
                .argument("security_groups", refs(balancer.securityGroups, "GroupId")),
                .argument("enable_deletion_protection", .boolean(balancer.deletionProtection)),
                balancer.kind == .application
                    ? .argument("drop_invalid_header_fields", .boolean(balancer.dropInvalidHeaderFields)) : nil,
                .argument("enable_cross_zone_load_balancing", ifAny: balancer.crossZone.map { .boolean($0) }),
                .argument("idle_timeout", ifAny: balancer.idleTimeout.map { .integer($0.wholeSeconds) }),
                tags(balancer.name), waits.isEmpty ? nil : .argument("depends_on", .list(waits)), logs,
            ])
    }

    private func listener(_ listener: Listener) -> TerraformBlock {
        let action: [Item?] =
            switch listener.defaultAction {
            case .forward(let target):
                [.argument("type", .text("forward")), .argument("target_group_arn", ref(target))]
            case .redirect(let name, let port):
                [
                    .argument("type", .text("redirect")),
                    .block(
                        "redirect",
                        [
                            .argument("protocol", .text(name)), .argument("port", .text("\(port)")),
                            .argument("status_code", .text("HTTP_301")),
                        ]),
                ]
            case .fixedResponse(let status):
                [
                    .argument("type", .text("fixed-response")),
                    .block(
                        "fixed_response",
                        [
                            .argument("content_type", .text("text/plain")),
                            .argument("status_code", .text("\(status)")),
                        ]),
                ]
            case .other(let type): [.argument("type", .text(type))]
            }
        return make(
            listener, "aws_lb_listener",
            [
                .argument("load_balancer_arn", ref(listener.loadBalancer)), .argument("port", .integer(listener.port)),
                .argument("protocol", .text(listener.listenerProtocol)),
                .argument("ssl_policy", ifAny: listener.sslPolicy.map { .text($0) }),
                .argument("certificate_arn", ifAny: listener.certificates.first.map(text)),
                .block("default_action", action),
            ])
    }

    private func targetGroup(_ group: TargetGroup) -> TerraformBlock {
        let check = group.healthCheck
        let isHTTP = check.checkProtocol.hasPrefix("HTTP")
        return make(
            group, "aws_lb_target_group",
            [
                .argument("name", .text(String(TerraformNames.snake(group.name).replacing("_", with: "-").prefix(32)))),
                .argument("vpc_id", ifAny: group.vpc.map { ref($0) }),
                .argument("target_type", .text(group.targetType)), .argument("port", .integer(group.port)),
                .argument("protocol", .text(group.targetProtocol)),
                .argument(
                    "deregistration_delay", ifAny: group.deregistrationDelay.map { .integer($0.wholeSeconds) }),
                tags(group.name),
                .block(
                    "health_check",
                    [
                        .argument("protocol", .text(check.checkProtocol)),
                        isHTTP ? .argument("path", .text(check.path)) : nil,
                        .argument("interval", .integer(check.interval.wholeSeconds)),
                        .argument("timeout", .integer(check.timeout.wholeSeconds)),
                        .argument("healthy_threshold", .integer(check.healthyThreshold)),
                        .argument("unhealthy_threshold", .integer(check.unhealthyThreshold)),
                        isHTTP ? .argument("matcher", .text(check.matcher)) : nil,
                    ]),
            ])
    }
}
