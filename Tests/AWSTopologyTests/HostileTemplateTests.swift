import Testing

@testable import AWSTopology

/// Files that nobody should write. Each must come to an error or an answer, and soon: a test that hangs has failed.
@Suite("Hostile templates")
struct HostileTemplateTests {
    private func refusal(_ text: String) -> TopologyError? {
        do {
            let document = try TopologyDocument(reading: text, file: "t.yaml")
            _ = LintReport(of: document, file: "t.yaml").text
            return nil
        } catch { return error }
    }

    @Test
    func `conditions that depend on themselves are refused, by name and line`() {
        let error = refusal(
            "Conditions:\n  A: !Not [!Condition B]\n  B: !Not [!Condition A]\nResources:\n  V: {Type: AWS::EC2::VPC, Condition: A}\n"
        )
        #expect(error?.field == "Conditions.A")
        #expect(error?.place?.line == 2)
    }

    @Test(arguments: [
        "A: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !GetAtt A.CidrBlock}}",
        "A: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !GetAtt B.CidrBlock}}\n  B: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !GetAtt A.CidrBlock}}",
        "A: {Type: AWS::EC2::VPC, DependsOn: A, Properties: {CidrBlock: !Ref A}}",
    ])
    func `attributes that lead back to themselves are unknown`(_ resources: String) {
        #expect(refusal("Resources:\n  \(resources)\n") == nil)
    }

    @Test
    func `text that doubles sixty times stays small`() {
        var expression = "x"
        for _ in 0..<14 { expression = "!Sub [\"${a}${a}\", {a: \(expression)}]" }
        for _ in 0..<6 { expression = "!Join [\"\", [\(expression), \(expression)]]" }
        #expect(refusal("Resources:\n  A: {Type: AWS::EC2::VPC, Properties: {CidrBlock: \(expression)}}\n") == nil)
    }

    @Test(arguments: [
        "", "[]", "just words", "Resources: [1, 2]", "Resources: {A: [", "\u{0}", "{{{", "- &a [*a]",
        "a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n"
            + "d: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e]\n"
            + "g: [*f,*f,*f,*f,*f,*f,*f,*f,*f,*f,*f,*f]\nResources: {}\n",
        String(repeating: "[", count: 65), "addresses: 5", "planned_values_: {}", "foo: bar",
    ])
    func `broken files are refused`(_ text: String) {
        let error = refusal(text)
        #expect(error != nil)
        #expect(error?.description.contains("t.yaml:") == true)
    }

    @Test(arguments: [
        ("Resources:\n  Role_: {Type: AWS::IAM::Role}\n", "Role_", 2),
        ("Resources:\n  \"A:\": {Type: AWS::EC2::VPC}\n", "A:", 2),
        ("Parameters:\n  the-size: {Type: String}\nResources:\n  V: {Type: AWS::EC2::VPC}\n", "the-size", 2),
    ])
    func `names that CloudFormation doesn't take are refused with their line`(text: String, name: String, line: Int) {
        let error = refusal(text)
        #expect(error?.field == name && error?.place?.line == line && error?.code == .malformed)
    }

    @Test(arguments: [
        "A: 5", "A: {Type: [x]}", "A: {Type: AWS::EC2::VPC, Properties: 7}",
        "A: {Type: AWS::EC2::VPC, Properties: []}",
        "A: {Type: AWS::EC2::Subnet}", "A: {Type: AWS::S3::Bucket, Properties: {LifecycleConfiguration: x}}",
        "A: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 99999999999999999999, MaxSize: -5}}",
        "A: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingRollingUpdate: {PauseTime: PT99999999999999999H}}}",
        "A: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {HealthCheckIntervalSeconds: 9223372036854775807}}",
        "A: {Type: AWS::EC2::Subnet, Properties: {CidrBlock: !Cidr [0.0.0.0/0, 256, 99]}}",
        "A: {Type: AWS::EC2::Subnet, Properties: {CidrBlock: !Select [-1, [a]], AvailabilityZone: !Select [99, !GetAZs x]}}",
        "A: {Type: AWS::EC2::Subnet, Properties: {CidrBlock: !Sub {}, AvailabilityZone: !Join []}}",
        "A: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref A, PolicyDocument: {Statement: {Effect: !Ref X}}}}",
        "\"Fn::ForEach::X\": [a, b, c]", "A: {Type: !Ref B}",
    ])
    func `resources of odd shapes are no crash`(_ resource: String) {
        #expect(refusal("Resources:\n  \(resource)\n") == nil)
    }

    @Test
    func `chains of thousands of conditions and of attributes are no crash`() {
        let conditions = (0..<5000).map { "  C\($0): !And [!Condition C\($0 + 1), !Condition C\($0 + 1)]\n" }.joined()
        let text = "Conditions:\n\(conditions)  C5000: !Equals [a, a]\nResources:\n"
        #expect(refusal(text + "  A: {Type: AWS::EC2::VPC, Condition: C0}\n") == nil)
        let vpcs = (0..<5000).map {
            "  A\($0): {Type: AWS::EC2::VPC, Properties: {CidrBlock: !GetAtt A\($0 + 1).CidrBlock}}\n"
        }
        #expect(refusal("Resources:\n\(vpcs.joined())") == nil)
    }

    @Test
    func `chains of conditions that each nest deep are no crash`() {
        var text = "Conditions:\n"
        for index in 0..<100 {
            let open = String(repeating: "!Not [", count: 25)
            text += "  C\(index): \(open)!Condition C\(index + 1)\(String(repeating: "]", count: 25))\n"
        }
        text += "  C100: !Equals [a, a]\nResources:\n  A: {Type: AWS::EC2::VPC, Condition: C0}\n"
        #expect(refusal(text) == nil)
    }

    @Test
    func `thousands of endpoints and zones are answered`() {
        var text = "Resources:\n  VPC: {Type: AWS::EC2::VPC}\n"
        for index in 0..<1500 {
            text +=
                "  E\(index): {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref VPC, RouteTableIds: [!Ref T0]}}\n"
            text += "  T\(index): {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref VPC}}\n"
            text += "  D\(index): {Type: AWS::RDS::DBSubnetGroup, Properties: {SubnetIds: [!Ref S0, !Ref S1]}}\n"
            text +=
                "  S\(index): {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref VPC, AvailabilityZone: z\(index)}}\n"
            text +=
                "  A\(index): {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: "
                + "{SubnetId: !Ref S\(index), RouteTableId: !Ref T\(index)}}\n"
        }
        #expect(refusal(text) == nil)
    }

    @Test
    func `ten thousand resources are answered`() throws {
        var text = "Resources:\n  VPC: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/8}}\n"
        for index in 0..<3333 {
            text +=
                "  S\(index): {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref VPC, CidrBlock: "
                + "\"10.\(index / 256).\(index % 256).0/24\", AvailabilityZone: !Select [\(index % 3), !GetAZs \"\"]}}\n"
            text += "  T\(index): {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref VPC}}\n"
            text +=
                "  A\(index): {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: "
                + "{SubnetId: !Ref S\(index), RouteTableId: !Ref T\(index)}}\n"
        }
        let document = try TopologyDocument(reading: text, file: "t.yaml")
        #expect(document.topology.subnets.count == 3333)
        #expect(LintReport(of: document, file: "t.yaml").findings.map(\.rule.id).contains("vpc-without-flow-logs"))
    }
}
