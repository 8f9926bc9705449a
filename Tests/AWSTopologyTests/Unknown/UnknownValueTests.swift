import Testing

@testable import AWSTopology

/// Each thing that lint once took for known though the file doesn't say it, or for unknown though it does, as the
/// smallest template that has it.
@Suite("Values that a template doesn't say")
struct UnknownValueTests {
    private func report(_ text: String) throws -> LintReport {
        LintReport(of: try TopologyDocument(reading: text, file: "t.yaml"), file: "t.yaml")
    }

    private func rules(_ text: String) throws -> [String] { try report(text).findings.map(\.rule.id) }

    private static let singleZone = [
        "group-single-zone", "load-balancer-single-zone", "database-subnet-group-single-zone",
    ]

    /// A group, a load balancer and a subnet group in given subnets.
    private func users(of subnets: String) -> String {
        """
        Parameters:
          One: {Type: "AWS::EC2::Subnet::Id"}
          Text: {Type: String}
          Several: {Type: "List<AWS::EC2::Subnet::Id>"}
        Conditions: {Open: !Equals [!Ref Text, x]}
        Resources:
          VPC: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
          A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref VPC, AvailabilityZone: a}}
          AlsoA: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref VPC, AvailabilityZone: a}}
          B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref VPC, AvailabilityZone: b}}
          Custom: {Type: Custom::Subnets}
          Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://example.com/x.yaml"}}
          Group: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {VPCZoneIdentifier: \(subnets)}}
          Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: \(subnets)}}
          Subnets: {Type: AWS::RDS::DBSubnetGroup, Properties: {SubnetIds: \(subnets)}}
        """
    }

    @Test(arguments: [
        "!GetAtt Custom.SubnetIds", "[!GetAtt Custom.SubnetIds]", "[!GetAtt Nested.Outputs.Subnets]",
        "[!Ref A, !GetAtt Nested.Outputs.B]", "[!Ref Text]", "!Ref Several", "[!Ref A, !Ref Text]",
        "!Split [\",\", !Ref Text]", "[\"{{resolve:ssm:/subnets}}\"]", "\"{{resolve:ssm:/subnets}}\"",
        "[!Ref A, !If [Open, !Ref B, !Ref \"AWS::NoValue\"]]", "!If [Open, [!Ref A], [!Ref A, !Ref B]]",
        "[!Ref Missing]", "[!ImportValue Subnets]", "[!Ref A, !ImportValue B]", "[\"subnet-1,subnet-2\"]",
        "[!Sub \"${A},${B}\"]", "{\"Fn::Transform\": {Name: Subnets}}", "[!Ref A, !Transform {Name: Subnet}]",
    ])
    func `a list known in part is no single zone`(_ subnets: String) throws {
        #expect(try rules(users(of: subnets)).filter { Self.singleZone.contains($0) } == [])
    }

    @Test(arguments: [
        "[!Ref A]", "[!Ref A, !Ref AlsoA]", "[!Ref One]", "[subnet-0123]", "[!Select [0, !Ref Several]]",
        "!Split [\",\", !Join [\",\", [!Ref A, !Ref AlsoA]]]",
    ])
    func `one subnet is one zone, whichever it is`(_ subnets: String) throws {
        #expect(Set(try rules(users(of: subnets))).isSuperset(of: Self.singleZone))
    }

    @Test(arguments: [
        "Transform: Fancy\n", "Transform: [AWS::LanguageExtensions, {Name: Fancy}]\n",
    ])
    func `what a macro may add to is not judged by what it lacks, and the macro is named`(_ transform: String) throws {
        let text =
            transform + "Resources:\n  D: {Type: AWS::RDS::DBInstance}\n"
            + "  V: {Type: AWS::EC2::VPC}\n  B: {Type: AWS::S3::Bucket}\n  G: {Type: AWS::Logs::LogGroup}\n"
        let report = try report(text)
        #expect(report.findings.map(\.headline) == [])
        #expect(report.unseen.map(\.what).contains("the macro Fancy"))
        #expect(report.exitCode == 0 && report.summary.hasSuffix("not looked at"))
    }

