extension TopologyBuilder {
    mutating func loadBalancer(_ name: String, _ fields: FieldReader) throws(TopologyError) {
        var fields = fields
        let subnets = try subnets(tier: try fields.text("tier"), fields)
        let scheme: LoadBalancer.Scheme = try fields.choice("scheme") ?? .internetFacing
        let certificate = try fields.text("certificate")
        let logs = try fields.text("accessLogs")
        try fields.finish()
        let peer: SecurityGroupRule.Peer =
            scheme == .internetFacing
            ? .network("0.0.0.0/0") : .network(topology[vpc]?.network?.description ?? "0.0.0.0/0")
        let ports = certificate == nil ? [80] : [443, 80]
        add(
            SecurityGroup(
                name: "\(name)SecurityGroup", vpc: vpc, description: "Load balancer \(name)",
                ingress: ports.map { SecurityGroupRule(ports: $0...$0, peer: peer, description: "clients") }),
            at: fields)
        add(
            LoadBalancer(
                name: name, scheme: scheme, subnets: subnets, securityGroups: [Reference("\(name)SecurityGroup")],
                deletionProtection: true,
                accessLogs: logs.map { LogDestination(bucket: Reference($0), prefix: "load-balancer") },
                dropInvalidHeaderFields: true),
            at: fields)
        if let certificate {
            if certificate == "${CertificateArn}" {
                topology.parameters.append(
                    Parameter(name: "CertificateArn", description: "The TLS certificate of the load balancer (ACM)"))
            }
            add(
                Listener(
                    name: "\(name)HTTPSListener", loadBalancer: Reference(name), port: 443, listenerProtocol: "HTTPS",
                    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06", certificates: [certificate],
                    defaultAction: .fixedResponse(404)),
                at: fields)
            add(
                Listener(
                    name: "\(name)HTTPListener", loadBalancer: Reference(name), port: 80, listenerProtocol: "HTTP",
                    defaultAction: .redirect(protocol: "HTTPS", port: 443)),
                at: fields)
        } else {
            add(
                Listener(
                    name: "\(name)HTTPListener", loadBalancer: Reference(name), port: 80, listenerProtocol: "HTTP",
                    defaultAction: .fixedResponse(404)),
                at: fields)
        }
    }

    /// A group's target group, which the balancer's TLS listener (or its only one) forwards to.
    mutating func register(
        _ group: String, port: Int, balancer: String, check: HealthCheck, _ fields: FieldReader
    ) throws(TopologyError) -> Reference<TargetGroup> {
        let target = Reference<TargetGroup>("\(group)TargetGroup")
        let index =
            topology.listeners.firstIndex { $0.loadBalancer.name == balancer && $0.listenerProtocol == "HTTPS" }
            ?? topology.listeners.firstIndex { $0.loadBalancer.name == balancer }
        guard let index else {
            let names = topology.loadBalancers.map(\.name)
            throw fields.fault(
                .unknownName, "loadBalancer", found: "\"\(balancer)\"", allowed: names.joined(separator: ", "),
                remedy: Spelling.nearest(to: balancer, in: names).map { "did you mean \"\($0)\"?" }
                    ?? "add it to loadBalancers")
        }
        topology.listeners[index].defaultAction = .forward(target)
        add(
            TargetGroup(
                name: target.name, vpc: vpc, port: port, healthCheck: check, deregistrationDelay: .seconds(30)),
            at: fields)
        return target
    }
}
