import Testing

@testable import AWSTopology

/// Beside each fault that is easily taken for another one, its twin: what looks like it and is none.
@Suite("Twins of faults")
struct TwinTests {
    struct Twin: Sendable, CustomTestStringConvertible {
        var what: String
        var changes: [(String, String)]

        init(_ what: String, _ changes: (String, String)...) {
            self.what = what
            self.changes = changes
        }

        var testDescription: String { what }
    }

    static let all: [Twin] = balancing + stores + identity + groups + places

    /// With a resource more.
    private static func adding(_ what: String, _ text: String) -> Twin {
        Twin(what, ("  LogGroup: {Type", "  \(text)\n  LogGroup: {Type"))
    }

    private static let places = [
        adding(
            "a function in three zones",
            "Work: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: "
                + "[!Ref PrivateA, !Ref PrivateB, !Ref PrivateC]}}}"),
        adding("a function in no VPC", "Work: {Type: AWS::Lambda::Function, Properties: {Handler: x}}"),
        adding("a regional file system", "Files: {Type: AWS::EFS::FileSystem, Properties: {Encrypted: true}}"),
        adding(
            "a cluster that brings its instances",
            "Cluster: {Type: AWS::RDS::DBCluster, Properties: {Engine: postgres, DBClusterInstanceClass: db.m6gd.large, "
                + "StorageEncrypted: true, DeletionProtection: true}}"),
        adding(
            "an Aurora cluster that says nothing of encryption",
            "Cluster: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, DeletionProtection: true}}"),
        adding(
            "one instance by design",
            "Lonely: {Type: AWS::EC2::Instance, Metadata: {Footlight: {singleton: a licence for one}}, "
                + "Properties: {SubnetId: !Ref PrivateA}}"),
        adding(
            "a subnet of a Local Zone",
            "Local: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref VPC, CidrBlock: 10.0.6.0/25, "
                + "AvailabilityZone: us-west-2-lax-1a}}"),
        adding(
            "a subnet of an Outpost",
            "Outpost: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref VPC, CidrBlock: 10.0.6.0/25, OutpostArn: x, "
                + "AvailabilityZone: !Select [3, !GetAZs \"\"]}}"),
        adding(
            "a transit gateway's subnet",
            "Transit: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref VPC, CidrBlock: 10.0.6.0/28, "
                + "AvailabilityZone: !Select [3, !GetAZs \"\"]}}\n"
                + "  Hub: {Type: AWS::EC2::TransitGatewayAttachment, Properties: {SubnetIds: [!Ref Transit]}}"),
        Twin(
            "a regional NAT gateway with addresses everywhere",
            ("  LogGroup: {Type", "  \(PlantedFault.regional("[0, 1, 2]"))\n  LogGroup: {Type"),
            ("NatGatewayId: !Ref NATC", "NatGatewayId: !Ref Regional")),
        Twin(
            "a firewall's endpoint in the zone's own",
            ("  LogGroup: {Type", "  \(PlantedFault.inspection("PublicC"))\n  LogGroup: {Type"),
            ("NatGatewayId: !Ref NATC", "VpcEndpointId: !Ref Inspection")),
        Twin(
            "a regional NAT gateway that follows its VPC",
            (
                "  LogGroup: {Type",
                "  Regional: {Type: AWS::EC2::NatGateway, Properties: {VpcId: !Ref VPC, AvailabilityMode: regional}}\n"
                    + "  LogGroup: {Type"
            ),
            ("NatGatewayId: !Ref NATC", "NatGatewayId: !Ref Regional")),
        adding(
            "NAT64 by the zone's own gateway",
            "Six: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref TableB, NatGatewayId: !Ref NATB, "
                + "DestinationIpv6CidrBlock: \"64:ff9b::/96\"}}"),
        Twin(
            "a group that is balanced as best it can",
            (
                "      MinSize: \"3\"",
                "      AvailabilityZoneDistribution: {CapacityDistributionStrategy: balanced-best-effort}\n"
                    + "      AvailabilityZoneImpairmentPolicy: {ZonalShiftEnabled: true}\n      MinSize: \"3\""
            )),
        Twin("subnets that lie side by side", ("CidrBlock: 10.0.4.128/25", "CidrBlock: 10.0.5.128/25")),
    ]

    private static let balancing = [
        Twin("a TLS policy with 1-2 and 1.0's age", ("TLS13-1-2-2021-06", "TLS13-1-2-Ext2-PQ-2025-09")),
        Twin("a TLS policy of 1.3 alone", ("TLS13-1-2-2021-06", "TLS13-1-3-2021-06")),
        Twin("an unknown TLS policy", ("TLS13-1-2-2021-06", "TLS99-1-0-2099-01")),
        Twin(
            "a plain listener whose rule redirects to TLS",
            (
                "{Type: redirect, RedirectConfig: {Protocol: HTTPS, Port: \"443\", StatusCode: HTTP_301}}]\n",
                "{Type: fixed-response, FixedResponseConfig: {StatusCode: \"404\"}}]\n"
                    + "  Rule: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref PlainListener,\n"
                    + "    Actions: [{Type: redirect, RedirectConfig: {Protocol: HTTPS}}]}}\n"
            )),
    ]

