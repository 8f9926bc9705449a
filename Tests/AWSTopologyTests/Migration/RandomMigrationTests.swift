import Testing

@testable import AWSTopology

@Suite("Random migrations")
struct RandomMigrationTests {
    /// Subnets of random blocks that don't overlap, in random zones, with random users.
    private static func topology(_ tiers: Int, _ zones: [String], _ generator: inout SeededGenerator) -> Topology? {
        guard let vpc = try? IPv4Network("10.0.0.0/20") else { return nil }
        var topology = Topology()
        topology.vpcs = [VPC(name: "VPC", network: vpc)]
        topology.zones = zones.map { AvailabilityZone("x-1\($0)") }
        var taken: [IPv4Network] = []
        for tier in 0..<tiers {
            for zone in zones {
                let prefix = Int.random(in: 24...26, using: &generator)
                let free = vpc.subtracting(taken).filter { $0.prefix <= prefix }
                guard let block = free.randomElement(using: &generator) else { return nil }
                let count = 1 << (prefix - block.prefix)
                guard let network = block.subnet(Int.random(in: 0..<count, using: &generator), prefix: prefix) else {
                    return nil
                }
                taken.append(network)
                topology.subnets.append(
                    Subnet(
                        name: "T\(tier)\(zone.uppercased())", vpc: "VPC", network: network,
                        zone: AvailabilityZone("x-1\(zone)"), tier: "t\(tier)",
                        routeTable: Reference("Table\(zone.uppercased())"))
                )
            }
        }
        topology.routeTables = zones.map { RouteTable(name: "Table\($0.uppercased())", vpc: "VPC") }
        return topology
    }

    private static func addUsers(
        _ topology: inout Topology, hasDatabase: Bool, hasGateways: Bool, kind: LoadBalancer.Kind
    ) {
        func subnets(_ tier: Int) -> [Reference<Subnet>] { topology.subnets(ofTier: "t\(tier)").map(\.reference) }
        topology.loadBalancers = [LoadBalancer(name: "Front", kind: kind, subnets: subnets(0))]
        topology.autoScalingGroups = [AutoScalingGroup(name: "Work", subnets: subnets(1), minSize: 2, maxSize: 4)]
        if hasGateways {
            for zone in topology.zones {
                let letter = zone.letter.uppercased()
                topology.elasticAddresses.append(ElasticAddress(name: "Address\(letter)"))
                topology.natGateways.append(
                    NATGateway(
                        name: "Gateway\(letter)", subnet: Reference("T0\(letter)"),
                        elasticAddress: Reference("Address\(letter)")))
                topology[Reference<RouteTable>("Table\(letter)")]?.routes = [
                    Route(destination: "0.0.0.0/0", target: .natGateway(Reference("Gateway\(letter)")))
                ]
            }
        }
        if hasDatabase {
            topology.databaseSubnetGroups = [DatabaseSubnetGroup(name: "Group", subnets: subnets(2))]
            topology.databaseInstances = [
                DatabaseInstance(name: "Data", engine: "postgres", multiAZ: true, subnetGroup: "Group")
            ]
        }
    }

    static func pair(_ seed: UInt64) -> (from: Topology, to: Topology)? {
        var generator = SeededGenerator(seed: seed)
        func zones(_ generator: inout SeededGenerator) -> [String] {
            let count = Int.random(in: 2...4, using: &generator)
            return ["a", "b", "c", "d"].shuffled(using: &generator).prefix(count).sorted()
        }
        let hasDatabase = Bool.random(using: &generator)
        let tiers = hasDatabase ? 3 : 2
        let kind: LoadBalancer.Kind = Bool.random(using: &generator) ? .application : .classic
        let hasGateways = Bool.random(using: &generator)
        guard var from = topology(tiers, zones(&generator), &generator),
            var to = topology(tiers, zones(&generator), &generator)
        else { return nil }
        addUsers(&from, hasDatabase: hasDatabase, hasGateways: hasGateways, kind: kind)
        addUsers(&to, hasDatabase: hasDatabase, hasGateways: hasGateways, kind: kind)
        return (from, to)
    }

    @Test(arguments: 0..<400 as Range<UInt64>)
    func `no phase of an accepted plan conflicts, nothing is ever without a zone, and it ends in the new topology`(
        _ seed: UInt64
    ) throws {
        guard let (from, to) = Self.pair(seed) else { return }
        do throws(MigrationRefusal) {
            let plan = try MigrationPlan(from: from, to: to, order: .reference, trials: 20)
            #expect(MigrationInvariants.faults(of: plan) == [], "seed \(seed)")
        } catch {
            #expect(!error.reasons.isEmpty)
            #expect(error.reasons.allSatisfy { $0.code != .conflict }, "seed \(seed): \(error)")
        }
    }

    @Test
    func `most random migrations can be done, and those that can't lack a zone or spare addresses`() {
        var counts: [String: Int] = [:]
        for seed in 0..<100 as Range<UInt64> {
            guard let (from, to) = Self.pair(seed) else { continue }
            do throws(MigrationRefusal) {
                _ = try MigrationPlan(from: from, to: to, order: .reference, trials: 1)
                counts["accepted", default: 0] += 1
            } catch { counts[error.reasons[0].code.rawValue, default: 0] += 1 }
        }
        #expect(counts["accepted", default: 0] >= 50, "\(counts)")
    }
}
