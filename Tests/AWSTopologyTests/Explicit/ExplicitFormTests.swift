import Foundation
import Testing
import YAML

@testable import AWSTopology

@Suite("Footlight's own form, every resource said by itself")
struct ExplicitFormTests {
    /// What must be the same: all but places and the words for what isn't known.
    private func comparable(_ topology: Topology) -> Topology {
        var topology = topology
        topology.places = [:]
        topology.repeatedKeys = []
        topology.addressPlan = nil
        topology.openings = topology.openings.map { Opening(what: $0.what, touches: $0.touches) }
        topology.unresolved = Set(
            topology.unresolved.map { UnresolvedValue(resource: $0.resource, property: $0.property, expression: "") })
        return topology
    }

    private func isKept(_ topology: Topology) throws {
        let text = topology.written(comments: ["A head."])
        let read = try TopologyDocument(reading: text, file: "mine.yaml")
        #expect(read.form == .footlight)
        #expect(comparable(read.topology) == comparable(topology))
        #expect(read.topology.written(comments: ["A head."]) == text)
    }

    @Test(arguments: ["two-zones", "three-zones"])
    func `a topology is the same when it was written and read again`(_ name: String) throws {
        try isKept(try MigrationFixtures.topology(name))
    }

    @Test(arguments: [CleanTemplate.text, UnsaidTemplate.text])
    func `so is an imported template, with what it leaves open`(_ text: String) throws {
        try isKept(try TopologyDocument(reading: text, file: "t.yaml").topology)
    }

