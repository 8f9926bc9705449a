import Foundation
import Testing

@testable import AWSTopology

@Suite("Small migrations, beside trying everything")
struct BruteForceTests {
    /// Two or three tiers over two or three zones in eight small places, with next to no room.
    static func pair(_ seed: UInt64) -> (from: Topology, to: Topology, hasDatabase: Bool)? {
        var generator = SeededGenerator(seed: seed &* 7919)
        guard let vpc = try? IPv4Network("10.0.0.0/25") else { return nil }
        let tiers = Int.random(in: 2...3, using: &generator)
        let hasDatabase = Bool.random(using: &generator)
        let kind: LoadBalancer.Kind = Int.random(in: 0..<4, using: &generator) == 0 ? .application : .classic
        let letters = Int.random(in: 0..<3, using: &generator) == 0 ? ["a", "b", "c"] : ["a", "b"]
        func topology(_ letters: [String]) -> Topology? {
            var topology = Topology()
            topology.vpcs = [VPC(name: "VPC", network: vpc)]
            var taken: [IPv4Network] = []
            for tier in 0..<tiers {
                for letter in letters {
                    let prefix = Int.random(in: 0..<3, using: &generator) == 0 ? 27 : 28
                    guard let network = vpc.randomBlock(prefix: prefix, besides: taken, using: &generator) else {
                        return nil
                    }
                    taken.append(network)
                    topology.subnets.append(
                        Subnet(
                            name: "T\(tier)\(letter.uppercased())", vpc: "VPC", network: network,
                            zone: AvailabilityZone("x-1\(letter)"), tier: "t\(tier)"))
                }
            }
            func subnets(_ tier: Int) -> [Reference<Subnet>] { topology.subnets(ofTier: "t\(tier)").map(\.reference) }
            topology.loadBalancers = [LoadBalancer(name: "Front", kind: kind, subnets: subnets(0))]
            if hasDatabase {
                topology.databaseSubnetGroups = [DatabaseSubnetGroup(name: "Group", subnets: subnets(1))]
                topology.databaseInstances = [
                    DatabaseInstance(name: "Data", engine: "postgres", multiAZ: true, subnetGroup: "Group")
                ]
            } else {
                topology.autoScalingGroups = [
                    AutoScalingGroup(name: "Work", subnets: subnets(1), minSize: 2, maxSize: 4)
                ]
            }
            return topology
        }
        guard let from = topology(letters), let to = topology(letters) else { return nil }
        return (from, to, hasDatabase)
    }

    private static var seeds: ClosedRange<UInt64> {
        let environment = ProcessInfo.processInfo.environment
        if let seed = environment["SEED"].flatMap(UInt64.init) { return seed...seed }
        return 1...min(2000, environment["SEEDS"].flatMap(UInt64.init) ?? 120)
    }

    @Test
    func `what is planned can be done, and what is refused can't, by whatever order`() throws {
        var counts: [String: Int] = [:]
        for seed in Self.seeds {
            guard let (from, to, hasDatabase) = Self.pair(seed) else { continue }
            let force = BruteForce(from: from, to: to, databaseTier: hasDatabase ? "t1" : nil)
            do throws(MigrationRefusal) {
                let plan = try MigrationPlan(from: from, to: to, trials: 1)
                #expect(MigrationInvariants.faults(of: plan) == [], "seed \(seed)")
                counts["planned", default: 0] += 1
            } catch {
                let isPossible = force.isPossible()
                #expect(isPossible != true, "seed \(seed): \(error.description.replacing("\n", with: " "))")
                counts[isPossible == nil ? "refused, not tried to the end" : "refused, proven", default: 0] += 1
            }
        }
        if Self.seeds.count > 1 { #expect(counts.count > 1, "\(counts)") }
        if ProcessInfo.processInfo.environment["SEEDS"] != nil { print("small migrations: \(counts)") }
    }
}
