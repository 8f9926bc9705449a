#!/usr/bin/env python3
"""Deploys what `footlight topology render` writes into an AWS emulator, and reads it back by API.

    emulator.py FOOTLIGHT CFN_LINT CHECKOV

The emulator is moto in server mode: on the loopback, on a free port, ended by its process id. Prints a line per check,
then "N passed, N failed"; exits 0 only if none failed. What the emulator is known to get wrong is pinned as it is, so
that a newer one that gets it right is noticed.
"""

import ast
import base64
import ipaddress
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import boto3
import hcl2
from botocore.config import Config

from migration import migrate

REGION = "eu-central-1"
TWO_ZONES = [
    ("zones: [a, b, c]", "zones: [a, b]"),
    ("spareZones: 1", "spareZones: 0"),
    (", subnets: /26", ""),
    ("minSize: 3", "minSize: 2"),
    ("minInstancesInService: 3", "minInstancesInService: 2"),
]
# What checkov skips in a template of the default's shape: each has its reason beside it in the template.
SKIPS = {"CKV_AWS_18": 1, "CKV_AWS_26": 1, "CKV_AWS_158": 2, "CKV_AWS_260": 1}
# Types that the emulator's CloudFormation doesn't make.
GAPS = [
    "AWS::AutoScaling::ScalingPolicy", "AWS::CloudWatch::Alarm", "AWS::ImageBuilder::Component",
    "AWS::ImageBuilder::DistributionConfiguration", "AWS::ImageBuilder::ImagePipeline",
    "AWS::ImageBuilder::ImageRecipe", "AWS::ImageBuilder::InfrastructureConfiguration", "AWS::S3::BucketPolicy",
]

passed = failed = 0


def check(what, holds, found=""):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
    print(f"{'ok  ' if holds else 'FAIL'} {what}" + (f": found {found}" if found != "" and not holds else ""), flush=True)


def equal(what, found, wanted):
    check(what, found == wanted, f"{found!r}, wanted {wanted!r}")


class Emulator:
    """moto in server mode, for the time of a `with`."""

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "mended_moto.py"),
             "-H", "127.0.0.1", "-p", str(self.port)],
            stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/moto-api/data.json", timeout=2).read()
                return self
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.log.seek(0)
                    sys.exit("the emulator does not start:\n" + self.log.read().decode())
                time.sleep(0.1)

    def __exit__(self, kind, *_):
        if kind is not None and kind is not SystemExit:
            self.log.seek(0)
            lines = [each for each in self.log.read().decode().splitlines() if '" 200 -' not in each]
            print("\n".join(["the emulator's last words:", *lines[-30:]]), file=sys.stderr)
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def reset(self):
        urllib.request.urlopen(urllib.request.Request(f"{self.url}/moto-api/reset", method="POST")).read()

    def client(self, service):
        return boto3.client(
            service, region_name=REGION, endpoint_url=self.url, aws_access_key_id="emulated",
            aws_secret_access_key="emulated", config=Config(retries={"max_attempts": 1}))


