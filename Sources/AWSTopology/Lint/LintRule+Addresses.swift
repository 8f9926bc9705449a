extension LintRule {
    static let addresses: [LintRule] = [
        noRoomForAnotherZone, subnetTooSmall, subnetsOverlap, subnetOutsideVPC,
    ]

    static let noRoomForAnotherZone = LintRule(
        "no-room-for-another-zone", .warning,
        breaks: "T7",
        why: "a further zone then means re-cutting the subnets of a live VPC",
        remedy: "leave a spare for one more zone in every tier: footlight topology addresses shows how"
    ) { context in
        context.topology.vpcs.compactMap { vpc in
            let subnets = context.subnetsOfVPC[vpc.name] ?? []
            guard let block = vpc.network, context.knows(vpc.name, "CidrBlock"),
                context.isClosed(vpc.name, "CidrBlock"), !subnets.isEmpty,
                subnets.allSatisfy({ $0.network != nil && $0.zone != nil && context.knows($0.name, "Condition") })
            else { return nil }
            let zones = Dictionary(grouping: subnets, by: \.zone)
            // Few regions have more than four.
            guard (1...3).contains(zones.count) else { return nil }
            let free = vpc.networks.flatMap { $0.subtracting(subnets.compactMap(\.network)) }
            let prefixes = zones.values.map { (subnets: [Subnet]) -> [Int] in
                subnets.compactMap { $0.network?.prefix }.sorted()
            }
            let wanted = prefixes.max { size(of: $0) < size(of: $1) }
            guard let wanted, !fits(wanted, in: free) else { return nil }
            return Hit(vpc.name, "(\(block)) has no room for the subnets of another zone beside its \(zones.count)")
        }
    }

    private static func size(of prefixes: [Int]) -> Int { prefixes.reduce(0) { $0 + (1 << (32 - $1)) } }

    /// Whether networks of given prefixes, the largest first, fit into free ones.
    static func fits(_ prefixes: [Int], in free: [IPv4Network]) -> Bool {
        var free = free
        for prefix in prefixes {
            let candidates = free.indices.filter { free[$0].prefix <= prefix }
            guard let best = candidates.max(by: { free[$0].prefix < free[$1].prefix }) else { return false }
            let block = free.remove(at: best)
            guard let taken = block.subnet(0, prefix: prefix) else { return false }
            free += block.subtracting([taken])
        }
        return true
    }

    /// Subnets of a VPC that are certainly made, with their blocks, by address.
    private static func blocks(of vpc: String, _ context: LintContext) -> [(name: String, block: IPv4Network)] {
        (context.subnetsOfVPC[vpc] ?? []).compactMap { subnet in
            guard let block = subnet.network, context.knows(subnet.name, ["Condition", "CidrBlock", "VpcId"]) else {
                return nil
            }
            return (subnet.name, block)
        }.sorted { ($0.block, $0.name) < ($1.block, $1.name) }
    }

    static let subnetsOverlap = LintRule(
        "subnets-overlap", .error,
        breaks: "T7; Amazon VPC User Guide, \"Subnet CIDR blocks\"",
        why: "AWS refuses the second of the two, and the stack rolls back",
        remedy: "blocks of their own: footlight topology addresses shows a plan"
    ) { context in
        context.topology.vpcs.flatMap { vpc in
            var hits: [Hit] = []
            var widest: (name: String, block: IPv4Network)?
            for each in blocks(of: vpc.name, context) {
                if let before = widest, before.block.overlaps(each.block) {
                    hits.append(Hit(each.name, "(\(each.block)) overlaps \(before.name) (\(before.block))"))
                } else {
                    widest = each
                }
            }
            return hits
        }
    }

    static let subnetOutsideVPC = LintRule(
        "subnet-outside-vpc", .error,
        breaks: "T7; Amazon VPC User Guide, \"Subnet CIDR blocks\"",
        why: "AWS refuses a subnet that isn't within a block of its VPC, and the stack rolls back",
        remedy: "a block within the VPC's: footlight topology addresses shows a plan"
    ) { context in
        context.topology.vpcs.flatMap { vpc -> [Hit] in
            guard vpc.network != nil, context.knows(vpc.name, ["CidrBlock", "Condition"]),
                context.isClosed(vpc.name, "CidrBlock")
            else { return [] }
            let whole = vpc.networks.map(\.description).joined(separator: ", ")
            return blocks(of: vpc.name, context).filter { each in !vpc.networks.contains { $0.contains(each.block) } }
                .map { Hit($0.name, "(\($0.block)) lies outside of \(vpc.name) (\(whole))") }
        }
    }

    static let subnetTooSmall = LintRule(
        "subnet-too-small", .error,
        breaks: "T7, T8; Elastic Load Balancing User Guide, \"Subnets for your load balancer\"",
        why: "when a zone is lost its instances must start in the others, and without addresses they can't",
        remedy: "a larger subnet: footlight topology addresses shows what fits"
    ) { context in
        var wanted: [String: [(count: Int, what: String)]] = [:]
        for group in context.topology.autoScalingGroups {
            guard let greatest = group.maxSize, context.knows(group.name, ["VPCZoneIdentifier", "MaxSize"]) else {
                continue
            }
            let left = max(1, group.subnets.count - 1)
            for subnet in group.subnets {
                let count = (greatest + left - 1) / left
                wanted[subnet.name, default: []].append((count, "\(count) of \(group.name)"))
            }
        }
        for balancer in context.topology.loadBalancers where [.application, .classic].contains(balancer.kind) {
            for subnet in balancer.subnets { wanted[subnet.name, default: []].append((8, "8 of \(balancer.name)")) }
        }
        for endpoint in context.topology.interfaceEndpoints {
            for subnet in endpoint.subnets { wanted[subnet.name, default: []].append((1, "1 of \(endpoint.name)")) }
        }
        for gateway in context.topology.natGateways {
            wanted[gateway.subnet.name, default: []].append((1, "1 of \(gateway.name)"))
        }
        return context.topology.subnets.compactMap { subnet in
            guard let network = subnet.network, let wants = wanted[subnet.name] else { return nil }
            let count = wants.reduce(0) { $0 + $1.count }
            guard count > network.usable else { return nil }
            let largest = wants.sorted { $0.count > $1.count }.prefix(3).map(\.what).joined(separator: ", ")
            return Hit(
                subnet.name,
                "(\(network)) has \(network.usable) addresses, but with a zone lost it needs \(count): \(largest)")
        }
    }
}
