import Testing

@testable import AWSTopology

@Suite("The default topology")
struct DefaultTopologyTests {
    let topology: Topology

    init() throws { topology = try Topology(reading: DefaultTopology.text, file: "backend.yaml") }

    @Test
    func `a person reads it in one screen`() {
        let lines = DefaultTopology.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 64)
        #expect(lines.allSatisfy { $0.count <= 120 })
    }

    @Test
    func `its address plan is the reference one`() throws {
        let reference = try AddressPlan.reference(vpc: try IPv4Network("10.0.0.0/20"), zones: 3, spareZones: 1)
        #expect(topology.addressPlan == reference)
    }

    @Test
    func `every zone has a NAT gateway with its own address, and private subnets leave by their own zone's`() throws {
        #expect(topology.natGateways.compactMap { topology.zone(of: $0) } == topology.zones)
        #expect(Set(topology.natGateways.compactMap(\.elasticAddress)).count == 3)
        for subnet in topology.subnets where topology.egress(of: subnet) == .nat {
            let table = try #require(subnet.routeTable.flatMap { topology[$0] })
            guard case .natGateway(let gateway)? = table.defaultRoute?.target else {
                Issue.record("\(table.name) has no NAT gateway")
                continue
            }
            #expect(try topology.zone(of: #require(topology[gateway])) == subnet.zone)
        }
    }

    @Test(arguments: AddressPlan.referenceTiers.map(\.name))
    func `each tier has a subnet in each zone, and its class of egress`(_ tier: String) throws {
        let subnets = topology.subnets(ofTier: tier)
        #expect(subnets.compactMap(\.zone) == topology.zones)
        let egress = try #require(topology.addressPlan?[tier: tier]?.tier.egress)
        #expect(subnets.allSatisfy { topology.egress(of: $0) == egress })
    }

    @Test
    func `load balancer, group and database span three zones`() throws {
        let group = try #require(topology[Reference<AutoScalingGroup>("Backend")])
        #expect(topology.zones(of: group.subnets) == topology.zones)
        #expect(group.healthCheckType == .elb)
        #expect(topology.scheduledActions(of: group).map(\.desiredCapacity) == [0, 3])
        #expect(topology.zones(of: topology.loadBalancers[0].subnets).count == 3)
        #expect(topology.zones(of: topology.databaseSubnetGroups[0].subnets).count == 3)
        #expect(topology.databaseInstances[0].multiAZ)
        #expect(topology.listeners.map(\.defaultAction).contains(.forward("BackendTargetGroup")))
    }

    @Test
    func `no instance and no subnet gives out public addresses`() {
        #expect(topology.launchTemplates.allSatisfy { $0.settings.associatePublicIpAddress == false })
        #expect(topology.subnets.allSatisfy { !$0.mapPublicIpOnLaunch })
    }

    @Test(arguments: ["Artefacts", "AccessLogs", "LogArchive"])
    func `every bucket makes the "or" of VPC and trusted networks with IfExists`(_ name: String) throws {
        let statements = try #require(topology[Reference<Bucket>(name)]?.policy?.statements)
        let deny = try #require(statements.first { $0.sid == "VPCOrTrustedNetworksOnly" })
        #expect(deny.effect == .deny)
        #expect(
            deny.conditions.map(\.conditionOperator).prefix(2) == ["NotIpAddressIfExists", "StringNotEqualsIfExists"])
        #expect(deny.conditions.map(\.key).prefix(2) == ["aws:SourceIp", "aws:SourceVpc"])
        #expect(!deny.actions.contains { $0 == "s3:*" || $0.contains("BucketPolicy") })
    }

    @Test
    func `every resource has a unique name and a place in the file`() {
        let names = topology.resources.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { topology.places[$0]?.file == "backend.yaml" })
    }
}
