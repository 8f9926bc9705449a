extension AddressPlan {
    static func check(vpc: IPv4Network, zones: Int, spareZones: Int) throws(TopologyError) {
        guard (shortestPrefix...longestPrefix).contains(vpc.prefix) else {
            throw TopologyError(
                .outOfRange, field: "vpc", found: "\(vpc)", allowed: "a VPC of /\(shortestPrefix) to /\(longestPrefix)",
                remedy: "take \(IPv4Network(containing: vpc.first, prefix: 20)), the reference's size")
        }
        guard (1...6).contains(zones) else {
            throw TopologyError(
                .outOfRange, field: "zones", found: "\(zones)", allowed: "1 to 6, as many as a region has",
                remedy: "take 3")
        }
        guard (0...6).contains(spareZones) else {
            throw TopologyError(
                .outOfRange, field: "spareZones", found: "\(spareZones)", allowed: "0 to 6", remedy: "take 1")
        }
    }

    static func check(_ tiers: [Tier], in vpc: IPv4Network) throws(TopologyError) {
        for (index, tier) in tiers.enumerated() {
            if tiers[..<index].contains(where: { $0.name == tier.name }) {
                throw TopologyError(
                    .duplicate, field: tier.name, found: "a second tier \"\(tier.name)\"", allowed: "each name once",
                    remedy: "rename one")
            }
            let others = tiers.filter { $0.name != tier.name }.map(\.block)
            guard vpc.contains(tier.block) else {
                throw TopologyError(
                    .doesNotFit, field: tier.name, found: "\(tier.block), outside of the VPC",
                    allowed: "a block within \(vpc)", remedy: fitting(tier.block.prefix, in: vpc, beside: others))
            }
            if let other = tiers[..<index].first(where: { $0.block.overlaps(tier.block) }) {
                throw TopologyError(
                    .overlap, field: tier.name,
                    found: "\(tier.block), which shares addresses with \(other.name)'s \(other.block)",
                    allowed: "blocks that don't overlap", remedy: fitting(tier.block.prefix, in: vpc, beside: others))
            }
        }
    }

    /// Says where a block of length `prefix` would fit.
    static func fitting(_ prefix: Int, in vpc: IPv4Network, beside taken: [IPv4Network]) -> String {
        let free = vpc.subtracting(taken).sorted { ($0.prefix, $0.first) < ($1.prefix, $1.first) }
        if let place = free.filter({ $0.prefix <= prefix }).max(by: { $0.prefix < $1.prefix }) {
            return "\(IPv4Network(containing: place.first, prefix: prefix)) is free"
        }
        if let largest = free.first {
            return "no /\(prefix) is free; the largest that is free is \(largest)"
        }
        return "nothing is free; take a larger VPC, \(IPv4Network(containing: vpc.first, prefix: vpc.prefix - 1)) say"
    }

    static func cut(_ tier: Tier, zones: Int, spareZones: Int) throws(TopologyError) -> Cut {
        let count = zones + spareZones
        let longest = tier.block.prefix + bits(for: count)
        let prefix = tier.subnetPrefix ?? longest
        guard prefix >= longest else {
            throw TopologyError(
                .doesNotFit, field: tier.name, found: "subnets of /\(prefix) in \(tier.block) for \(count) zones",
                allowed: "subnets of /\(longest) to /\(longestPrefix) in a /\(tier.block.prefix)",
                remedy: "take subnets of /\(longest), or a block of /\(prefix - bits(for: count))")
        }
        guard (shortestPrefix...longestPrefix).contains(prefix) else {
            throw TopologyError(
                .doesNotFit, field: tier.name, found: "\(tier.block) cut for \(count) zones: subnets of /\(prefix)",
                allowed: "subnets of /\(shortestPrefix) to /\(longestPrefix)",
                remedy: prefix > longestPrefix
                    ? "take a block of /\(longestPrefix - bits(for: count)) or larger, or fewer spare zones"
                    : "take a block of /\(shortestPrefix - bits(for: count)) or smaller")
        }
        let networks = (0..<count).compactMap { tier.block.subnet($0, prefix: prefix) }
        return Cut(
            tier: tier, subnets: Array(networks.prefix(zones)), spares: Array(networks.dropFirst(zones)),
            remainder: tier.block.subtracting(networks))
    }
}
