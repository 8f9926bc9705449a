/// The effect of losing one or more zones on a topology, and what must be started where: no chance in it.
public struct OutageImpact: Sendable, Hashable {
    /// A subnet that instances are started in, and its addresses.
    public struct Room: Sendable, Hashable {
        /// The subnet.
        public var subnet: String
        /// Its zone.
        public var zone: AvailabilityZone
        /// Its block; nil where unknown.
        public var network: IPv4Network?
        /// The addresses that it has for anyone.
        public var usable: Int
        /// The addresses in use before the loss, by everyone in it.
        public var used: Int
        /// Instances started in it, at most.
        public var started: Int
        /// Instances started in it on top, at most, when its groups grow to their greatest size.
        public var growth: Int

        /// True if there are addresses for all that is started.
        public var isEnough: Bool { used + started + growth <= usable || network == nil }
    }

    /// The effect on a group.
    public struct Group: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// The number of instances that it means to have.
        public var desired: Int
        /// The number of instances that it loses: as many as its zones hold, which differ by one at most.
        public var lost: ClosedRange<Int>
        /// The zones that it has left.
        public var zonesLeft: [AvailabilityZone]
        /// The subnets where the lost ones are started again.
        public var rooms: [Room]
        /// The greatest size that the group may have; nil: none is said.
        public var maxSize: Int?
    }

    /// The effect on a database.
    public struct Database: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// The zones of its subnet group that are lost.
        public var zonesLost: [AvailabilityZone]
        /// The zones of its subnet group that are left.
        public var zonesLeft: [AvailabilityZone]
        /// True if it had a synchronous standby.
        public var multiAZ: Bool

        /// The meaning, in a sentence.
        public var verdict: String {
            let all = zonesLost.count + zonesLeft.count
            if zonesLost.isEmpty { return "has nothing there" }
            if zonesLeft.isEmpty { return "is down until a zone is back, or it is restored from backups" }
            guard multiAZ else { return "is down if it lies there (1 in \(all)): no standby takes over" }
            let standby =
                zonesLeft.count > 1
                ? "a new standby is made in a third zone" : "no synchronous standby until the zone is back"
            return "primary there (1 in \(all)): fails over; standby there (1 in \(all)): goes on; \(standby)"
        }
    }

    /// The zones that are lost.
    public var lost: [AvailabilityZone]
    /// The zones that are left.
    public var left: [AvailabilityZone]
    /// Resources that lie in the lost zones, by name: subnets, NAT gateways, lone instances.
    public var resources: [String]
    /// Load balancers and interface endpoints that lose an address there and go on with the others.
    public var thinned: [String]
    /// The resources that have no zone left, and are down.
    public var down: [String]
    /// Subnets of the zones left whose way out led through a lost zone.
    public var cutOff: [String]
    /// Lone instances: nobody starts them elsewhere.
    public var irreplaceable: [String]
    /// The effect on each group.
    public var groups: [Group]
    /// The effect on each database.
    public var databases: [Database]

    /// True if every load balancer, group, endpoint and database has a zone left, and every subnet its way out.
    public var isSurvived: Bool { down.isEmpty && cutOff.isEmpty && irreplaceable.isEmpty }
    /// True if every subnet has addresses for what is started in it.
    public var hasRoom: Bool { groups.allSatisfy { $0.rooms.allSatisfy(\.isEnough) } }
}
