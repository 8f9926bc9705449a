import Testing

@testable import AWSTopology

@Suite("What the loss of a zone takes")
struct OutageImpactTests {
    private func topology(_ extra: String = "") throws -> Topology {
        try Topology(reading: DefaultTopology.text + extra, file: "backend.yaml")
    }

    @Test(arguments: ["a", "b", "c"])
    func `the default survives the loss of any zone`(_ letter: String) throws {
        let impact = try topology().impact(ofLosing: [AvailabilityZone(region: "eu-central-1", letter: letter)])
        #expect(impact.isSurvived && impact.hasRoom)
        #expect(impact.resources.count == 8)
        #expect(impact.groups[0].lost == 1...1)
        #expect(impact.groups[0].zonesLeft.count == 2)
        #expect(impact.thinned.contains("Ingest"))
    }

    @Test
    func `a route to another zone's NAT gateway is cut off with that zone`() throws {
        let topology = try topology("\noverrides: {NATRouteTableB: {natGateway: NATGatewayA}}\n")
        let impact = topology.impact(ofLosing: ["eu-central-1a"])
        #expect(impact.cutOff == ["ApplicationSubnetB", "BackendSubnetB", "MiscSubnetB"])
        #expect(topology.impact(ofLosing: ["eu-central-1b"]).cutOff.isEmpty)
    }

    @Test
    func `a group, a load balancer and an endpoint in one zone are down with it`() throws {
        let topology = try topology(
            "\noverrides: {Backend: {subnets: [BackendSubnetA]}, SqsEndpoint: {subnets: [EndpointSubnetA]}}\n")
        let impact = topology.impact(ofLosing: ["eu-central-1a"])
        #expect(Set(impact.down) == ["Backend", "SqsEndpoint"])
        #expect(!impact.isSurvived)
    }

    @Test(arguments: [(3, 1...1), (4, 1...2), (5, 1...2), (6, 2...2)])
    func `how many instances a group loses depends on how they divide`(_ size: Int, _ lost: ClosedRange<Int>) throws {
        let topology = try topology(
            "\noverrides: {Backend: {minSize: \(size), desiredCapacity: \(size), maxSize: 9}}\n")
        #expect(topology.impact(ofLosing: ["eu-central-1c"]).groups[0].lost == lost)
    }

    @Test
    func `a subnet too small for what is started in it says so`() throws {
        let topology = try topology(
            "\noverrides: {BackendSubnetA: {cidrBlock: 10.0.4.0/28}, Backend: {minSize: 18, desiredCapacity: 18, maxSize: 30}}\n"
        )
        let rooms = topology.impact(ofLosing: ["eu-central-1b"]).groups[0].rooms
        #expect(rooms.map(\.isEnough) == [false, true])
        #expect(rooms[0].usable == 11)
        #expect(rooms[0].started == 3)
    }
}
