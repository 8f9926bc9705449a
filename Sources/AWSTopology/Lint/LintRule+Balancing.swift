extension LintRule {
    static let balancing: [LintRule] = [
        listenerUnencrypted, listenerOldTLS, balancerWithoutAccessLogs, balancerWithoutDeletionProtection,
    ]

    static let listenerUnencrypted = LintRule(
        "listener-unencrypted", .error,
        breaks: "T5; AWS Security Hub, ELB.1",
        why: "what is sent can be read and changed on its way",
        remedy: "an HTTPS listener with a certificate; let the HTTP one redirect to it"
    ) { context in
        context.topology.listeners.compactMap { listener in
            guard listener.listenerProtocol == "HTTP", context.knows(listener.name, "DefaultActions") else {
                return nil
            }
            switch listener.defaultAction {
            case .redirect, .fixedResponse: return nil
            case .other(let what) where what != "instances": return nil
            case .forward, .other:
                // A classic load balancer's listeners stand in its own properties.
                let owner = context.loadBalancers[listener.loadBalancer.name]
                let name = owner?.kind == .classic ? listener.loadBalancer.name : listener.name
                return Hit(name, "takes requests on port \(listener.port) without TLS")
            }
        }
    }

    static let listenerOldTLS = LintRule(
        "listener-old-tls", .warning,
        breaks: "T5; Elastic Load Balancing User Guide, \"Security policies\"",
        why: "the policy still takes TLS 1.0 or 1.1, whose weaknesses are known",
        remedy: "SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06"
    ) { context in
        let old = ["ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-2015-05", "ELBSecurityPolicy-FS-2018-06"]
        return context.topology.listeners.compactMap { listener in
            guard ["HTTPS", "TLS"].contains(listener.listenerProtocol), context.knows(listener.name, "SslPolicy") else {
                return nil
            }
            guard let policy = listener.sslPolicy else {
                return Hit(listener.name, "has no TLS policy, which means ELBSecurityPolicy-2016-08")
            }
            guard old.contains(policy) || policy.contains("TLS-1-0") || policy.contains("TLS-1-1") else { return nil }
            return Hit(listener.name, "has the TLS policy \(policy)")
        }
    }

    static let balancerWithoutAccessLogs = LintRule(
        "load-balancer-without-access-logs", .warning,
        breaks: "F5; AWS Security Hub, ELB.5",
        why: "when something goes wrong, who asked for what and what was answered is nowhere written",
        remedy: "access logs to a bucket of their own, with a lifecycle"
    ) { context in
        context.topology.loadBalancers.filter { balancer in
            // A network load balancer writes access logs of TLS listeners only.
            [.application, .classic].contains(balancer.kind) && balancer.accessLogs == nil
                && context.knows(
                    balancer.name,
                    ["Type", "LoadBalancerAttributes.access_logs.s3.enabled", "AccessLoggingPolicy.Enabled"])
        }.map { Hit($0.name, "keeps no access logs") }
    }

    static let balancerWithoutDeletionProtection = LintRule(
        "load-balancer-without-deletion-protection", .warning,
        breaks: "AWS Security Hub, ELB.6",
        why: "a slip in a stack or in the console takes the service's name and address away",
        remedy: "deletion_protection.enabled: true"
    ) { context in
        context.topology.loadBalancers.filter {
            $0.kind != .classic && !$0.deletionProtection
                && context.knows($0.name, "LoadBalancerAttributes.deletion_protection.enabled")
        }.map { Hit($0.name, "can be deleted by mistake") }
    }
}
