import Testing

@testable import AWSTopology

@Suite("Reading topologies")
struct TopologyReadingTests {
    private func changed(_ from: String, _ to: String) -> String {
        let parts = DefaultTopology.text.components(separatedBy: from)
        return parts.joined(separator: to)
    }

    @Test(arguments: [
        ("backend: {block:", "backend: {blok:", 14, "addresses.tiers.backend.blok", "did you mean \"block\"?"),
        ("region: eu", "regoin: eu", 5, "regoin", "did you mean \"region\"?"),
        (
            "zones: [a, b, c]", "zones: [a, b, 3]", 6, "zones",
            "write only the letter; the region is said by \"region\""
        ),
        ("10.0.4.0/23,", "10.0.3.0/24,", 14, "addresses.tiers.backend", "10.0.4.0/24 is free"),
        ("10.0.4.0/23,", "10.0.4.1/23,", 14, "addresses.tiers.backend.block", "write 10.0.4.0/23"),
        ("10.0.0.0/20\n", "10.0.0.0/12\n", 9, "addresses.vpc", "take 10.0.0.0/20, the reference's size"),
        ("perZone  ", "perzone  ", 20, "natGateways", "did you mean \"perZone\"?"),
        (
            "interval: 10s", "interval: 1s", 33, "autoScalingGroups.Backend.healthCheck.interval",
            "the nearest is 5s"
        ),
        (
            "loadBalancer: Ingest ", "loadBalancer: Ingset ", 32, "autoScalingGroups.Backend.loadBalancer",
            "did you mean \"Ingest\"?"
        ),
        ("minSize: 3", "minSize: three", 38, "autoScalingGroups.Backend.minSize", "write a number"),
        ("maxSize: 6", "maxSize: 2", 30, "autoScalingGroups.Backend.desiredCapacity", "set maxSize to 3 or more"),
        (
            "Europe/Berlin", "Mars/Phobos", 43, "autoScalingGroups.Backend.schedule.timeZone",
            "write Europe/Berlin, say"
        ),
        (
            "Europe/Berlin", "Europe/Berlim", 43, "autoScalingGroups.Backend.schedule.timeZone",
            "did you mean \"Europe/Berlin\"?"
        ),
        ("{tier: backend, schedule", "{tier: frontend, schedule", 57, "image.tier", "add it to addresses.tiers"),
    ])
    func `what is wrong is named with line, field and remedy`(
        _ from: String, _ to: String, _ line: Int, _ field: String, _ remedy: String
    ) {
        let error = #expect(throws: TopologyError.self) { try Topology(reading: changed(from, to), file: "b.yaml") }
        #expect(error?.place == SourcePlace(file: "b.yaml", line: line))
        #expect(error?.field == field)
        #expect(error?.remedy == remedy)
    }

    @Test
    func `a topology of two zones needs two words changed`() throws {
        let text = changed("zones: [a, b, c]", "zones: [a, b]").replacingAll(", subnets: /26", "")
            .replacingAll("spareZones: 1", "spareZones: 0")
        let topology = try Topology(reading: text, file: "b.yaml")
        #expect(topology.subnets(ofTier: "database").map { $0.network?.description } == ["10.0.6.0/24", "10.0.7.0/24"])
        #expect(topology.natGateways.count == 2)
    }

    @Test
    func `faults can be said: what is without, and what is overridden`() throws {
        let text =
            DefaultTopology.text + """
                without: [NATGatewayB, ElasticAddressB]
                overrides:
                  NATRouteTableB: {natGateway: NATGatewayA}
                  Database: {multiAZ: false, storageEncrypted: no}
                  Backend: {healthCheckType: EC2, subnets: [BackendSubnetA]}
                  S3Endpoint: {policy: none, routeTables: []}
                """
        let topology = try Topology(reading: text, file: "b.yaml")
        #expect(topology.natGateways.map(\.name) == ["NATGatewayA", "NATGatewayC"])
        #expect(
            topology[Reference<RouteTable>("NATRouteTableB")]?.defaultRoute?.target == .natGateway("NATGatewayA"))
        #expect(topology.databaseInstances[0].multiAZ == false)
        #expect(topology.autoScalingGroups[0].healthCheckType == .ec2)
        #expect(topology.zones(of: topology.autoScalingGroups[0].subnets) == ["eu-central-1a"])
        #expect(topology.gatewayEndpoints[0].policy == nil)
        #expect(topology.places["Database"]?.line == 61)
    }

    @Test(arguments: [
        ("overrides: {Databse: {multiAZ: false}}", "did you mean \"Database\"?"),
        ("overrides: {Database: {multiAz: false}}", "did you mean \"multiAZ\"?"),
        ("overrides: {NATRouteTableB: {natGateway: NATGatewayD}}", "did you mean \"NATGatewayA\"?"),
        ("without: [NATGatewayX]", "did you mean \"NATGatewayA\"?"),
    ])
    func `overrides and logs that lead nowhere are refused`(_ line: String, _ remedy: String) {
        let error = #expect(throws: TopologyError.self) {
            try Topology(reading: DefaultTopology.text + line + "\n", file: "b.yaml")
        }
        #expect(error?.remedy == remedy)
        #expect(error?.place?.line == 58)
    }

    @Test
    func `JSON is YAML too`() throws {
        let text = #"{"name": "x", "zones": ["a", "b", "c"], "addresses": {"vpc": "10.0.0.0/20"}}"#
        let topology = try Topology(reading: text, file: "x.json")
        #expect(topology.subnets.count == 21)
        #expect(topology.subnets[0].zone == "${AWS::Region}a")
    }

    @Test(arguments: ["", "[]", "x", "zones: {}", "addresses: []", "\u{0}", "a: [", "overrides: {x: y}"])
    func `no text makes the reader crash`(_ text: String) {
        #expect(throws: TopologyError.self) { try Topology(reading: text, file: "x") }
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }

    fileprivate func replacingAll(_ from: String, _ to: String) -> String {
        components(separatedBy: from).joined(separator: to)
    }
}
