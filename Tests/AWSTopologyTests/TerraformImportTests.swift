import Testing

@testable import AWSTopology

@Suite("Importing Terraform plans")
struct TerraformImportTests {
    /// What `terraform show -json` writes for two zones of subnets in a module, one NAT gateway, and a group.
    private let plan = """
        {
          "format_version": "1.2",
          "terraform_version": "1.9.0",
          "planned_values": {"root_module": {
            "resources": [
              {"address": "aws_autoscaling_group.web", "mode": "managed", "type": "aws_autoscaling_group", "name": "web",
               "values": {"min_size": 1, "max_size": 4, "health_check_type": "EC2", "health_check_grace_period": 300,
                 "launch_template": [{"version": "$Latest"}], "instance_refresh": []}},
              {"address": "aws_launch_template.web", "mode": "managed", "type": "aws_launch_template", "name": "web",
               "values": {"image_id": "ami-0123456789abcdef0", "network_interfaces": [
                 {"associate_public_ip_address": "true"}], "block_device_mappings": []}},
              {"address": "aws_lb_target_group.web", "mode": "managed", "type": "aws_lb_target_group", "name": "web",
               "values": {"port": 80, "protocol": "HTTP", "target_type": "instance"}},
              {"address": "aws_db_instance.main", "mode": "managed", "type": "aws_db_instance", "name": "main",
               "values": {"engine": "postgres", "multi_az": false, "storage_encrypted": true,
                 "backup_retention_period": 7, "deletion_protection": true, "password": "from a variable",
                 "publicly_accessible": false, "enabled_cloudwatch_logs_exports": ["postgresql"],
                 "skip_final_snapshot": false}},
              {"address": "aws_s3_bucket.data", "mode": "managed", "type": "aws_s3_bucket", "name": "data",
               "values": {"bucket": "data"}},
              {"address": "aws_s3_bucket_logging.data", "mode": "managed", "type": "aws_s3_bucket_logging",
               "name": "data", "values": {"target_prefix": "data", "target_bucket": "elsewhere"}}
            ],
            "child_modules": [{"address": "module.vpc", "resources": [
              {"address": "module.vpc.aws_vpc.this", "mode": "managed", "type": "aws_vpc", "name": "this",
               "values": {"cidr_block": "10.0.0.0/16"}},
              {"address": "module.vpc.aws_subnet.private[0]", "mode": "managed", "type": "aws_subnet", "name": "private",
               "index": 0, "values": {"cidr_block": "10.0.0.0/24", "availability_zone": "eu-west-1a"}},
              {"address": "module.vpc.aws_subnet.private[1]", "mode": "managed", "type": "aws_subnet", "name": "private",
               "index": 1, "values": {"cidr_block": "10.0.1.0/24", "availability_zone": "eu-west-1b"}},
              {"address": "module.vpc.aws_subnet.public[\\"a\\"]", "mode": "managed", "type": "aws_subnet",
               "name": "public", "index": "a", "values": {"cidr_block": "10.0.2.0/24", "availability_zone": "eu-west-1a"}},
              {"address": "module.vpc.aws_nat_gateway.this", "mode": "managed", "type": "aws_nat_gateway",
               "name": "this", "values": {}},
              {"address": "module.vpc.aws_route_table.private", "mode": "managed", "type": "aws_route_table",
               "name": "private", "values": {}},
              {"address": "module.vpc.aws_route.nat", "mode": "managed", "type": "aws_route", "name": "nat",
               "values": {"destination_cidr_block": "0.0.0.0/0"}},
              {"address": "module.vpc.aws_route_table_association.private[0]", "mode": "managed",
               "type": "aws_route_table_association", "name": "private", "index": 0, "values": {}},
              {"address": "module.vpc.aws_route_table_association.private[1]", "mode": "managed",
               "type": "aws_route_table_association", "name": "private", "index": 1, "values": {}}
            ]}]
          }},
          "configuration": {"root_module": {
            "resources": [
              {"address": "aws_autoscaling_group.web", "expressions": {
                "vpc_zone_identifier": {"references": ["module.vpc.private_subnets", "module.vpc"]},
                "target_group_arns": {"references": ["aws_lb_target_group.web.arn", "aws_lb_target_group.web"]},
                "launch_template": [{"id": {"references": ["aws_launch_template.web.id", "aws_launch_template.web"]}}]}},
              {"address": "aws_launch_template.web", "expressions": {}},
              {"address": "aws_lb_target_group.web", "expressions": {}},
              {"address": "aws_db_instance.main", "expressions": {"password": {"references": ["var.password"]}}},
              {"address": "aws_s3_bucket.data", "expressions": {}},
              {"address": "aws_s3_bucket_logging.data", "expressions": {
                "bucket": {"references": ["aws_s3_bucket.data.id", "aws_s3_bucket.data"]}}}
            ],
            "module_calls": {"vpc": {"expressions": {"cidr": {"constant_value": "10.0.0.0/16"}}, "module": {
              "outputs": {"private_subnets": {"expression": {"references": ["aws_subnet.private"]}}},
              "resources": [
                {"address": "aws_subnet.private", "expressions": {"vpc_id": {"references": ["aws_vpc.this.id", "aws_vpc.this"]}}},
                {"address": "aws_subnet.public", "expressions": {"vpc_id": {"references": ["aws_vpc.this.id", "aws_vpc.this"]}}},
                {"address": "aws_nat_gateway.this", "expressions": {"subnet_id": {"references":
                  ["aws_subnet.public[\\"a\\"].id", "aws_subnet.public[\\"a\\"]", "aws_subnet.public"]}}},
                {"address": "aws_route_table.private", "expressions": {"vpc_id": {"references": ["aws_vpc.this.id", "aws_vpc.this"]}}},
                {"address": "aws_route.nat", "expressions": {
                  "route_table_id": {"references": ["aws_route_table.private.id", "aws_route_table.private"]},
                  "nat_gateway_id": {"references": ["aws_nat_gateway.this.id", "aws_nat_gateway.this"]}}},
                {"address": "aws_route_table_association.private", "expressions": {
                  "subnet_id": {"references": ["aws_subnet.private", "count.index"]},
                  "route_table_id": {"references": ["aws_route_table.private.id", "aws_route_table.private"]}}}
              ]}}}
          }}
        }
        """

