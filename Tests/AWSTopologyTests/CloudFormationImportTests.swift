import Testing

@testable import AWSTopology

@Suite("Importing CloudFormation")
struct CloudFormationImportTests {
    private func topology(_ text: String, _ parameters: [String: String] = [:]) throws -> Topology {
        try TopologyDocument(reading: text, file: "t.yaml", parameters: parameters).topology
    }

    /// The block that a template gives a subnet.
    private func block(_ expression: String, _ parameters: [String: String] = [:]) throws -> String? {
        let text = """
            Parameters:
              Plain: {Type: String, Default: 10.0.0.0/24}
              Given: {Type: String}
              List: {Type: CommaDelimitedList, Default: "10.0.1.0/24, 10.0.2.0/24"}
              IsLarge: {Type: String, Default: "true"}
            Mappings: {Sizes: {eu: {block: 10.0.9.0/24}}}
            Conditions:
              Large: !Equals [!Ref IsLarge, "true"]
              Open: !Equals [!Ref Given, x]
              Both: !And [!Condition Large, !Not [!Equals [a, b]]]
              Either: !Or [!Equals [!Ref Given, x], {Condition: Large}]
            Resources:
              VPC: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
              Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref VPC, CidrBlock: \(expression)}}
            """
        return try topology(text, parameters).subnets.first?.network?.description
    }

    @Test(arguments: [
        ("!Ref Plain", "10.0.0.0/24"), ("{Ref: Plain}", "10.0.0.0/24"), ("!Sub \"${Plain}\"", "10.0.0.0/24"),
        ("!Sub [\"10.0.${n}.0/24\", {n: 7}]", "10.0.7.0/24"), ("!Select [1, !Ref List]", "10.0.2.0/24"),
        ("!Join [\".\", [10, 0, 3, 0/24]]", "10.0.3.0/24"),
        ("!Select [1, !Split [\"|\", \"a|10.0.5.0/24\"]]", "10.0.5.0/24"),
        ("!FindInMap [Sizes, eu, block]", "10.0.9.0/24"),
        ("!Select [2, !Cidr [!GetAtt VPC.CidrBlock, 4, 8]]", "10.0.2.0/24"),
        ("!If [Large, 10.0.1.0/24, 10.0.2.0/24]", "10.0.1.0/24"), ("!If [Both, 10.0.1.0/24, x]", "10.0.1.0/24"),
        ("!If [Either, 10.0.1.0/24, x]", "10.0.1.0/24"), ("!If [Open, !Ref Plain, 10.0.0.0/24]", "10.0.0.0/24"),
        ("{\"Fn::Select\": [\"0\", {\"Fn::Cidr\": [\"10.1.0.0/16\", \"2\", \"8\"]}]}", "10.1.0.0/24"),
    ])
    func `functions come to what CloudFormation makes of them`(_ expression: String, _ block: String) throws {
        #expect(try self.block(expression) == block)
    }

    @Test(arguments: [
        "!Ref Given", "!ImportValue x", "!If [Open, 10.0.1.0/24, 10.0.2.0/24]", "!FindInMap [Sizes, us, block]",
        "!Select [0, !Ref \"AWS::NotificationARNs\"]", "!Transform {Name: x}", "!Select [9, !Ref List]",
    ])
    func `what can't be worked out is unknown, with its words`(_ expression: String) throws {
        #expect(try block(expression) == nil)
        let text =
            "Parameters: {Given: {Type: String}}\nResources:\n  D:\n    Type: AWS::RDS::DBInstance\n"
            + "    Properties: {Engine: x, MultiAZ: \(expression.hasPrefix("!If") ? "!ImportValue y" : expression)}\n"
        #expect(try topology(text).isUnresolved("D", "MultiAZ"))
    }

    @Test
    func `a parameter's value can be given, of AWS's own too`() throws {
        #expect(try block("!Ref Given", ["Given": "10.0.8.0/24"]) == "10.0.8.0/24")
        let text = """
            Resources:
              S: {Type: AWS::EC2::Subnet, Properties: {VpcId: v, AvailabilityZone: !Select [1, !GetAZs ""]}}
            """
        #expect(try topology(text).subnets[0].zone == "${AWS::Region}b")
        #expect(try topology(text, ["AWS::Region": "eu-west-1"]).subnets[0].zone == "eu-west-1b")
    }