    @Test
    func `the transforms of AWS change nothing that is written`() throws {
        for name in ["AWS::Serverless-2016-10-31", "AWS::LanguageExtensions"] {
            let text = "Transform: \(name)\nResources: {D: {Type: AWS::RDS::DBInstance, Properties: {MultiAZ: false}}}"
            #expect(try rules(text).contains("database-single-zone"))
        }
    }

    @Test(
        arguments: [
            ("!Length [a, b]", "10.0.2.0/24"), ("{\"Fn::Length\": !Ref List}", "10.0.3.0/24"),
            ("!FindInMap [Sizes, none, block, {DefaultValue: 5}]", "10.0.5.0/24"),
            ("!FindInMap [Sizes, eu, block, {DefaultValue: 5}]", "10.0.9.0/24"),
            ("!FindInMap [Sizes, !Ref \"AWS::Region\", block]", "10.0.9.0/24"),
            ("!Select [1, !Split [\":\", !ToJsonString {\"a\": 7}]]", nil),
            ("!GetAtt Stored.Value", "10.0.4.0/24"),
        ] as [(String, String?)])
    func `functions of language extensions are worked out`(_ expression: String, _ block: String?) throws {
        let text = """
            Parameters: {List: {Type: CommaDelimitedList, Default: "a,b,c"}}
            Mappings: {Sizes: {eu: {block: 9}, us: {block: 9}}}
            Resources:
              Stored: {Type: AWS::SSM::Parameter, Properties: {Value: 4}}
              S: {Type: AWS::EC2::Subnet, Properties: {CidrBlock: !Sub ["10.0.${n}.0/24", {n: \(expression)}]}}
            """
        #expect(try TopologyDocument(reading: text, file: "t").topology.subnets[0].network?.description == block)
    }

    @Test
    func `a value as JSON is text in which names are quoted`() throws {
        let text = """
            Resources:
              L: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {UserData: !ToJsonString {a: [1, "x\\"y"]}}}}
            """
        let topology = try TopologyDocument(reading: text, file: "t").topology
        #expect(topology.launchTemplates[0].settings.userData == "{\"a\":[\"1\",\"x\\\"y\"]}")
    }

    @Test(arguments: ["!Sub \"${AWS::StackName}-data\"", "data", "!Ref Name", "!Join [\"-\", [!Ref Name, data]]"])
    func `a bucket is known by its name as well as by its resource`(_ name: String) throws {
        let text = """
            Parameters: {Name: {Type: String}}
            Resources:
              Data:
                Type: AWS::S3::Bucket
                Properties: {BucketName: \(name), LoggingConfiguration: {DestinationBucketName: other, LogFilePrefix: a/}}
              Policy:
                Type: AWS::S3::BucketPolicy
                Properties:
                  Bucket: \(name)
                  PolicyDocument:
                    Statement: [{Effect: Deny, Principal: "*", Action: "s3:*", Resource: "*",
                      Condition: {Bool: {"aws:SecureTransport": "false"}}}]
              Source:
                Type: AWS::S3::Bucket
                Properties: {LoggingConfiguration: {DestinationBucketName: \(name), LogFilePrefix: a/}}
            """
        let report = try report(text)
        #expect(report.findings.filter { $0.rule.id == "bucket-without-tls-policy" }.map(\.resource) == ["Source"])
        #expect(report.findings.filter { $0.rule.id == "log-bucket-without-lifecycle" }.map(\.resource) == ["Data"])
    }

    @Test
    func `a policy of a bucket that has another name is not this one's`() throws {
        let text = """
            Resources:
              Data: {Type: AWS::S3::Bucket, Properties: {BucketName: data}}
              Policy:
                Type: AWS::S3::BucketPolicy
                Properties: {Bucket: other, PolicyDocument: {Statement: [{Effect: Allow, Principal: "*", Action: "s3:*"}]}}
            """
        let found = try rules(text)
        #expect(found.contains("bucket-without-tls-policy") && !found.contains("bucket-public-policy"))
    }

