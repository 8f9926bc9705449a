@testable import AWSTopology

/// Pairs of topologies by chance: two to four zones, VPCs of /16 to /22, tiers with and without anything in them, little
/// room and much.
struct RandomTopology {
    private var generator: SeededGenerator
    private let vpc: IPv4Network
    private let tiers: Int
    private let kind: LoadBalancer.Kind
    private let gateways: Gateways
    private let hasDatabase: Bool
    private let isMultiAZ: Bool

    private enum Gateways: CaseIterable { case none, perZone, single, regional }

    /// The pair of a seed: the first that comes out with room for all.
    static func pair(_ seed: UInt64) -> (from: Topology, to: Topology)? {
        for attempt in 0..<100 as Range<UInt64> {
            guard var random = RandomTopology(seed &* 100 &+ attempt) else { continue }
            if let from = random.topology(), let to = random.topology() { return (from, to) }
        }
        return nil
    }

    private init?(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let prefix = Int.random(in: 16...22, using: &generator)
        guard let vpc = try? IPv4Network("10.64.0.0/\(prefix)") else { return nil }
        self.vpc = vpc
        tiers = Int.random(in: 2...5, using: &generator)
        kind = [.application, .network, .classic].randomElement(using: &generator) ?? .classic
        gateways = Gateways.allCases.randomElement(using: &generator) ?? .none
        hasDatabase = Bool.random(using: &generator)
        isMultiAZ = Int.random(in: 0..<4, using: &generator) > 0
        self.generator = generator
    }

    private mutating func topology() -> Topology? {
        let count = Int.random(in: 2...4, using: &generator)
        let letters = ["a", "b", "c", "d"].shuffled(using: &generator).prefix(count).sorted()
        var topology = Topology()
        topology.name = "random"
        topology.vpcs = [VPC(name: "VPC", network: vpc)]
        topology.zones = letters.map { AvailabilityZone("x-1\($0)") }
        topology.routeTables = letters.map { RouteTable(name: "Table\($0.uppercased())", vpc: "VPC") }
        var taken: [IPv4Network] = []
        // With as many bits as this, all zones of all tiers just fit.
        let tight = vpc.prefix + AddressPlan.bits(for: tiers * 4)
        for tier in 0..<tiers {
            for letter in letters {
                let prefix = min(28, Int.random(in: max(16, tight - 1)...tight + 1, using: &generator))
                guard let network = vpc.randomBlock(prefix: prefix, besides: taken, using: &generator) else {
                    return nil
                }
                taken.append(network)
                topology.subnets.append(
                    Subnet(
                        name: "T\(tier)\(letter.uppercased())", vpc: "VPC", network: network,
                        zone: AvailabilityZone("x-1\(letter)"), tier: "t\(tier)",
                        routeTable: Reference("Table\(letter.uppercased())")))
            }
        }
        addUsers(&topology)
        return topology
    }

    private func addUsers(_ topology: inout Topology) {
        func subnets(_ tier: Int) -> [Reference<Subnet>] { topology.subnets(ofTier: "t\(tier)").map(\.reference) }
        topology.loadBalancers = [LoadBalancer(name: "Front", kind: kind, subnets: subnets(0))]
        topology.autoScalingGroups = [AutoScalingGroup(name: "Work", subnets: subnets(1), minSize: 2, maxSize: 4)]
        addGateways(&topology)
        guard hasDatabase, tiers > 2 else { return }
        topology.databaseSubnetGroups = [DatabaseSubnetGroup(name: "Group", subnets: subnets(2))]
        topology.databaseInstances = [
            DatabaseInstance(name: "Data", engine: "postgres", multiAZ: isMultiAZ, subnetGroup: "Group")
        ]
    }

    private func addGateways(_ topology: inout Topology) {
        guard gateways != .none else { return }
        if gateways == .regional {
            topology.natGateways = [NATGateway(name: "Gateway", subnet: "none", isRegional: true, vpc: "VPC")]
        }
        for (index, zone) in topology.zones.enumerated() {
            let letter = zone.letter.uppercased()
            let name = gateways == .regional ? "Gateway" : gateways == .single ? "GatewayS" : "Gateway\(letter)"
            topology[Reference<RouteTable>("Table\(letter)")]?.routes = [
                Route(destination: "0.0.0.0/0", target: .natGateway(Reference(name)))
            ]
            guard gateways == .perZone || gateways == .single && index == 0 else { continue }
            topology.elasticAddresses.append(ElasticAddress(name: "Address\(letter)"))
            topology.natGateways.append(
                NATGateway(
                    name: name, subnet: Reference("T0\(letter)"), elasticAddress: Reference("Address\(letter)")))
        }
    }
}

extension IPv4Network {
    /// Returns a block of that prefix that overlaps none of those taken; nil: there is no room.
    func randomBlock(
        prefix: Int, besides taken: [IPv4Network], using generator: inout some RandomNumberGenerator
    ) -> IPv4Network? {
        let free = subtracting(taken).filter { $0.prefix <= prefix }
        guard let block = free.randomElement(using: &generator) else { return nil }
        return block.subnet(Int.random(in: 0..<1 << (prefix - block.prefix), using: &generator), prefix: prefix)
    }
}
