/// The division of a VPC's addresses: a block per tier, cut alike for the zones in use and for spare ones.
///
/// Making one checks it: no tier overlaps another or leaves the VPC, and each has room for its subnets.
public struct AddressPlan: Sendable, Hashable {
    /// A tier's demand for addresses.
    public struct Tier: Sendable, Hashable {
        /// Its name, `backend`.
        public var name: String
        /// Its block of the VPC.
        public var block: IPv4Network
        /// The way from the tier's subnets to the world.
        public var egress: Egress
        /// The prefix length of its subnets; nil for as large as the zones and spare ones allow.
        public var subnetPrefix: Int?

        /// A tier.
        public init(name: String, block: IPv4Network, egress: Egress = .endpoints, subnetPrefix: Int? = nil) {
            self.name = name
            self.block = block
            self.egress = egress
            self.subnetPrefix = subnetPrefix
        }
    }

    /// A tier that has been cut.
    public struct Cut: Sendable, Hashable {
        /// The tier.
        public var tier: Tier
        /// A subnet for each zone in use, in order.
        public var subnets: [IPv4Network]
        /// A subnet of the same size for each zone to come, in order.
        public var spares: [IPv4Network]
        /// The rest of the block that is free.
        public var remainder: [IPv4Network]

        /// The addresses that instances can have in the zones in use.
        public var usable: Int { subnets.reduce(0) { $0 + $1.usable } }
    }

    /// The longest prefix of a VPC or a subnet.
    ///
    /// - Source: Amazon VPC User Guide, "Subnet sizing for IPv4".
    public static let longestPrefix = 28
    /// The shortest prefix of a VPC or a subnet. The same source.
    public static let shortestPrefix = 16

    /// The VPC's block.
    public let vpc: IPv4Network
    /// The number of zones in use, 1…6.
    public let zones: Int
    /// The number of zones more that there is room for, 0…6.
    public let spareZones: Int
    /// The tiers, cut, in the order given.
    public let cuts: [Cut]
    /// The addresses that no tier has, as the fewest and largest networks, in order.
    public let unused: [IPv4Network]

    /// A plan of given tiers.
    ///
    /// - Throws: ``TopologyError`` that names the tier in `field`, and in `remedy` what would fit.
    public init(vpc: IPv4Network, zones: Int, spareZones: Int, tiers: [Tier]) throws(TopologyError) {
        try Self.check(vpc: vpc, zones: zones, spareZones: spareZones)
        try Self.check(tiers, in: vpc)
        var cuts: [Cut] = []
        for tier in tiers { cuts.append(try Self.cut(tier, zones: zones, spareZones: spareZones)) }
        self.vpc = vpc
        self.zones = zones
        self.spareZones = spareZones
        self.cuts = cuts
        unused = vpc.subtracting(tiers.map(\.block))
    }

    /// The cut of a tier by name.
    public subscript(tier name: String) -> Cut? { cuts.first { $0.tier.name == name } }
}