    @Test
    func `so is an imported plan, whose names no template could have`() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Topologies/clean-plan.json")
        let plan = try TopologyDocument(reading: String(contentsOf: path, encoding: .utf8), file: "plan.json").topology
        try isKept(plan)
        let template = plan.cloudFormationTemplate
        #expect(template.resources.allSatisfy { LogicalName.isOne($0.name) })
        #expect(template.unresolvedReferences.allSatisfy { !$0.contains("aws_") })
        #expect(template.resources.contains { $0.name == "ModuleNetAwsSubnetPrivateA" })
    }

    @Test(arguments: PlantedFault.all)
    func `lint finds in what import writes what it finds in the template`(_ fault: PlantedFault) throws {
        let template = try TopologyDocument(reading: try #require(fault.template), file: "t.yaml")
        guard template.suppressions.isEmpty, template.topology.repeatedKeys.isEmpty else { return }
        let written = try TopologyDocument(reading: template.topology.written(), file: "t.yaml")
        func found(_ document: TopologyDocument) -> Set<String> {
            Set(LintReport(of: document, file: "t.yaml").findings.map { "\($0.rule.id) \($0.resource)" })
        }
        #expect(found(written) == found(template))
    }

    @Test
    func `the template that is rendered of a topology is imported as that topology`() throws {
        for name in ["two-zones", "three-zones"] {
            let own = try MigrationFixtures.topology(name)
            let template = try TopologyDocument(reading: own.cloudFormation(), file: "t.yaml").topology
            let changes = StackUpdate(from: template.placed(in: "eu-central-1"), to: own).changes
            #expect(changes.map { "\($0.name) \($0.properties)" } == [])
        }
    }

    @Test
    func `what an import couldn't say is told, each with its place`() throws {
        let document = try TopologyDocument(reading: UnsaidTemplate.text, file: "t.yaml", notesUnread: true)
        let lines = ImportNotes(of: document).lines
        #expect(lines.contains { $0.hasPrefix("AWS::SQS::Queue: only that it is there: Queue") })
        #expect(lines.contains { $0.hasPrefix("t.yaml:") && $0.contains("Data.MultiAZ: not known") })
        #expect(lines.contains { $0.contains("Main: not taken over: InstanceTenancy") })
        #expect(lines.contains { $0.contains("Custom") })
        #expect(lines.allSatisfy { !$0.contains("\n") })
    }

    @Test(arguments: ["aurora", "MySQL", "neptune", "${Engine}"])
    func `engines as templates name them are read again`(_ engine: String) throws {
        var topology = Topology()
        topology.databaseInstances = [DatabaseInstance(name: "Data", engine: engine)]
        let read = try TopologyDocument(reading: topology.written(), file: "mine.yaml").topology
        #expect(read.databaseInstances == topology.databaseInstances)
    }

    @Test
    func `a state's identifiers are kept, and stand in the runbook in place of a stack's`() throws {
        let state = """
            {"version": 4, "terraform_version": "1.9.0", "resources": [
              {"mode": "managed", "type": "aws_vpc", "name": "main", "instances": [{"attributes":
                {"id": "vpc-1", "cidr_block": "10.0.0.0/22"}}]},
              {"mode": "managed", "type": "aws_subnet", "name": "app", "instances": [
                {"index_key": "a", "attributes": {"id": "subnet-a", "vpc_id": "vpc-1", "cidr_block": "10.0.0.0/24",
                  "availability_zone": "eu-west-1a", "tags": {"Tier": "app"}}},
                {"index_key": "b", "attributes": {"id": "subnet-b", "vpc_id": "vpc-1", "cidr_block": "10.0.1.0/24",
                  "availability_zone": "eu-west-1b"}}]},
              {"mode": "managed", "type": "aws_autoscaling_group", "name": "work", "instances": [{"attributes":
                {"id": "work", "name": "work", "min_size": 2, "max_size": 4,
                 "vpc_zone_identifier": ["subnet-a", "subnet-b"]}}]}]}
            """
        let imported = try TopologyDocument(reading: state, file: "terraform.tfstate").topology
        let from = try TopologyDocument(reading: imported.written(), file: "mine.yaml").topology
        #expect(from.ids["aws_subnet.app[\"a\"]"] == "subnet-a")
        #expect(from.region == "eu-west-1")
        #expect(from.subnets.first?.tier == "app")
        var to = from
        to.subnets[0].network = try IPv4Network("10.0.0.0/25")
        let plan = try MigrationPlan(from: from, to: to, trials: 1)
        #expect(MigrationInvariants.faults(of: plan) == [])
        let runbook = plan.runbook
        #expect(runbook.contains("'aws_subnet.app[\"a\"]') echo 'subnet-a' ;;"))
        #expect(runbook.contains("terraform plan -detailed-exitcode"))
        #expect(!runbook.contains("cloudformation"))
        #expect(plan.steps.contains { $0.why.contains("(subnet-a) 10.0.0.0/24 → gone") })
    }

    @Test(arguments: [
        ("name: x\nresources: {subnets: {A: {cidrBlok: 10.0.0.0/24}}}", "did you mean \"cidrBlock\"?"),
        ("resources: {subnet: {A: {}}}", "did you mean \"subnets\"?"),
        ("resources: {subnets: {A: {cidrBlock: 10.0.0.1/24}}}", "write 10.0.0.0/24"),
        ("resources: {databaseInstances: {A: {engine: postgre}}}", "did you mean \"postgres\"?"),
        ("resources: {databaseInstances: {A: {engine: postgresql}}}", "did you mean \"postgres\"?"),
        ("resources: {databaseClusters: {A: {engine: aurora-postgres}}}", "did you mean \"aurora-postgresql\"?"),
        ("resources: {routeTables: {A: {routes: [{destination: 0.0.0.0/0}]}}}", "internetGateway, natGateway"),
        ("resources: {subnets: {A: {}}, routeTables: {A: {}}}", "each name once"),
    ])
    func `what is wrong is refused with its place and what was meant`(_ text: String, _ words: String) throws {
        do {
            _ = try TopologyDocument(reading: text, file: "mine.yaml")
            Issue.record("it was read")
        } catch let error {
            #expect(error.description.hasPrefix("mine.yaml:"), "\(error)")
            #expect(error.description.contains(words), "\(error)")
        }
    }
}

/// A template with things that the own form has no words for.
enum UnsaidTemplate {
    static let text = """
        Parameters: {Multi: {Type: String}}
        Resources:
          Main: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/20, InstanceTenancy: default}}
          Second: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Main, CidrBlock: 100.64.0.0/20}}
          Sixth: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Main, AmazonProvidedIpv6CidrBlock: true}}
          SubnetA:
            Type: AWS::EC2::Subnet
            Properties: {VpcId: !Ref Main, CidrBlock: 100.64.0.0/24, AvailabilityZone: eu-central-1a,
              Ipv6CidrBlock: !Select [0, !Cidr [!Select [0, !GetAtt Main.Ipv6CidrBlocks], 4, 64]]}
          Way: {Type: AWS::EC2::NatGateway, Properties: {VpcId: !Ref Main, AvailabilityMode: regional}}
          Data: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, MultiAZ: !Ref Multi}}
          Store: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
          StoreOne: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-postgresql, DBClusterIdentifier: !Ref Store}}
          Queue: {Type: AWS::SQS::Queue}
          Custom: {Type: Custom::Thing, Properties: {ServiceToken: arn, Subnet: !Ref SubnetA}}
        """
}
