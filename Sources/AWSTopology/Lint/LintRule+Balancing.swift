extension LintRule {
    static let balancing: [LintRule] = [
        listenerUnencrypted, listenerOldTLS, balancerWithoutAccessLogs, balancerWithoutDeletionProtection,
    ]

    /// Whether an action of a listener without TLS lets what follows be plain as well.
    private static func answersPlainly(_ action: Listener.Action) -> Bool {
        switch action {
        case .forward: true
        case .redirect(let target, _): ["HTTP", "#{protocol}"].contains(target)
        case .fixedResponse: false
        case .other(let what): what == "instances"
        }
    }

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
            // A classic load balancer's listeners stand in its own properties.
            let owner = context.loadBalancers[listener.loadBalancer.name]
            let name = owner?.kind == .classic ? listener.loadBalancer.name : listener.name
            let port = listener.port == 0 ? "" : " on port \(listener.port)"
            if listener.ruleActions.contains(where: answersPlainly) {
                return Hit(name, "takes requests\(port) without TLS, by a rule of its")
            }
            guard answersPlainly(listener.defaultAction) else { return nil }
            if case .redirect = listener.defaultAction { return Hit(name, "redirects requests\(port) to plain HTTP") }
            return Hit(name, "takes requests\(port) without TLS")
        }
    }

    /// Policies of load balancers that take TLS 1.0 or 1.1.
    ///
    /// - Source: Elastic Load Balancing, "Security policies for your Application Load Balancer" and "… Network Load
    ///   Balancer", the tables of protocols, as of November 2026.
    private static let oldPolicies: Set<String> = Set(
        [
            "2015-03", "2015-05", "2016-08", "FS-1-1-2019-08", "FS-2018-06", "TLS-1-0-2015-04", "TLS-1-1-2017-01",
            "TLS13-1-0-2021-06", "TLS13-1-0-FIPS-2023-04", "TLS13-1-0-FIPS-PQ-2025-09", "TLS13-1-0-PQ-2025-09",
            "TLS13-1-1-2021-06", "TLS13-1-1-FIPS-2023-04",
        ].map { "ELBSecurityPolicy-\($0)" })

    static let listenerOldTLS = LintRule(
        "listener-old-tls", .warning,
        breaks: "T5; Elastic Load Balancing User Guide, \"Security policies\"",
        why: "the policy still takes TLS 1.0 or 1.1, whose weaknesses are known",
        remedy: "SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06"
    ) { context in
        return context.topology.listeners.compactMap { listener in
            guard ["HTTPS", "TLS"].contains(listener.listenerProtocol), context.knows(listener.name, "SslPolicy") else {
                return nil
            }
            guard let policy = listener.sslPolicy else {
                return Hit(listener.name, "has no TLS policy, which means ELBSecurityPolicy-2016-08")
            }
            guard oldPolicies.contains(policy) else { return nil }
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
