import Testing

@testable import AWSTopology

@Suite("The difference of two topologies")
struct TopologyDifferenceTests {
    private func difference(_ from: String, _ to: String) throws -> TopologyDifference {
        let text = DefaultTopology.text
        #expect(text.contains(from))
        return TopologyDifference(
            from: try Topology(reading: text, file: "a"),
            to: try Topology(reading: text.replacing(from, with: to), file: "b"))
    }

    private func kinds(_ difference: TopologyDifference, _ kind: TopologyDifference.Kind) -> [String] {
        difference.changes.filter { $0.kind == kind }.map(\.name)
    }

    @Test
    func `a topology is the same as itself`() throws {
        let difference = try difference("name: footlight-backend", "name: footlight-backend")
        #expect(difference.isEmpty)
        #expect(difference.text == "The same: nothing to deploy.\n")
    }

    @Test(arguments: [
        (Subnet.type, "CidrBlock", UpdateBehavior.replacement), (Subnet.type, "AvailabilityZone", .replacement),
        (Subnet.type, "MapPublicIpOnLaunch", .noInterruption), (VPC.type, "CidrBlock", .replacement),
        (NATGateway.type, "SubnetId", .replacement), ("AWS::EC2::Route", "NatGatewayId", .someInterruption),
        (DatabaseInstance.type, "DBInstanceClass", .someInterruption),
        (DatabaseInstance.type, "StorageEncrypted", .replacement),
        (DatabaseInstance.type, "DBSubnetGroupName", .replacement),
        (DatabaseInstance.type, "DeletionProtection", .noInterruption),
        (DatabaseSubnetGroup.type, "SubnetIds", .noInterruption), (TargetGroup.type, "Port", .replacement),
        (TargetGroup.type, "HealthCheckPath", .noInterruption), (LoadBalancer.type, "Scheme", .replacement),
        (LoadBalancer.type, "Subnets", .someInterruption),
        (AutoScalingGroup.type, "VPCZoneIdentifier", .noInterruption),
        ("AWS::EC2::VPCEndpoint", "RouteTableIds", .someInterruption),
        ("AWS::EC2::VPCEndpoint", "PolicyDocument", .noInterruption), ("AWS::No::Such", "Thing", .noInterruption),
    ])
    func `what an update does is by the property, as CloudFormation has it`(
        _ type: String, _ property: String, _ behavior: UpdateBehavior
    ) {
        #expect(UpdateBehavior.of(type: type, property: property).behavior == behavior)
    }

    @Test
    func `a larger database is interrupted, and nothing else changes`() throws {
        let difference = try difference("db.t4g.small", "db.t4g.medium")
        #expect(difference.changes.map(\.name) == ["Database"])
        #expect(difference.interrupted == ["Database"])
        #expect(difference.changes[0].properties.map(\.path) == ["DBInstanceClass"])
    }

    @Test
    func `what refers to something replaced is replaced where its property says so, and else changed`() throws {
        let difference = try difference("backend: {block: 10.0.4.0/23", "backend: {block: 10.0.14.0/23")
        #expect(
            Set(kinds(difference, .replaced)) == [
                "BackendSubnetA", "BackendSubnetB", "BackendSubnetC", "BackendSubnetARoutes", "BackendSubnetBRoutes",
                "BackendSubnetCRoutes",
            ])
        #expect(kinds(difference, .changed) == ["Backend", "ImagePipelineInfrastructure"])
        #expect(difference.interrupted.isEmpty)
    }

    @Test
    func `another VPC replaces all that lies in it`() throws {
        let text = "name: x\nregion: eu-central-1\naddresses: {vpc: 10.0.0.0/20}\n"
        let difference = TopologyDifference(
            from: try Topology(reading: text, file: "a"),
            to: try Topology(reading: text.replacing("10.0.0.0/20", with: "10.1.0.0/20"), file: "b"))
        #expect(difference.changes.filter { $0.type == Subnet.type }.allSatisfy { $0.kind == .replaced })
        #expect(difference.interrupted.contains("NATGatewayA"))
    }

    @Test
    func `a zone more is added, and a zone less removed`() throws {
        let three = try Topology(reading: DefaultTopology.text, file: "a")
        let two = try Topology(
            reading: DefaultTopology.text.replacing("zones: [a, b, c]", with: "zones: [a, b]")
                .replacing("spareZones: 1", with: "spareZones: 2"), file: "b")
        let less = TopologyDifference(from: three, to: two)
        let more = TopologyDifference(from: two, to: three)
        #expect(kinds(less, .replaced).isEmpty && kinds(more, .replaced).isEmpty)
        #expect(kinds(less, .removed).contains("NATGatewayC"))
        #expect(Set(kinds(less, .removed)) == Set(kinds(more, .added)))
    }

    @Test
    func `a new launch template rolls through its group`() throws {
        let difference = try difference("path: /health", "path: /ready")
        let template = try #require(difference.changes.first { $0.name == "BackendLaunchTemplate" })
        #expect(template.note == "Backend replaces its instances batch by batch.")
    }

    @Test
    func `what is kept when it leaves the stack is said`() throws {
        let difference = try difference(
            "  LogArchive: {objectLockDays: 90, glacierAfterDays: 30, expireAfterDays: 400, accessLogs: AccessLogs}\n",
            "")
        let bucket = try #require(difference.changes.first { $0.name == "LogArchive" })
        #expect(bucket.kind == .removed)
        #expect(bucket.note == "It is kept, outside of the stack.")
    }
}
