extension AddressPlan {
    /// The reference plan: the VPC in eight, an eighth (a /23 of a /20) for each of seven tiers in the order of the
    /// table, the last eighth unused, where a migration finds temporary ranges.
    ///
    /// Databases need few addresses: with more than two zones, spare ones counted, their subnets are cut from the first
    /// half of their block and the second half stays free.
    ///
    /// - Throws: ``TopologyError`` where the VPC is too small for that.
    public static func reference(
        vpc: IPv4Network, zones: Int, spareZones: Int
    ) throws(TopologyError) -> AddressPlan {
        try check(vpc: vpc, zones: zones, spareZones: spareZones)
        let split = bits(for: zones + spareZones)
        let databaseSplit = split > 1 ? split + 1 : split
        let needed = longestPrefix - 3 - databaseSplit
        guard vpc.prefix <= needed else {
            throw TopologyError(
                .doesNotFit, field: "vpc", found: "\(vpc), \(vpc.size) addresses",
                allowed: "a VPC of /\(shortestPrefix) to /\(needed) for 8 tiers cut for \(zones + spareZones) zones",
                remedy: "take \(IPv4Network(containing: vpc.first, prefix: needed)), or fewer spare zones")
        }
        var tiers: [Tier] = []
        for (index, (name, egress)) in referenceTiers.enumerated() {
            guard let block = vpc.subnet(index, prefix: vpc.prefix + 3) else { continue }
            let prefix = name == "database" ? block.prefix + databaseSplit : nil
            tiers.append(Tier(name: name, block: block, egress: egress, subnetPrefix: prefix))
        }
        return try AddressPlan(vpc: vpc, zones: zones, spareZones: spareZones, tiers: tiers)
    }

    /// The tiers of the reference plan in the order of their blocks.
    public static let referenceTiers: [(name: String, egress: Egress)] = [
        ("internalLoadBalancer", .endpoints), ("application", .nat), ("backend", .nat), ("database", .endpoints),
        ("misc", .nat), ("public", .internet), ("endpoint", .endpoints),
    ]

    /// How many bits tell `count` equal parts apart.
    static func bits(for count: Int) -> Int {
        var bits = 0
        while 1 << bits < count { bits += 1 }
        return bits
    }
}