    @Test
    func `references are followed through instances, modules and outputs`() throws {
        let topology = try TopologyDocument(reading: plan, file: "plan.json").topology
        let group = try #require(topology.autoScalingGroups.first)
        #expect(
            group.subnets.map(\.name) == ["module.vpc.aws_subnet.private[0]", "module.vpc.aws_subnet.private[1]"])
        #expect(group.launchTemplate?.name == "aws_launch_template.web")
        #expect(topology.natGateways.first?.subnet.name == "module.vpc.aws_subnet.public[\"a\"]")
        #expect(topology.subnets.prefix(2).allSatisfy { $0.routeTable?.name == "module.vpc.aws_route_table.private" })
        #expect(topology.subnets[1].vpc.name == "module.vpc.aws_vpc.this")
        #expect(topology.buckets.first?.accessLogging?.prefix == "data")
        #expect(topology.databaseInstances.first?.masterUserPassword == nil)
    }

    @Test
    func `faults of a plan are found, with their lines, and what a variable says isn't`() throws {
        let report = LintReport(of: try TopologyDocument(reading: plan, file: "plan.json"), file: "plan.json")
        #expect(
            Set(report.findings.map(\.rule.id)) == [
                "nat-gateway-per-zone", "group-without-elb-health-check", "group-minimum-too-small", "image-by-hand",
                "public-address", "group-without-update-policy", "group-never-replaced",
                "instances-without-log-shipping", "database-single-zone", "access-log-prefix-without-slash",
                "bucket-without-tls-policy", "vpc-without-flow-logs",
            ])
        #expect(report.findings.first { $0.rule.id == "database-single-zone" }?.place?.line == 14)
    }

    @Test
    func `a plan without its configuration is read as far as it goes`() throws {
        let text = plan.separated(by: "\"configuration\"").joined(separator: "\"something\"")
        let document = try TopologyDocument(reading: text, file: "plan.json")
        #expect(document.form == .terraformPlan)
        #expect(document.topology.autoScalingGroups.first?.subnets == [])
    }

    @Test
    func `modules that call themselves come to an end`() throws {
        let text = """
            {"terraform_version": "1", "planned_values": {"root_module": {"child_modules": [{"address": "module.a",
              "resources": [{"address": "module.a.aws_subnet.s", "type": "aws_subnet", "name": "s", "values": {}}]}]}},
             "configuration": {"root_module": {"module_calls": {"a": {"expressions": {"x": {"references": ["module.a.x"]}},
              "module": {"outputs": {"x": {"expression": {"references": ["var.x"]}}}, "resources": [
                {"address": "aws_subnet.s", "expressions": {"vpc_id": {"references": ["var.x"]}}}]}}}}}}
            """
        #expect(try TopologyDocument(reading: text, file: "p.json").topology.subnets.count == 1)
    }
}
