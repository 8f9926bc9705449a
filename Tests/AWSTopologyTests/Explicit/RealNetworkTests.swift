import Testing

@testable import AWSTopology

@Suite("What real networks have: IPv6, secondary blocks, regional NAT gateways, clusters")
struct RealNetworkTests {
    private func resources(_ text: String) throws -> [TemplateResource] {
        try TopologyDocument(reading: text, file: "t.yaml").topology.cloudFormationTemplate.resources
    }

    @Test
    func `what is imported of them is rendered as well`() throws {
        let resources = try resources(UnsaidTemplate.text)
        let byName = Dictionary(resources.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        #expect(byName["MainBlock2"]?.properties["CidrBlock"] == "100.64.0.0/20")
        #expect(byName["MainIPv6Block"]?.properties["AmazonProvidedIpv6CidrBlock"] == true)
        #expect(byName["SubnetA"]?.dependsOn.first == "MainBlock2")
        #expect(byName["Way"]?.properties["AvailabilityMode"] == "regional")
        #expect(byName["Way"]?.properties["VpcId"] == .ref("Main"))
        #expect(byName["Way"]?.properties["SubnetId"] == nil)
        #expect(byName["Store"]?.type == "AWS::RDS::DBCluster")
        #expect(byName["StoreOne"]?.properties["DBClusterIdentifier"] == .ref("Store"))
        #expect(byName["StoreOne"]?.properties["AllocatedStorage"] == nil)
    }

    @Test
    func `a subnet in a secondary block lies in its VPC, one beside both doesn't`() throws {
        func rules(_ block: String) throws -> [String] {
            let text = UnsaidTemplate.text.replacing("CidrBlock: 100.64.0.0/24", with: "CidrBlock: \(block)")
            return LintReport(of: try TopologyDocument(reading: text, file: "t.yaml"), file: "t.yaml").findings
                .map(\.rule.id)
        }
        #expect(try !rules("100.64.0.0/24").contains("subnet-outside-vpc"))
        #expect(try rules("100.65.0.0/24").contains("subnet-outside-vpc"))
    }

    private static let clusters = DefaultTopology.text.replacing(
        "engine: postgres, engineVersion: \"17\", instanceClass: db.t4g.small,\n             "
            + "allocatedStorage: 50, multiAZ: true, ", with: "ENGINE, ")

    @Test
    func `the concise form has Aurora with its instances, and Multi-AZ clusters`() throws {
        let aurora = try Topology(
            reading: Self.clusters.replacing("ENGINE", with: "engine: aurora-postgresql, instances: 3"), file: "a.yaml")
        #expect(aurora.databaseClusters.map(\.members.count) == [3])
        #expect(aurora.databaseInstances.allSatisfy { $0.cluster == "Database" })
        #expect(LintReport(of: aurora).findings.map(\.headline) == [])
        let cluster = try Topology(
            reading: Self.clusters.replacing("ENGINE", with: "engine: mysql, multiAZCluster: true"), file: "m.yaml")
        #expect(cluster.databaseClusters.map(\.instanceClass) == ["db.m6gd.large"])
        #expect(cluster.securityGroups.contains { $0.ingress.contains { $0.ports == 3306...3306 } })
        #expect(LintReport(of: cluster).findings.map(\.headline) == [])
    }

    @Test(arguments: [
        ("engine: postgress", "did you mean \"postgres\"?"), ("engine: mongodb", "write one of them"),
        ("engine: mariadb, multiAZCluster: true", "an instance with a standby"),
    ])
    func `an unknown engine is refused, with what was probably meant`(_ words: String, _ remedy: String) throws {
        do {
            _ = try Topology(reading: Self.clusters.replacing("ENGINE", with: words), file: "a.yaml")
            Issue.record("it was read")
        } catch let error { #expect(error.description.contains(remedy), "\(error)") }
    }
}
