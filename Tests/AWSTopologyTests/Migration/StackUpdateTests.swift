import Testing

@testable import AWSTopology

@Suite("An update of a stack: what is new is made before what is old is deleted")
struct StackUpdateTests {
    private func topology(_ blocks: [String: String]) throws -> Topology {
        var topology = Topology()
        topology.vpcs = [VPC(name: "VPC", network: try IPv4Network("10.0.0.0/16"))]
        for (name, block) in blocks.sorted(by: { $0.key < $1.key }) {
            let zone = AvailabilityZone("x-1\(name.suffix(1).lowercased())")
            topology.subnets.append(Subnet(name: name, vpc: "VPC", network: try IPv4Network(block), zone: zone))
        }
        return topology
    }

    @Test
    func `a subnet can't shrink in place, but can move to a free block`() throws {
        let from = try topology(["A": "10.0.0.0/24"])
        let shrunk = StackUpdate(from: from, to: try topology(["A": "10.0.0.0/25"]))
        #expect(shrunk.changes.map(\.action) == [.replace])
        #expect(shrunk.conflicts.map(\.kind) == [.address])
        #expect(StackUpdate(from: from, to: try topology(["A": "10.0.15.0/25"])).conflicts.isEmpty)
    }

    @Test
    func `two subnets can't swap, nor one take the block of another that goes in the same update`() throws {
        let from = try topology(["A": "10.0.0.0/24", "B": "10.0.1.0/24"])
        #expect(
            StackUpdate(from: from, to: try topology(["A": "10.0.1.0/24", "B": "10.0.0.0/24"])).conflicts.count == 2)
        #expect(
            StackUpdate(from: from, to: try topology(["A": "10.0.0.0/24", "C": "10.0.1.0/25"])).conflicts.count == 1)
    }

    @Test
    func `a subnet in use can't be replaced, even when its user leaves in the same update`() throws {
        var from = try topology(["A": "10.0.0.0/24", "B": "10.0.1.0/24"])
        from.autoScalingGroups = [AutoScalingGroup(name: "Group", subnets: ["A", "B"], minSize: 2, maxSize: 2)]
        var to = try topology(["A": "10.0.2.0/24", "B": "10.0.1.0/24"])
        to.autoScalingGroups = [AutoScalingGroup(name: "Group", subnets: ["B"], minSize: 2, maxSize: 2)]
        #expect(StackUpdate(from: from, to: to).conflicts.map(\.kind) == [.interface])
        from.autoScalingGroups[0].subnets = ["B"]
        #expect(StackUpdate(from: from, to: to).conflicts.isEmpty)
        // What goes altogether is deleted before its subnets.
        from.autoScalingGroups[0].subnets = ["A", "B"]
        to.autoScalingGroups = []
        #expect(StackUpdate(from: from, to: to).conflicts.isEmpty)
    }

    @Test
    func `a NAT gateway whose subnet is replaced is replaced as well, and its address is still bound`() throws {
        var from = try topology(["A": "10.0.0.0/24"])
        from.elasticAddresses = [ElasticAddress(name: "Address")]
        from.natGateways = [NATGateway(name: "Gateway", subnet: "A", elasticAddress: "Address")]
        var to = try topology(["A": "10.0.1.0/24"])
        (to.elasticAddresses, to.natGateways) = (from.elasticAddresses, from.natGateways)
        let update = StackUpdate(from: from, to: to)
        #expect(update.changes.map(\.name) == ["A", "Gateway"])
        #expect(update.conflicts.map(\.kind) == [.association])
        to.natGateways = []
        #expect(StackUpdate(from: from, to: to).conflicts.isEmpty)
    }

    @Test
    func `a database holds the subnets that it and its standby lie in, not the others of its group`() throws {
        var from = try topology(["A": "10.0.0.0/24", "B": "10.0.1.0/24", "C": "10.0.2.0/24"])
        from.databaseSubnetGroups = [DatabaseSubnetGroup(name: "Group", subnets: ["A", "B", "C"])]
        from.databaseInstances = [
            DatabaseInstance(name: "Data", engine: "postgres", multiAZ: true, subnetGroup: "Group")
        ]
        for (name, count) in [("A", 1), ("B", 1), ("C", 0)] {
            var to = from
            to[Reference<Subnet>(name)]?.network = try IPv4Network("10.0.9.0/24")
            #expect(StackUpdate(from: from, to: to).conflicts.count == count)
        }
    }

    @Test
    func `physical names, private names, gateway routes and the VPC's gateway can't be had twice`() throws {
        var from = try topology(["A": "10.0.0.0/24"])
        from.buckets = [Bucket(name: "Old", bucketName: "logs")]
        from.interfaceEndpoints = [
            InterfaceEndpoint(name: "Sqs", vpc: "VPC", service: "sqs", subnets: ["A"], privateDnsEnabled: true)
        ]
        from.gatewayEndpoints = [GatewayEndpoint(name: "S3", vpc: "VPC", service: "s3", routeTables: ["Table"])]
        from.internetGateways = [InternetGateway(name: "Way", vpc: "VPC")]
        var to = from
        to.buckets[0].name = "New"
        to.interfaceEndpoints[0].name = "Queue"
        to.gatewayEndpoints[0].name = "Storage"
        to.internetGateways[0].name = "Out"
        #expect(
            StackUpdate(from: from, to: to).conflicts.map(\.kind)
                == [.name, .association, .association, .association])
    }

    @Test
    func `an application load balancer wants two zones, a classic one is content with one`() throws {
        var topology = try topology(["A": "10.0.0.0/24", "B": "10.0.1.0/24"])
        topology.loadBalancers = [LoadBalancer(name: "Front", subnets: ["A"])]
        #expect(StackUpdate.zoneConflicts(in: topology).map(\.resource) == ["Front"])
        topology.loadBalancers[0].kind = .classic
        #expect(StackUpdate.zoneConflicts(in: topology).isEmpty)
        topology.loadBalancers[0].subnets = []
        #expect(StackUpdate.zoneConflicts(in: topology).count == 1)
    }
}