    @Test(arguments: [
        "Resources:\n\n  A:\n    Type: AWS::EC2::VPC\n",
        "{\n  \"Resources\": {\n    \"A\": {\"Type\": \"AWS::EC2::VPC\"}\n}}\n",
    ])
    func `resources keep their lines, in JSON as well`(_ text: String) throws {
        #expect(try topology(text).places["A"]?.line == 3)
    }

    @Test(arguments: [
        "Database: {Type: AWS::RDS::DBInstance, Properties: {MultiAZ: !Ref P, StorageEncrypted: !Ref P, "
            + "BackupRetentionPeriod: !Ref P, DeletionProtection: !Ref P, PubliclyAccessible: !Ref P, "
            + "EnableCloudwatchLogsExports: !Ref P, MasterUserPassword: !Ref P}}",
        "Database: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref C}}",
        "Database: {Type: AWS::RDS::DBInstance, Properties: !If [Open, {MultiAZ: false}, {MultiAZ: true}]}",
        "Database: {Type: AWS::RDS::DBInstance, Condition: Open, Properties: {MultiAZ: false}}",
        "Group: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingReplacingUpdate: {WillReplace: true}}, "
            + "Properties: {VPCZoneIdentifier: !Ref L, MinSize: !Ref P, MaxSize: 3, MaxInstanceLifetime: !Ref P, "
            + "HealthCheckType: !Ref P, TargetGroupARNs: [x]}}",
        "Group: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingReplacingUpdate: {WillReplace: true}}, "
            + "Properties: {VPCZoneIdentifier: [!Ref P, !ImportValue X], MinSize: 2, MaxSize: 3, MaxInstanceLifetime: 86400}}",
        "EIP: {Type: AWS::EC2::EIP, Properties: {InstanceId: !If [Open, !Ref X, !Ref AWS::NoValue]}}",
        "Bucket: {Type: AWS::S3::Bucket, Condition: Open}",
    ])
    func `what isn't known makes no finding`(_ resource: String) throws {
        let text = """
            Parameters:
              P: {Type: String}
              L: {Type: "List<AWS::EC2::Subnet::Id>"}
            Conditions: {Open: !Equals [!Ref P, x]}
            Resources:
              \(resource)
            """
        let report = LintReport(of: try topology(text))
        #expect(report.findings.map(\.headline) == [])
    }

    @Test(arguments: [
        ("RouteC:", "NatGatewayId: !Ref NATC", "InstanceId: i-1"), ("RouteB:", "!Ref NATB}", "!Ref NATA}"),
        ("AssociationB:", "RouteTableId: !Ref TableB", "RouteTableId: !Ref TableA"),
        ("LogsPolicy:", "Bool: {\"aws:SecureTransport\"", "Bool: {\"aws:ViaAWSService\""),
    ])
    func `what may or may not be attached leaves the rest unknown`(_ name: String, _ from: String, _ to: String) throws
    {
        var text = CleanTemplate.text.separated(by: "  \(name)\n").joined(separator: "  \(name)\n    Condition: Open\n")
        text = text.separated(by: from).joined(separator: to)
        text = text.separated(by: "\nResources:\n")
            .joined(separator: "\n  P: {Type: String}\nConditions: {Open: !Equals [!Ref P, x]}\nResources:\n")
        let report = LintReport(of: try topology(text))
        let own = report.findings.filter { !["Data", "S3Endpoint"].contains($0.resource) }
        #expect(own.map(\.headline) == [])
    }

    @Test
    func `a password that is given isn't one that the file holds`() throws {
        func rules(_ parameters: [String: String]) throws -> [String] {
            let text = """
                Parameters: {P: {Type: String, NoEcho: true, Default: letmein}}
                Resources: {D: {Type: AWS::RDS::DBInstance, Properties: {MultiAZ: true, MasterUserPassword: !Ref P}}}
                """
            return LintReport(of: try topology(text, parameters)).findings.map(\.rule.id)
        }
        #expect(try rules([:]).contains("secret-in-file"))
        #expect(!(try rules(["P": "other"]).contains("secret-in-file")))
    }

    @Test
    func `a parameter for one subnet is one zone, one for a list may be many`() throws {
        func rules(_ type: String, _ value: String) throws -> [String] {
            let text = """
                Parameters: {P: {Type: "\(type)"}}
                Resources:
                  B: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: \(value)}}
                """
            return LintReport(of: try topology(text)).findings.map(\.rule.id)
        }
        #expect(try rules("AWS::EC2::Subnet::Id", "[!Ref P]").contains("load-balancer-single-zone"))
        #expect(!(try rules("List<AWS::EC2::Subnet::Id>", "!Ref P").contains("load-balancer-single-zone")))
    }
}
