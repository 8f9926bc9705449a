import Testing

@testable import AWSTopology

@Suite("Looking up and changing resources")
struct TopologyLookupTests {
    private func small() -> Topology {
        var topology = Topology()
        topology.vpcs = [VPC(name: "Net")]
        topology.subnets = [
            Subnet(name: "A", vpc: "Net", zone: "x-1a", routeTable: "Out"), Subnet(name: "B", vpc: "Net", zone: "x-1b"),
        ]
        topology.routeTables = [
            RouteTable(name: "Out", vpc: "Net", routes: [Route(destination: "0.0.0.0/0", target: .natGateway("Far"))])
        ]
        return topology
    }

    @Test
    func `a hand-made topology needs no address plan, and references may lead out of it`() throws {
        let topology = small()
        #expect(topology.zones(of: ["A", "B", "subnet-0123"]) == ["x-1a", "x-1b"])
        #expect(topology.egress(of: topology.subnets[0]) == .nat)
        #expect(topology.egress(of: topology.subnets[1]) == nil)
        #expect(topology[Reference<NATGateway>("Far")] == nil)
        #expect(topology[Reference<RouteTable>("A")] == nil)
    }

    @Test
    func `resources are set, added, renamed and removed by reference`() {
        var topology = small()
        topology[Reference<Subnet>("A")]?.mapPublicIpOnLaunch = true
        #expect(topology.subnets[0].mapPublicIpOnLaunch)
        topology["C"] = Subnet(name: "C", vpc: "Net")
        #expect(topology.subnets.map(\.name) == ["A", "B", "C"])
        topology["B"] = Subnet(name: "D", vpc: "Net")
        #expect(topology.subnets.map(\.name) == ["A", "D", "C"])
        let none: Subnet? = nil
        topology["A"] = none
        #expect(topology.resources.map(\.name) == ["Net", "D", "C", "Out"])
        let removed = topology.remove("Out")
        #expect(removed && topology.routeTables.isEmpty)
    }
}