def deploy(emulator, template, wanted):
    """One topology: `wanted` is its address plan as JSON, and the zones' letters."""
    plan, letters = wanted["plan"], wanted["letters"]
    zones = [REGION + letter for letter in letters]
    emulator.reset()
    ec2, cloudformation = emulator.client("ec2"), emulator.client("cloudformation")

    image = ec2.describe_images()["Images"][0]["ImageId"]
    emulator.client("ssm").put_parameter(
        Name="/imagebuilder/footlight/backend/image", Type="String", DataType="aws:ec2:image", Value=image)
    certificate = emulator.client("acm").request_certificate(DomainName="ingest.example.org")["CertificateArn"]

    body = open(template).read()
    check("the template fits into a direct call", len(body.encode()) <= 51_200, len(body.encode()))
    cloudformation.create_stack(
        StackName="footlight", TemplateBody=body, Capabilities=["CAPABILITY_IAM"],
        Parameters=[{"ParameterKey": "CertificateArn", "ParameterValue": certificate}])
    stack = cloudformation.describe_stacks(StackName="footlight")["Stacks"][0]
    equal("the stack is created", stack["StackStatus"], "CREATE_COMPLETE")
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName="footlight")
    resources = {
        each["LogicalResourceId"]: each for page in pages for each in page["StackResourceSummaries"]}
    declared = re.findall(r"^  (\w+):\n    Type: (AWS::\S+)", body.split("\nResources:")[1].split("\nOutputs:")[0], re.M)
    missing = sorted({f"{name} {kind}" for name, kind in declared if name not in resources})
    gaps = sorted({each.split()[1] for each in missing})
    equal("pinned: nothing is missing but the types that the emulator doesn't know", gaps, GAPS)

    def physical(name):
        return resources[name]["PhysicalResourceId"]

    names = {each["PhysicalResourceId"]: name for name, each in resources.items()
             if each["ResourceType"] != "AWS::EC2::SubnetRouteTableAssociation"}

    vpc = physical("VPC")
    equal("the VPC's block", ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["CidrBlock"], plan["vpc"])
    found = ec2.describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsSupport")
    check("the VPC resolves names", found["EnableDnsSupport"]["Value"])

    # Subnets: the plan, to the address.
    mine = [{"Name": "vpc-id", "Values": [vpc]}]
    subnets = {names[each["SubnetId"]]: each for each in ec2.describe_subnets(Filters=mine)["Subnets"]}
    tiers = plan["tiers"]
    equal("as many subnets as the plan has", len(subnets), sum(len(tier["subnets"]) for tier in tiers))
    for tier in tiers:
        name = tier["name"][0].upper() + tier["name"][1:]
        found = [subnets[f"{name}Subnet{letter.upper()}"] for letter in letters]
        equal(f"{tier['name']}: blocks", [each["CidrBlock"] for each in found], tier["subnets"])
        equal(f"{tier['name']}: zones", [each["AvailabilityZone"] for each in found], zones)
        usable = sum(ipaddress.ip_network(each["CidrBlock"]).num_addresses - 5 for each in found)
        equal(f"{tier['name']}: usable addresses", usable, tier["usable"])
        check(f"{tier['name']}: no public addresses", not any(each["MapPublicIpOnLaunch"] for each in found))

    # NAT gateways: one per zone, each with an address of its own, in a public subnet of that zone.
    gateways = {names[each["NatGatewayId"]]: each for each in ec2.describe_nat_gateways(Filters=mine)["NatGateways"]}
    equal("a NAT gateway per zone", sorted(gateways), [f"NATGateway{letter.upper()}" for letter in letters])
    for letter in letters:
        gateway = gateways[f"NATGateway{letter.upper()}"]
        equal(f"NAT gateway {letter}: its subnet", gateway["SubnetId"],
              subnets[f"PublicSubnet{letter.upper()}"]["SubnetId"])
    allocations = [each["NatGatewayAddresses"][0].get("AllocationId") for each in gateways.values()]
    addresses = {each["AllocationId"] for each in ec2.describe_addresses()["Addresses"]}
    check("each NAT gateway has an elastic address of its own",
          len(set(allocations)) == len(letters) and set(allocations) == addresses, allocations)

    # Route tables: every private subnet leaves by its own zone's NAT gateway, or not at all.
    tables = ec2.describe_route_tables(Filters=mine)["RouteTables"]
    by_subnet = {each["SubnetId"]: table for table in tables for each in table["Associations"] if "SubnetId" in each}
    internet = ec2.describe_internet_gateways(
        Filters=[{"Name": "attachment.vpc-id", "Values": [vpc]}])["InternetGateways"][0]["InternetGatewayId"]
    for tier in tiers:
        for letter in letters:
            subnet = subnets[f"{tier['name'][0].upper()}{tier['name'][1:]}Subnet{letter.upper()}"]
            table = by_subnet.get(subnet["SubnetId"], {"Routes": []})
            found = [route.get("NatGatewayId") or route.get("GatewayId") for route in table["Routes"]
                     if route.get("DestinationCidrBlock") == "0.0.0.0/0"]
            way = {"internet": [internet], "nat": [gateways[f"NATGateway{letter.upper()}"]["NatGatewayId"]],
                   "endpoints": []}[tier["egress"]]
            equal(f"{tier['name']} {letter}: its way out", found, way)

    # Endpoints.
    endpoints = {each["ServiceName"].split(".", 3)[3]: each for each in
                 ec2.describe_vpc_endpoints(Filters=mine)["VpcEndpoints"]}
    equal("endpoints", sorted(endpoints), sorted([
        "s3", "dynamodb", "autoscaling", "cloudformation", "ec2", "ec2messages", "logs", "monitoring", "sqs", "ssm",
        "ssmmessages", "sts"]))
    private = {each["RouteTableId"] for each in tables if names.get(each["RouteTableId"]) not in (
        None, "PublicRouteTable")}
    for service in ["s3", "dynamodb"]:
        equal(f"{service}: a gateway endpoint", endpoints[service]["VpcEndpointType"], "Gateway")
        equal(f"{service}: on every private route table", set(endpoints[service]["RouteTableIds"]), private)
        # Pinned: the emulator keeps a policy as Python writes it, not as JSON.
        policy = ast.literal_eval(endpoints[service]["PolicyDocument"])
        check(f"{service}: its policy names resources", all(each["Resource"] != "*" for each in policy["Statement"]))
    inner = {subnets[f"EndpointSubnet{letter.upper()}"]["SubnetId"] for letter in letters}
    for service in sorted(set(endpoints) - {"s3", "dynamodb"}):
        each = endpoints[service]
        check(f"{service}: an interface in each zone, by the service's own name",
              each["VpcEndpointType"] == "Interface" and set(each["SubnetIds"]) == inner and each["PrivateDnsEnabled"],
              each)

    # Security groups: into the database only from the group's instances.
    groups = {each["GroupId"]: each for each in ec2.describe_security_groups(Filters=mine)["SecurityGroups"]}
    database_group, backend_group = physical("DatabaseSecurityGroup"), physical("BackendSecurityGroup")
    rules = groups[database_group]["IpPermissions"]
    equal("the database's group lets in the backend on 5432",
          [(rule["FromPort"], [peer["GroupId"] for peer in rule["UserIdGroupPairs"]]) for rule in rules],
          [(5432, [backend_group])])

    # The group and its load balancer.
    scaling = emulator.client("autoscaling")
    group = scaling.describe_auto_scaling_groups()["AutoScalingGroups"][0]
    equal("the group's subnets", set(group["VPCZoneIdentifier"].split(",")),
          {subnets[f"BackendSubnet{letter.upper()}"]["SubnetId"] for letter in letters})
    equal("the group's sizes", (group["MinSize"], group["MaxSize"]), (len(letters), 6))
    equal("the group believes its load balancer", group["HealthCheckType"], "ELB")
    balancing = emulator.client("elbv2")
    target = balancing.describe_target_groups()["TargetGroups"][0]
    equal("the group registers with the target group", group["TargetGroupARNs"], [target["TargetGroupArn"]])
    equal("the target group's check",
          (target["HealthCheckPath"], target["HealthCheckIntervalSeconds"], target["UnhealthyThresholdCount"]),
          ("/health", 10, 3))
    actions = {each["DesiredCapacity"]: each["Recurrence"]
               for each in scaling.describe_scheduled_actions()["ScheduledUpdateGroupActions"]}
    equal("the group sleeps and wakes", actions, {0: "0 1 * * *", len(letters): "0 5 * * *"})
    instances = [each for page in ec2.describe_instances(Filters=mine)["Reservations"] for each in page["Instances"]]
    equal("as many instances as zones", len(instances), len(zones))
    check("no instance has a public address", not any(each.get("PublicIpAddress") for each in instances))
    balancer = balancing.describe_load_balancers()["LoadBalancers"][0]
    equal("the load balancer spans the zones",
          sorted(each["ZoneName"] for each in balancer["AvailabilityZones"]), zones)
    listeners = balancing.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    equal("HTTPS forwards, HTTP redirects",
          {each["Port"]: each["DefaultActions"][0]["Type"] for each in listeners}, {443: "forward", 80: "redirect"})

    # The database.
    rds = emulator.client("rds")
    subnet_group = rds.describe_db_subnet_groups()["DBSubnetGroups"][0]
    equal("the database subnet group's subnets", {each["SubnetIdentifier"] for each in subnet_group["Subnets"]},
          {subnets[f"DatabaseSubnet{letter.upper()}"]["SubnetId"] for letter in letters})
    database = rds.describe_db_instances()["DBInstances"][0]
    check("the database has a standby, is encrypted and private",
          database["MultiAZ"] and database["StorageEncrypted"] and not database["PubliclyAccessible"], database)
    template = ec2.describe_launch_template_versions(
        LaunchTemplateId=physical("BackendLaunchTemplate"))["LaunchTemplateVersions"][0]["LaunchTemplateData"]
    endpoint = database["Endpoint"]
    text = base64.b64decode(template["UserData"]).decode()
    check("and of the log group that its journal goes to", f" --log-group {physical('BackendLogGroup')}\n" in text, text)
    check("an instance is told of it at its first boot",
          f"footlight-backend-boot --database {endpoint['Address']}:{endpoint['Port']} --region {REGION} --listen "
          in text, text)

    # Buckets.
    s3 = emulator.client("s3")
    for name in ["Artefacts", "AccessLogs", "LogArchive"]:
        rule = s3.get_bucket_encryption(Bucket=physical(name))["ServerSideEncryptionConfiguration"]["Rules"][0]
        equal(f"{name}: encrypted", rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"], "AES256")

    # Roles: an instance profile for what EC2 assumes, and no user.
    iam = emulator.client("iam")
    equal("no user, so no stored key", iam.list_users()["Users"], [])
    equal("roles with an instance profile",
          sorted(names[role["RoleName"]] for profile in iam.list_instance_profiles()["InstanceProfiles"]
                 for role in profile["Roles"]), ["BackendRole", "ImageRole"])

    # Pinned: what the emulator gets wrong. When one of these fails, it has learnt something: check it in full then.
    found = ec2.describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsHostnames")
    equal("pinned: the emulator forgets EnableDnsHostnames", found["EnableDnsHostnames"]["Value"], False)
    equal("pinned: it starts every instance in the first zone",
          {each["Placement"]["AvailabilityZone"] for each in instances}, {zones[0]})
    equal("pinned: it drops the warm-up", group.get("DefaultInstanceWarmup"), None)
    bucket = physical("LogArchive")
    equal("pinned: it drops versioning", s3.get_bucket_versioning(Bucket=bucket).get("Status"), None)
    equal("pinned: it drops logging", s3.get_bucket_logging(Bucket=bucket).get("LoggingEnabled"), None)


def main():
    footlight, cfn_lint, checkov = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder, Emulator() as emulator:
        text = subprocess.run([footlight, "topology", "init"], check=True, capture_output=True, text=True).stdout
        two = text
        for old, new in TWO_ZONES:
            check(f"the default still has \"{old.strip()}\"", old in two)
            two = two.replace(old, new)
        for name, source, letters in [("three zones", text, "abc"), ("two zones", two, "ab")]:
            print(f"-- {name}")
            path = os.path.join(folder, name.replace(" ", "-"))
            with open(path + ".yaml", "w") as file:
                file.write(source)

            def render(form, suffix):
                subprocess.run([footlight, "topology", "render", path + ".yaml", "--format", form, "--out",
                                path + suffix], check=True)
                return path + suffix

            template = render("cloudformation", ".template.yaml")
            lint = subprocess.run([cfn_lint, "--include-checks", "I", "--", template], capture_output=True, text=True)
            check("cfn-lint: no error, warning or remark", lint.returncode == 0, lint.stdout)
            scan = subprocess.run(
                [checkov, "-f", template, "--framework", "cloudformation", "-o", "json", "--quiet", "--soft-fail"],
                capture_output=True, text=True)
            report = json.loads(scan.stdout)
            failures = [each["check_id"] + " " + each["resource"] for each in report["results"]["failed_checks"]]
            equal("checkov: nothing fails", failures, [])
            skips = [each["check_id"] for each in report["results"].get("skipped_checks", [])] or None
            equal("checkov: what is skipped is as many as have a reason", report["summary"]["skipped"],
                  sum(SKIPS.values()))
            check("checkov: no other check is skipped", skips is None or {
                each: skips.count(each) for each in skips} == SKIPS, skips)
            plan = json.loads(subprocess.run(
                [footlight, "topology", "addresses", path + ".yaml", "--json"], check=True, capture_output=True,
                text=True).stdout)
            deploy(emulator, template, {"plan": plan, "letters": letters})
            with open(render("terraform", ".tf")) as file:
                parsed = hcl2.load(file)
            check("terraform: it is HCL", len(parsed["resource"]) > 100, len(parsed.get("resource", [])))
            if terraform := shutil.which("terraform"):
                form = subprocess.run([terraform, "fmt", "-check", path + ".tf"], capture_output=True, text=True)
                check("terraform fmt leaves it as it is", form.returncode == 0, form.stdout + form.stderr)
            else:
                print("skip terraform fmt: no terraform")
        migrate(emulator, footlight, folder, check, equal)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
