extension LintRule {
    static let endpoints: [LintRule] = [
        gatewayEndpointWithoutPolicy, interfaceEndpointWithoutPolicy, gatewayEndpointMissesRouteTables,
        privateDNSWithoutNames,
    ]

    /// Whether a policy says no more than none would.
    private static func isOpen(_ policy: PolicyDocument?, of endpoint: String, _ context: LintContext) -> Bool {
        policy?.statements.contains(where: \.allowsEverything) ?? context.knows(endpoint, "PolicyDocument")
    }

    private static func how(_ policy: PolicyDocument?) -> String {
        policy == nil ? "has no policy, which allows everything" : "has a policy that allows everything"
    }

    static let gatewayEndpointWithoutPolicy = LintRule(
        "gateway-endpoint-without-policy", .warning,
        breaks: "T4; AWS PrivateLink Guide, \"Control access to VPC endpoints using endpoint policies\"",
        why: "through it instances reach anybody's buckets and tables, so that data can leave unseen",
        remedy: "a PolicyDocument that names buckets and actions"
    ) { context in
        context.topology.gatewayEndpoints.filter { isOpen($0.policy, of: $0.name, context) }
            .map { Hit($0.name, how($0.policy)) }
    }

    static let interfaceEndpointWithoutPolicy = LintRule(
        "interface-endpoint-without-policy", .info,
        breaks: "T6; AWS PrivateLink Guide, \"Control access to VPC endpoints using endpoint policies\"",
        why: "with credentials of another account instances can send data there",
        remedy: "a PolicyDocument that asks for aws:PrincipalAccount, where the service takes one"
    ) { context in
        context.topology.interfaceEndpoints.filter { isOpen($0.policy, of: $0.name, context) }
            .map { Hit($0.name, how($0.policy)) }
    }

    static let gatewayEndpointMissesRouteTables = LintRule(
        "gateway-endpoint-misses-route-tables", .warning,
        breaks: "T4; Amazon VPC User Guide, \"Gateway endpoints\"",
        why: "subnets of a table without it reach the service through the NAT gateway, for a fee, or not at all",
        remedy: "name the route tables of all private subnets in RouteTableIds"
    ) { context in
        context.topology.gatewayEndpoints.compactMap { endpoint in
            guard context.knows(endpoint.name, ["RouteTableIds", "VpcEndpointType"]),
                context.isClosed(endpoint.name, "RouteTableIds")
            else { return nil }
            if endpoint.routeTables.isEmpty { return Hit(endpoint.name, "is on no route table") }
            let own = Set(endpoint.routeTables.map(\.name))
            // A name that isn't in the file may stand for any table.
            guard own.allSatisfy({ context.routeTables[$0] != nil }) else { return nil }
            let tables = context.privateTablesOfVPC[endpoint.vpc.name] ?? []
            let missing = tables.lazy.map(\.name).filter { !own.contains($0) }.prefix(4)
            let more = missing.count > 3 ? " and more" : ""
            return missing.isEmpty
                ? nil : Hit(endpoint.name, "is not on \(missing.prefix(3).joined(separator: ", "))\(more)")
        }
    }

    static let privateDNSWithoutNames = LintRule(
        "private-dns-without-names", .error,
        breaks: "T6; AWS PrivateLink Guide, \"Enable private DNS names\"",
        why: "an endpoint with private DNS can't be made in a VPC without DNS support and host names",
        remedy: "EnableDnsSupport and EnableDnsHostnames true on the VPC"
    ) { context in
        let vpcs = Dictionary(context.topology.vpcs.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return context.topology.interfaceEndpoints.compactMap { endpoint in
            guard endpoint.privateDnsEnabled, let vpc = vpcs[endpoint.vpc.name],
                !vpc.enableDnsSupport || !vpc.enableDnsHostnames,
                context.knows(endpoint.name, "PrivateDnsEnabled"),
                context.knows(vpc.name, ["EnableDnsSupport", "EnableDnsHostnames"])
            else { return nil }
            return Hit(endpoint.name, "has private DNS, but \(vpc.name) has no host names")
        }
    }
}
