import Testing

@testable import AWSTopology

/// What other templates, macros and loops make of a template.
@Suite("Nested templates and loops")
struct NestedTemplateTests {
    private func report(_ text: String, _ nested: NestedTemplates = .none) throws -> LintReport {
        LintReport(of: try TopologyDocument(reading: text, file: "t.yaml", nested: nested), file: "t.yaml")
    }

    private func rules(_ text: String) throws -> [String] { try report(text).findings.map(\.rule.id) }

    @Test
    func `what a nested stack is handed may have more attached to it there`() throws {
        let text = """
            Resources:
              VPC: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
              Other: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}
              Data: {Type: AWS::S3::Bucket}
              Logs:
                Type: AWS::CloudFormation::Stack
                Properties: {TemplateURL: https://example.com/logs.yaml, Parameters: {Vpc: !Ref VPC, B: !GetAtt Data.Arn}}
            """
        let report = try report(text)
        #expect(report.findings.filter { $0.rule.id == "vpc-without-flow-logs" }.map(\.resource) == ["Other"])
        #expect(!report.findings.map(\.rule.id).contains("bucket-without-tls-policy"))
        let opening = try #require(report.unseen.first { $0.kind == .opening })
        #expect(opening.text == "the nested stack Logs, which is handed Data, VPC")
        #expect(opening.place?.line == 5)
    }

    private static let child = """
        Parameters:
          Vpc: {Type: String}
          Zones: {Type: CommaDelimitedList, Default: "eu-west-1a,eu-west-1b"}
        Resources:
          S: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Select [0, !Ref Zones]}}
          Flow: {Type: AWS::EC2::FlowLog, Properties: {ResourceId: !Ref Vpc, TrafficType: ALL}}
          Db: {Type: AWS::RDS::DBInstance, Properties: {MultiAZ: false}}
        Outputs: {Subnet: {Value: !Ref S}}
        """

    @Test
    func `a nested stack whose template is a file is read with what it is given`() throws {
        let nested = NestedTemplates { path, from in
            path == "./net.yaml" && from == "t.yaml" ? .init(file: "net.yaml", text: Self.child) : nil
        }
        let text = """
            Resources:
              VPC: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
              Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./net.yaml, Parameters: {Vpc: !Ref VPC}}}
              B: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [!GetAtt Net.Outputs.Subnet]}}
            """
        let report = try report(text, nested)
        let rules = report.findings.map(\.rule.id)
        #expect(!rules.contains("vpc-without-flow-logs"))
        #expect(rules.contains("load-balancer-single-zone"))
        let found = try #require(report.findings.first { $0.rule.id == "database-single-zone" })
        #expect(found.resource == "Net/Db" && found.place == SourcePlace(file: "net.yaml", line: 7))
        #expect(report.unseen.filter { $0.kind == .opening } == [])
    }

    @Test
    func `stacks that nest each other come to an end`() throws {
        let text = """
            Resources:
              S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./t.yaml}}
            """
        let nested = NestedTemplates { _, _ in .init(file: "t.yaml", text: text) }
        #expect(try report(text, nested).findings.count == 0)
    }

    @Test
    func `loops are run, and what they go over may be a parameter`() throws {
        let text = """
            Transform: AWS::LanguageExtensions
            Parameters: {Names: {Type: CommaDelimitedList, Default: "A,B"}}
            Resources:
              Fn::ForEach::Databases:
                - Each
                - !Ref Names
                - Db${Each}:
                    Type: AWS::RDS::DBInstance
                    Properties: {MultiAZ: false, DBName: !Ref Each, DBSubnetGroupName: !Ref "G${Each}"}
              "Fn::ForEach::Groups": [Each, [A, B], {"G${Each}": {Type: AWS::RDS::DBSubnetGroup}}]
            """
        let topology = try TopologyDocument(reading: text, file: "t.yaml").topology
        #expect(topology.databaseInstances.map(\.name) == ["DbA", "DbB"])
        #expect(topology.databaseInstances.map(\.subnetGroup?.name) == ["GA", "GB"])
        #expect(try report(text).findings.count { $0.rule.id == "database-single-zone" } == 2)
    }

    @Test
    func `a loop over what isn't known is said, and what it may make isn't missed`() throws {
        let text = """
            Parameters: {Names: {Type: CommaDelimitedList}}
            Resources:
              VPC: {Type: AWS::EC2::VPC}
              "Fn::ForEach::Logs": [N, !Ref Names, {"L${N}": {Type: AWS::EC2::FlowLog, Properties: {ResourceId: !Ref VPC}}}]
            """
        #expect(try rules(text) == [])
        #expect(try report(text).unseen.contains { $0.what == "Fn::ForEach::Logs" && $0.kind == .opening })
    }
}
