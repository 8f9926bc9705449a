import Testing

@testable import AWSTopology

/// Each thing that lint once took for known though a plan doesn't say it, or for unknown though it does.
@Suite("Values that a plan doesn't say")
struct UnknownPlanTests {
    /// A plan of resources of the root module: `type.name`, values, what is known after apply, expressions.
    private func plan(_ resources: [(String, String, String, String)], _ more: String = "") -> String {
        func parts(_ address: String) -> String {
            let plain = TerraformPlan.withoutIndices(address)
            let words = plain.separated(by: ".")
            let quoted = address.separated(by: "\"").joined(separator: "\\\"")
            return
                "\"address\": \"\(quoted)\", \"mode\": \"managed\", \"type\": \"\(words[0])\", \"name\": \"\(words[1])\""
        }
        let planned = resources.map { "{\(parts($0.0))\($0.1.isEmpty ? "" : ", \"values\": {\($0.1)}")}" }
        let changes = resources.map { "{\(parts($0.0)), \"change\": {\"after_unknown\": {\($0.2)}}}" }
        let blocks = resources.map { resource in
            let plain = TerraformPlan.withoutIndices(resource.0)
            return "{\(parts(plain)), \"expressions\": {\(resource.3)}}"
        }
        return """
            {"terraform_version": "1.11.4", "planned_values": {"root_module": {"resources": [\(planned.joined(separator: ",\n"))]}},
             "resource_changes": [\(changes.joined(separator: ",\n"))],
             "configuration": {"root_module": {"resources": [\(blocks.joined(separator: ",\n"))]}}\(more)}
            """
    }

    private func report(_ text: String) throws -> LintReport {
        LintReport(of: try TopologyDocument(reading: text, file: "p.json"), file: "p.json")
    }

    private func rules(_ text: String) throws -> [String] { try report(text).findings.map(\.rule.id) }

    private let subnets = [
        ("aws_subnet.a", "\"availability_zone\": \"eu-west-1a\"", "\"id\": true", ""),
        ("aws_subnet.own[0]", "\"availability_zone\": \"eu-west-1a\"", "\"id\": true", ""),
        ("aws_subnet.own[1]", "\"availability_zone\": \"eu-west-1b\"", "\"id\": true", ""),
    ]

    private let singleZone = [
        "group-single-zone", "load-balancer-single-zone", "database-subnet-group-single-zone",
    ]

    private func users(of references: String, _ variables: String = "") -> String {
        let expression = "{\"references\": [\(references)]}"
        let users = [
            ("aws_autoscaling_group.g", "", "\"vpc_zone_identifier\": true", "\"vpc_zone_identifier\": \(expression)"),
            ("aws_lb.l", "\"name\": \"l\"", "\"subnets\": true", "\"subnets\": \(expression)"),
            ("aws_db_subnet_group.d", "", "\"subnet_ids\": true", "\"subnet_ids\": \(expression)"),
        ]
        return plan(subnets + users, variables)
    }

    @Test(arguments: [
        "\"aws_subnet.a.id\", \"aws_subnet.a\", \"data.aws_subnet.o.id\", \"data.aws_subnet.o\"",
        "\"aws_subnet.a.id\", \"aws_subnet.a\", \"var.more\"", "\"aws_subnet.a\", \"local.more\"", "\"local.subnets\"",
        "\"aws_subnet.own\"", "\"aws_subnet.a\", \"module.elsewhere.subnets\", \"module.elsewhere\"",
        "\"aws_subnet.a\", \"each.value.subnets\", \"each.value\"",
    ])
    func `a list known in part is no single zone`(_ references: String) throws {
        let text = users(of: references, ", \"variables\": {\"more\": {\"value\": [\"subnet-0\"]}}")
        #expect(try rules(text).filter { singleZone.contains($0) } == [])
    }

    @Test(arguments: [
        "\"aws_subnet.a.id\", \"aws_subnet.a\"", "\"aws_subnet.own[0].id\", \"aws_subnet.own[0]\", \"aws_subnet.own\"",
        "\"aws_subnet.a.id\", \"aws_subnet.a\", \"var.is_public\"",
    ])
    func `one subnet is one zone`(_ references: String) throws {
        let text = users(of: references, ", \"variables\": {\"is_public\": {\"value\": true}}")
        #expect(try Set(rules(text)).isSuperset(of: singleZone))
    }

    @Test
    func `a list of identifiers of which one is known only after apply is known in part`() throws {
        let text = plan([
            (
                "aws_lb.l", "\"subnets\": [\"subnet-0123\", null]", "\"subnets\": [false, true]",
                "\"subnets\": {\"references\": [\"local.all\"]}"
            )
        ])
        #expect(!(try rules(text).contains("load-balancer-single-zone")))
    }

    private let denial =
        "{\\\"Statement\\\": [{\\\"Effect\\\": \\\"Deny\\\", \\\"Principal\\\": \\\"*\\\", \\\"Action\\\": \\\"s3:*\\\", "
        + "\\\"Condition\\\": {\\\"Bool\\\": {\\\"aws:SecureTransport\\\": \\\"false\\\"}}}]}"

    @Test
    func `a policy that names its bucket's address is known only after apply, and may ask for TLS`() throws {
        // Nothing of it is known, so that Terraform writes no values at all.
        let unknown = plan([
            ("aws_s3_bucket.b", "\"bucket_prefix\": \"b\"", "\"id\": true, \"bucket\": true", ""),
            (
                "aws_s3_bucket_policy.b", "", "\"bucket\": true, \"policy\": true",
                "\"bucket\": {\"references\": [\"aws_s3_bucket.b.id\", \"aws_s3_bucket.b\"]}, "
                    + "\"policy\": {\"references\": [\"aws_s3_bucket.b.arn\", \"aws_s3_bucket.b\"]}"
            ),
        ])
        #expect(!(try rules(unknown).contains("bucket-without-tls-policy")))
        #expect(try report(unknown).unseen.contains { $0.what == "aws_s3_bucket.b.PolicyDocument" })
    }

    @Test(arguments: [("\"b\"", "", true), ("\"other\"", "", false)])
    func `a policy is its bucket's by the name as well`(_ name: String, _: String, _ isFound: Bool) throws {
        let text = plan([
            ("aws_s3_bucket.b", "\"bucket\": \"b\"", "\"id\": true", "\"bucket\": {\"constant_value\": \"b\"}"),
            (
                "aws_s3_bucket_policy.b", "\"bucket\": \(name), \"policy\": \"\(denial)\"", "\"id\": true",
                "\"bucket\": {\"constant_value\": \(name)}, \"policy\": {}"
            ),
        ])
        #expect(try rules(text).contains("bucket-without-tls-policy") != isFound)
    }

    @Test
    func `modules with several instances resolve within their own`() throws {
        func module(_ index: Int) -> String {
            "{\"address\": \"module.m[\(index)]\", \"resources\": [{\"address\": \"module.m[\(index)].aws_subnet.s\", "
                + "\"type\": \"aws_subnet\", \"name\": \"s\", \"values\": {\"availability_zone\": \"z\(index)\"}}, "
                + "{\"address\": \"module.m[\(index)].aws_lb.l\", \"type\": \"aws_lb\", \"name\": \"l\"}]}"
        }
        let text = """
            {"terraform_version": "1", "planned_values": {"root_module": {"resources": [
              {"address": "aws_db_subnet_group.one", "type": "aws_db_subnet_group", "name": "one"},
              {"address": "aws_db_subnet_group.both", "type": "aws_db_subnet_group", "name": "both"}],
              "child_modules": [\(module(0)), \(module(1))]}},
             "configuration": {"root_module": {"resources": [
               {"address": "aws_db_subnet_group.one", "expressions": {"subnet_ids": {"references": ["module.m[1].ids", "module.m[1]"]}}},
               {"address": "aws_db_subnet_group.both", "expressions": {"subnet_ids": {"references": ["module.m"]}}}],
               "module_calls": {"m": {"count_expression": {"constant_value": 2}, "module": {
                 "outputs": {"ids": {"expression": {"references": ["aws_subnet.s.id", "aws_subnet.s"]}}},
                 "resources": [{"address": "aws_subnet.s", "expressions": {}},
                   {"address": "aws_lb.l", "expressions": {"subnets": {"references": ["aws_subnet.s.id", "aws_subnet.s"]}}}]}}}}}}
            """
        let topology = try TopologyDocument(reading: text, file: "p.json").topology
        #expect(
            topology.loadBalancers.map { $0.subnets.map(\.name) } == [
                ["module.m[0].aws_subnet.s"], ["module.m[1].aws_subnet.s"],
            ])
        #expect(topology.databaseSubnetGroups[0].subnets.map(\.name) == ["module.m[1].aws_subnet.s"])
        let found = try report(text).findings
        #expect(found.filter { $0.rule.id == "load-balancer-single-zone" }.count == 2)
        #expect(found.filter { $0.rule.id == "database-subnet-group-single-zone" }.count == 1)
    }

    @Test(arguments: [
        (
            "aws_vpc_security_group_ingress_rule.r",
            "\"from_port\": 22, \"to_port\": 22, \"ip_protocol\": \"tcp\", \"cidr_ipv4\": \"0.0.0.0/0\""
        ),
        (
            "aws_security_group_rule.r",
            "\"type\": \"ingress\", \"from_port\": 22, \"to_port\": 22, \"protocol\": \"tcp\", \"cidr_blocks\": [\"0.0.0.0/0\"]"
        ),
    ])
    func `rules that are resources of their own are read`(_ address: String, _ values: String) throws {
        let text = plan([
            ("aws_security_group.g", "", "\"id\": true, \"ingress\": true", ""),
            (
                address, values, "\"security_group_id\": true",
                "\"security_group_id\": {\"references\": [\"aws_security_group.g.id\", \"aws_security_group.g\"]}"
            ),
        ])
        #expect(
            try report(text).findings.filter { $0.rule.id == "security-group-open" }.map(\.resource)
                == ["aws_security_group.g"])
        let outwards = text.separated(by: "\"type\": \"ingress\"").joined(separator: "\"type\": \"egress\"")
        #expect(try rules(outwards).contains("security-group-open") == (outwards == text))
    }

    @Test
    func `default security groups and main route tables are read`() throws {
        let text = plan([
            ("aws_vpc.v", "\"cidr_block\": \"10.0.0.0/16\"", "\"id\": true", ""),
            (
                "aws_default_security_group.d",
                "\"ingress\": [{\"from_port\": 0, \"to_port\": 0, \"protocol\": \"-1\", \"cidr_blocks\": [\"0.0.0.0/0\"]}]",
                "\"vpc_id\": true", "\"vpc_id\": {\"references\": [\"aws_vpc.v.id\", \"aws_vpc.v\"]}"
            ),
            (
                "aws_default_route_table.d", "\"route\": [{\"cidr_block\": \"0.0.0.0/0\"}]",
                "\"default_route_table_id\": true, \"route\": [{\"gateway_id\": true}]",
                "\"default_route_table_id\": {\"references\": [\"aws_vpc.v.default_route_table_id\", \"aws_vpc.v\"]}, "
                    + "\"route\": {\"references\": [\"aws_internet_gateway.i.id\", \"aws_internet_gateway.i\"]}"
            ),
            ("aws_internet_gateway.i", "", "\"id\": true", ""),
            (
                "aws_subnet.s", "\"availability_zone\": \"a\"", "\"vpc_id\": true",
                "\"vpc_id\": {\"references\": [\"aws_vpc.v.id\", \"aws_vpc.v\"]}"
            ),
        ])
        #expect(try rules(text).contains("security-group-open"))
        let topology = try TopologyDocument(reading: text, file: "p.json").topology
        #expect(topology.subnets[0].routeTable?.name == "aws_default_route_table.d")
        #expect(LintContext(topology).egress(of: topology.subnets[0]) == .internet)
    }

    @Test
    func `routes by a local value can't be told, and that is said`() throws {
        let text = plan([
            ("aws_vpc.v", "\"cidr_block\": \"10.0.0.0/16\"", "\"id\": true", ""),
            (
                "aws_route_table.t[\"a\"]", "", "\"vpc_id\": true",
                "\"vpc_id\": {\"references\": [\"aws_vpc.v.id\", \"aws_vpc.v\"]}"
            ),
            (
                "aws_route.r[\"a\"]", "\"destination_cidr_block\": \"0.0.0.0/0\"",
                "\"route_table_id\": true, \"nat_gateway_id\": true",
                "\"route_table_id\": {\"references\": [\"aws_route_table.t\", \"each.key\"]}, "
                    + "\"nat_gateway_id\": {\"references\": [\"local.nat\", \"each.key\"]}, "
                    + "\"destination_cidr_block\": {\"constant_value\": \"0.0.0.0/0\"}"
            ),
        ])
        let report = try report(text)
        #expect(!report.findings.contains { $0.rule.id.contains("route") || $0.rule.id.contains("nat") })
        #expect(
            report.unseen.contains { $0.what == "aws_route_table.t[\"a\"].Routes" && $0.detail.contains("local.nat") })
    }

    @Test
    func `a state is read as it is stored, with its identifiers`() throws {
        let text = """
            {"version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "x", "outputs": {}, "resources": [
              {"mode": "managed", "type": "aws_subnet", "name": "s", "provider": "p", "instances": [
                {"index_key": "a", "attributes": {"id": "subnet-1", "vpc_id": "vpc-1", "availability_zone": "a"}},
                {"index_key": "b", "attributes": {"id": "subnet-2", "vpc_id": "vpc-1", "availability_zone": "b"}}]},
              {"module": "module.net", "mode": "managed", "type": "aws_lb", "name": "l", "instances": [
                {"attributes": {"id": "l", "subnets": ["subnet-1"], "load_balancer_type": "application"}}]},
              {"mode": "managed", "type": "aws_lb", "name": "wide", "instances": [
                {"attributes": {"id": "w", "subnets": ["subnet-1", "subnet-2"], "access_logs": []}}]},
              {"mode": "managed", "type": "aws_db_instance", "name": "d", "instances": [
                {"index_key": 0, "attributes": {"id": "d", "multi_az": false, "password": "secret"}}]},
              {"mode": "data", "type": "aws_vpc", "name": "v", "instances": [{"attributes": {"id": "vpc-1"}}]}]}
            """
        let document = try TopologyDocument(reading: text, file: "terraform.tfstate")
        #expect(document.form == .terraformState)
        #expect(document.topology.subnets.map(\.name) == ["aws_subnet.s[\"a\"]", "aws_subnet.s[\"b\"]"])
        #expect(document.topology.loadBalancers.map(\.name) == ["module.net.aws_lb.l", "aws_lb.wide"])
        #expect(document.topology.loadBalancers[1].subnets.count == 2)
        let found = LintReport(of: document, file: "f").findings
        #expect(found.filter { $0.rule.id == "load-balancer-single-zone" }.map(\.resource) == ["module.net.aws_lb.l"])
        #expect(found.contains { $0.rule.id == "database-single-zone" && $0.resource == "aws_db_instance.d[0]" })
        #expect(!found.contains { $0.rule.id == "secret-in-file" })
    }

    @Test
    func `resources of other providers are said not to be looked at`() throws {
        let text = plan([("random_id.x", "\"hex\": \"00\"", "", ""), ("aws_sqs_queue.q", "", "", "")])
        #expect(try report(text).unseen.map(\.what) == ["aws_sqs_queue", "random_id"])
    }
}
