import Testing
import YAML

@testable import AWSTopology

@Suite("Emission")
struct EmissionTests {
    static let two = DefaultTopology.text.replacing("zones: [a, b, c]", with: "zones: [a, b]")
        .replacing("spareZones: 1", with: "spareZones: 0").replacing(", subnets: /26", with: "")
    static let texts = [DefaultTopology.text, two]

    private func topology(_ text: String) throws -> Topology { try Topology(reading: text, file: "b.yaml") }

    private func resource(_ name: String, _ text: String = DefaultTopology.text) throws -> TemplateResource {
        try #require(try topology(text).cloudFormationTemplate.resources.first { $0.name == name })
    }

    @Test(arguments: texts)
    func `the same topology gives the same bytes in every form`(_ text: String) throws {
        let forms: [(Topology) -> String] = [
            { $0.cloudFormation() }, { $0.terraform() }, { $0.svg() }, { $0.mermaid() }, { $0.markdown() },
        ]
        for form in forms { #expect(form(try topology(text)) == form(try topology(text))) }
    }

    @Test(arguments: texts)
    func `every resource of the model is in the template, and every reference leads to one`(_ text: String) throws {
        let topology = try topology(text)
        let template = topology.cloudFormationTemplate
        let names = template.resources.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(topology.resources.map(\.name)).isSubset(of: names))
        #expect(template.unresolvedReferences.isEmpty)
        #expect(
            template.resources.allSatisfy { Set($0.references).isSubset(of: names + pseudo + parameters(topology)) })
    }

    private var pseudo: [String] {
        ["AWS::Region", "AWS::Partition", "AWS::AccountId", "AWS::StackName", "AWS::StackId"]
    }

    private func parameters(_ topology: Topology) -> [String] { topology.parameters.map(\.name) }

    @Test(arguments: texts)
    func `the YAML says what the template's value says`(_ text: String) throws {
        let template = try topology(text).cloudFormationTemplate
        let root = try YAML.parse(template.yaml)
        let resources = try #require(root["Resources"]?.entries)
        #expect(resources.map(\.key) == template.resources.map(\.name))
        for (entry, resource) in zip(resources, template.resources) {
            #expect(entry.value["Type"]?.text == resource.type)
            #expect(entry.value["Properties"].map { matches($0, resource.properties) } ?? true, "\(resource.name)")
        }
    }

    private func matches(_ node: YAMLNode, _ value: TemplateValue) -> Bool {
        switch value {
        case .text(let text): trimmed(node.text) == trimmed(text)
        case .integer(let number): node.text == "\(number)"
        case .number(let number): node.text.flatMap(Double.init) == number
        case .boolean(let flag): node.text == "\(flag)"
        case .list(let items): node.items?.count == items.count && zip(node.items ?? [], items).allSatisfy(matches)
        case .mapping(let entries):
            node.entries?.map(\.key) == entries.map(\.key)
                && zip(node.entries ?? [], entries).allSatisfy { matches($0.value, $1.value) }
        case .ref(let name): node.tag == "!Ref" && node.text == name
        case .attribute(let name, let attribute):
            node.tag == "!GetAtt" && node.text == "\(name).\(attribute)"
                || node["Fn::GetAtt"]?.items?.compactMap(\.text) == [name, attribute]
        case .sub(let text): node.tag == "!Sub" && trimmed(node.text) == trimmed(text)
        case .base64(let inner): node["Fn::Base64"].map { matches($0, inner) } ?? false
        }
    }

    private func trimmed(_ text: String?) -> String? {
        text.map { String($0.reversed().drop { $0 == "\n" }.reversed()) }
    }

    @Test
    func `the default deploys without a bucket for its template`() throws {
        #expect(
            try topology(DefaultTopology.text).cloudFormation().utf8.count <= CloudFormationTemplate.greatestDirectSize)
    }

    @Test(arguments: ["yes", "10", "", "a: b", "a #b", "*", "- a", "{a}", "é\"\\", "a\tb", "~", "No"])
    func `what a text could be taken for is quoted`(_ text: String) throws {
        let node = try YAML.parse("a: \(TemplateWriter.scalar(text))\nb: [\(TemplateWriter.scalar(text)), x]\n")
        #expect(node["a"]?.text == text)
        #expect(node["a"]?.isNull == false)
        #expect(node["b"]?.items?.first?.text == text)
    }

    @Test(arguments: [
        ("plain", TemplateValue.text("plain")), ("${A}", .ref("A")), ("${A.Arn}", .attribute("A", "Arn")),
        ("${A.Arn}/*", .sub("${A.Arn}/*")), ("${AWS::Region}", .ref("AWS::Region")),
        ("${A}${B}", .sub("${A}${B}")), ("${A # b\nc: [d.e}", .sub("${A # b\nc: [d.e}")), ("${.A}", .sub("${.A}")),
    ])
    func `a text with ${} becomes the shortest function`(_ text: String, _ value: TemplateValue) {
        #expect(TemplateValue.interpolated(text) == value)
    }

    @Test
    func `a group waits for the ways out of its subnets and for its listener, and someone sends the signal`() throws {
        let backend = try resource("Backend")
        #expect(backend.dependsOn.contains("NATRouteTableADefaultRoute"))
        #expect(backend.dependsOn.contains("BackendSubnetCRoutes"))
        #expect(backend.dependsOn.contains("IngestHTTPSListener"))
        let text = try topology(DefaultTopology.text).cloudFormation()
        #expect(text.contains("cfn-signal --exit-code $? --stack ${AWS::StackName} --resource Backend"))
        #expect(text.contains("Action: cloudformation:SignalResource"))
        let boot =
            "/usr/local/bin/footlight-backend-boot --database ${Database.Endpoint.Address}:${Database.Endpoint.Port} "
        let terraform = try topology(DefaultTopology.text).terraform()
        #expect(terraform.contains("--database ${aws_db_instance.database.address}:${aws_db_instance.database.port} "))
        let group = "--log-group ${aws_cloudwatch_log_group.backend_log_group.name}"
        #expect(terraform.contains("--check /health \(group)\n  EOT\n  )\n"))
        #expect(!terraform.contains("cfn-signal"))
        let rest = "--region ${AWS::Region} --listen 0.0.0.0:8080 --check /health --log-group ${BackendLogGroup}\n"
        #expect(text.contains(boot + rest))
        // The agent that takes the logs there is in the image, and may be fetched.
        #expect(text.contains("component/amazon-cloudwatch-agent-linux/x.x.x"))
        #expect(text.contains("s3:::amazoncloudwatch-agent-${AWS::Region}/*"))
        #expect(backend.updatePolicy?["AutoScalingScheduledAction"]?["IgnoreUnmodifiedGroupSizeProperties"] == true)
    }

    @Test
    func `a security group that lets nothing out says so, for CloudFormation takes an empty list for none at all`()
        throws
    {
        let egress = try resource("DatabaseSecurityGroup").properties["SecurityGroupEgress"]
        guard case .list(let rules)? = egress else {
            Issue.record("no egress")
            return
        }
        #expect(rules.map { $0["CidrIp"] } == ["127.0.0.1/32"])
    }

    @Test
    func `security groups that let each other in stand apart from their rules`() {
        var topology = Topology()
        func group(_ name: String, from peer: String) -> SecurityGroup {
            SecurityGroup(
                name: name, description: name,
                ingress: [SecurityGroupRule(ports: 1...1, peer: .securityGroup(Reference(peer)))])
        }
        topology.securityGroups = [group("A", from: "B"), group("B", from: "A"), group("C", from: "A")]
        let resources = topology.cloudFormationTemplate.resources
        #expect(resources.map(\.name) == ["A", "B", "C", "AIngress1", "BIngress1"])
        #expect(resources[2].properties["SecurityGroupIngress"] != nil)
        #expect(resources[0].properties["SecurityGroupIngress"] == nil)
    }

    @Test
    func `a name from outside of the topology stays as it is, and what was taken away is told`() throws {
        let text = DefaultTopology.text + "without: [NATGatewayB]\n"
        #expect(try topology(text).cloudFormationTemplate.unresolvedReferences == ["NATGatewayB"])
        var topology = Topology()
        topology.natGateways = [NATGateway(name: "NAT", subnet: "subnet-0123")]
        #expect(topology.cloudFormation().contains("SubnetId: subnet-0123"))
    }

    @Test
    func `comments name the requirements`() throws {
        let text = try topology(DefaultTopology.text).cloudFormation()
        for requirement in ["T2", "T3", "T4", "T5", "T6", "T7", "T8"] {
            #expect(text.contains("# \(requirement)") || text.contains(", \(requirement):"), "\(requirement)")
        }
    }

    @Test(arguments: [
        ("NATGatewayA", "nat_gateway_a"), ("S3Endpoint", "s3_endpoint"), ("VPC", "vpc"),
        ("IngestHTTPSListener", "ingest_https_listener"), ("BackendRole", "backend_role"),
    ])
    func `names in Terraform's manner`(_ name: String, _ snake: String) { #expect(TerraformNames.snake(name) == snake) }

    @Test(arguments: texts)
    func `Terraform refers to nothing that it doesn't declare`(_ text: String) throws {
        let written = try topology(text).terraform()
        let declared = Set(
            written.matches(of: /(?m)^resource "(\w+)" "(\w+)"/).map { "\($0.output.1).\($0.output.2)" })
        let used = written.matches(of: /\b(aws_[a-z0-9_]+)\.([a-z0-9_]+)/).filter { match in
            !written[..<match.range.lowerBound].hasSuffix("data.")
        }
        #expect(!declared.isEmpty)
        for match in used { #expect(declared.contains("\(match.output.1).\(match.output.2)"), "\(match.output.0)") }
        #expect(!written.contains("${AWS::"))
    }

    @Test
    func `pictures hold every zone and escape what they are given`() throws {
        var topology = try topology(DefaultTopology.text)
        topology.name = "<a> & \"b\""
        let svg = topology.svg()
        #expect(svg.contains("&lt;a&gt; &amp;"))
        for zone in ["a", "b", "c"] { #expect(svg.contains("Zone \(zone)<")) }
        #expect(!svg.contains(Diagram.wrong + "\" stroke-width=\"1.8\""))
        let single = try self.topology(
            DefaultTopology.text.replacing("natGateways: perZone", with: "natGateways: single"))
        #expect(single.svg().contains("out through another zone"))
        #expect(Topology().svg().hasSuffix("</svg>\n"))
        #expect(topology.mermaid().contains("BackendSubnetA --> NATGatewayA"))
    }
}