    private static let stores = [
        Twin(
            "an Allow to everyone in an organisation",
            (
                "Statement: [{Effect: Deny, Principal: \"*\", Action: \"s3:*\", Resource: !Sub \"${Logs",
                "Statement: [{Effect: Allow, Principal: \"*\", Action: \"s3:GetObject\", Resource: \"*\",\n"
                    + "              Condition: {StringEquals: {\"aws:PrincipalOrgID\": o-1234567890}}},\n"
                    + "              {Effect: Deny, Principal: \"*\", Action: \"s3:*\", Resource: !Sub \"${Logs"
            )),
        Twin(
            "a Deny of old TLS versions",
            (
                "Condition: {Bool: {\"aws:SecureTransport\": \"false\"}}}]",
                "Condition: {NumericLessThan: {\"s3:TlsVersion\": \"1.2\"}}}]"
            )),
        Twin(
            "a public access list that is ignored",
            (
                "      LoggingConfiguration: {DestinationBucketName: !Ref Logs",
                "      AccessControl: PublicRead\n      LoggingConfiguration: {DestinationBucketName: !Ref Logs"
            )),
        Twin(
            "a NotAction that spares the bucket's policy",
            (
                "Action: [\"s3:GetObject\", \"s3:PutObject\"]\n            Resource: !Sub \"${Data.Arn}/*\"",
                "NotAction: [\"s3:PutBucketPolicy\", \"s3:DeleteBucketPolicy\"]\n            "
                    + "Resource: [!GetAtt Data.Arn, !Sub \"${Data.Arn}/*\"]"
            )),
        Twin(
            "a log group that is kept for a day",
            ("Properties: {RetentionInDays: 90}", "Properties: {LogGroupClass: DELIVERY}")),
    ]

    private static let identity = [
        Twin(
            "everything, on one bucket",
            (
                "Action: [\"logs:CreateLogStream\", \"logs:PutLogEvents\"], Resource: \"*\"",
                "Action: \"*\", Resource: !GetAtt Data.Arn"
            )),
        Twin(
            "an administrator's policy of nobody's",
            (
                "  LogGroup: {Type",
                "  Admin: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: "
                    + "{Statement: [{Effect: Allow, Action: \"*\", Resource: \"*\"}]}}}\n  LogGroup: {Type"
            )),
        Twin(
            "a port that is delicate, open to a network",
            ("FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0", "FromPort: 22, ToPort: 22, CidrIp: 192.0.2.0/24")),
    ]

    private static let groups = [
        Twin(
            "an instance refresh in place of a rolling update",
            (
                "AutoScalingRollingUpdate: {MinInstancesInService: 3, MaxBatchSize: 1, WaitOnResourceSignals: true, PauseTime: PT5M}",
                "AutoScalingInstanceRefresh: {Strategy: Rolling}"
            )),
        Twin(
            "a load balancer by traffic sources",
            ("TargetGroupARNs: [!Ref Targets]", "TrafficSources: [{Identifier: !Ref Targets, Type: elbv2}]")),
    ]

    @Test(arguments: TwinTests.all)
    func `what only looks like a fault is none`(_ twin: Twin) throws {
        var text = CleanTemplate.text
        for (from, to) in twin.changes {
            let parts = text.separated(by: from)
            #expect(parts.count > 1, "the twin changes nothing")
            text = parts.joined(separator: to)
        }
        let report = LintReport(of: try TopologyDocument(reading: text, file: "t.yaml"), file: "t.yaml")
        #expect(report.findings.map(\.headline) == [])
    }

    @Test
    func `a group behind a load balancer by traffic sources has its health check looked at`() throws {
        let text = CleanTemplate.text.separated(by: "TargetGroupARNs: [!Ref Targets]")
            .joined(separator: "TrafficSources: [{Identifier: !Ref Targets}]")
            .separated(by: "HealthCheckType: ELB").joined(separator: "HealthCheckType: EC2")
        let report = LintReport(of: try TopologyDocument(reading: text, file: "t.yaml"), file: "t.yaml")
        #expect(report.findings.map(\.rule.id) == ["group-without-elb-health-check"])
    }

    @Test
    func `a port that isn't known is not said to be 0`() throws {
        let text = CleanTemplate.text.separated(by: "      Port: 80\n").joined(separator: "      Port: !Ref Port\n")
            .separated(by: "{Type: redirect, RedirectConfig: {Protocol: HTTPS, Port: \"443\", StatusCode: HTTP_301}}")
            .joined(separator: "{Type: forward, TargetGroupArn: !Ref Targets}")
            .separated(by: "Parameters:\n").joined(separator: "Parameters:\n  Port: {Type: Number}\n")
        let report = LintReport(of: try TopologyDocument(reading: text, file: "t.yaml"), file: "t.yaml")
        #expect(report.findings.map(\.message) == ["PlainListener takes requests without TLS"])
    }
}
