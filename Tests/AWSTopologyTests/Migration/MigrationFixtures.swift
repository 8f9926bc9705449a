import Foundation

@testable import AWSTopology

/// The reference topologies, and one with nothing but what T9 names.
enum MigrationFixtures {
    static func topology(_ name: String) throws -> Topology {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Topologies/\(name).yaml")
        return try Topology(reading: String(contentsOf: path, encoding: .utf8), file: "\(name).yaml")
    }

    static let tiers = ["InternalLoadBalancer", "Application", "Backend", "Database", "Misc"]

    /// T7's five tiers, with a classic load balancer, two groups and a database.
    static func plain(zones: Int) throws -> Topology {
        let letters = ["A", "B", "C"].prefix(zones)
        var topology = Topology()
        topology.name = "plain"
        topology.vpcs = [VPC(name: "VPC", network: try IPv4Network("10.7.0.0/20"))]
        for (index, tier) in tiers.enumerated() {
            for (zone, letter) in letters.enumerated() {
                let block = try IPv4Network("10.7.\(index * 2).0/23")
                let prefix = zones == 2 ? 24 : tier == "Database" ? 26 : 25
                topology.subnets.append(
                    Subnet(
                        name: "\(tier)Subnet\(letter)", vpc: "VPC", network: block.subnet(zone, prefix: prefix),
                        zone: AvailabilityZone("x-1\(letter.lowercased())"), tier: tier))
            }
        }
        func subnets(_ tier: String) -> [Reference<Subnet>] { letters.map { Reference("\(tier)Subnet\($0)") } }
        topology.zones = letters.map { AvailabilityZone("x-1\($0.lowercased())") }
        topology.loadBalancers = [
            LoadBalancer(name: "Balancer", kind: .classic, subnets: subnets("InternalLoadBalancer"))
        ]
        topology.autoScalingGroups = [
            AutoScalingGroup(name: "App", subnets: subnets("Application"), minSize: 2, maxSize: 4),
            AutoScalingGroup(name: "Back", subnets: subnets("Backend"), minSize: 2, maxSize: 4),
        ]
        topology.databaseSubnetGroups = [DatabaseSubnetGroup(name: "Group", subnets: subnets("Database"))]
        topology.databaseInstances = [
            DatabaseInstance(name: "Data", engine: "postgres", multiAZ: true, subnetGroup: "Group")
        ]
        return topology
    }
}