    @Test(arguments: [
        ("ami-1", "ami-2", true), ("ami-1", "NOT_SUPPORTED", true), ("ami-1", "/aws/service/x", false),
        ("resolve:ssm:/a", "resolve:ssm:/b", false),
    ])
    func `a map of images of one kind is known without the region`(_ a: String, _ b: String, _ isFound: Bool) throws {
        let text = """
            Parameters: {Kind: {Type: String}}
            Mappings: {Images: {eu-west-1: {x: "\(a)"}, us-east-1: {x: "\(b)"}}}
            Resources:
              L: {Type: AWS::AutoScaling::LaunchConfiguration,
                Properties: {ImageId: !FindInMap [Images, !Ref "AWS::Region", !FindInMap [Other, !Ref Kind, y]]}}
              M: {Type: AWS::AutoScaling::LaunchConfiguration,
                Properties: {ImageId: !FindInMap [Images, !Ref "AWS::Region", x]}}
            """
        #expect(try rules(text).filter { $0 == "image-by-hand" }.count == (isFound ? 2 : 0))
    }

    @Test(arguments: [
        "!Ref Other", "!GetAtt Custom.Group", "!GetAtt VPC.DefaultSecurityGroup", "sg-0123", "!Ref Group",
    ])
    func `an open port is found in a rule that is a resource of its own, whosever it is`(_ group: String) throws {
        let text = """
            Parameters: {Other: {Type: String}}
            Resources:
              VPC: {Type: AWS::EC2::VPC}
              Custom: {Type: Custom::Group}
              Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: x}}
              Rule:
                Type: AWS::EC2::SecurityGroupIngress
                Properties: {GroupId: \(group), IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}
            """
        let found = try report(text).findings.filter { $0.rule.id == "security-group-open" }
        #expect(found.map(\.resource) == [group == "!Ref Group" ? "Group" : "Rule"])
    }

    @Test
    func `a key that stands twice is a warning with both lines, and the later one counts`() throws {
        let yaml = """
            Resources:
              D:
                Type: AWS::RDS::DBInstance
                Properties:
                  MultiAZ: true
                  MultiAZ: false
            """
        let json =
            "{\"Resources\": {\"D\": {\"Type\": \"AWS::RDS::DBInstance\",\n\"Properties\": {\n\n\n"
            + "\"MultiAZ\": true,\n\"MultiAZ\": false}}}}"
        for text in [yaml, json] {
            let report = try report(text)
            let found = try #require(report.findings.first { $0.rule.id == "key-twice" })
            #expect(found.place?.line == 6)
            #expect(found.message == "D has the key \"MultiAZ\" twice, first in line 5; the one in line 6 was read")
            #expect(report.findings.map(\.rule.id).contains("database-single-zone"))
        }
    }

    @Test
    func `our own form is still refused for a key that stands twice`() {
        #expect(throws: TopologyError.self) {
            try TopologyDocument(reading: DefaultTopology.text + "addresses: {}\n", file: "t.yaml")
        }
    }

    @Test
    func `what wasn't looked at is said in text, JSON and SARIF`() throws {
        let text = """
            Parameters: {P: {Type: String}}
            Resources:
              Q: {Type: AWS::SQS::Queue}
              R: {Type: AWS::SQS::Queue}
              N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: x}}
              D: {Type: AWS::RDS::DBInstance, Properties: {MultiAZ: !Ref P}}
            """
        let report = try report(text)
        for part in ["AWS::SQS::Queue (2 resources)", "the nested stack N", "D.MultiAZ: ${P}"] {
            #expect(report.text.contains(part))
            #expect(report.unseen.map(\.text).contains(part))
            #expect(report.sarif.contains("not looked at: \(part)"))
        }
        #expect(report.json.contains("\"what\": \"AWS::SQS::Queue\""))
        #expect(report.text.hasSuffix("; 3 not looked at\n"))
    }
}
