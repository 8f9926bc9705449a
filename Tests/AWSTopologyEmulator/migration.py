"""The reference migration, deployed phase by phase into the emulator, and read back after each phase."""

import json
import os
import re
import subprocess

from botocore.exceptions import ClientError

TOPOLOGIES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../AWSTopologyTests/Topologies")
STACK = "footlight-migration"
# T7 and T9, by hand: what the zones' first tier is before, on the way, and after.
REFERENCE = {
    "InternalLoadBalancerSubnetA": ["10.0.0.0/24", "10.0.15.0/25", "10.0.0.0/25"],
    "InternalLoadBalancerSubnetB": ["10.0.1.0/24", "10.0.0.128/25"],
    "InternalLoadBalancerSubnetC": [None, "10.0.1.0/25"],
    "DatabaseSubnetA": ["10.0.6.0/24", "10.0.15.0/26", "10.0.6.0/26"],
    "DatabaseSubnetB": ["10.0.7.0/24", "10.0.6.64/26"],
    "DatabaseSubnetC": [None, "10.0.6.128/26"],
}


class Stack:
    """The stack in the emulator."""

    def __init__(self, emulator):
        emulator.reset()
        self.ec2, self.formation = emulator.client("ec2"), emulator.client("cloudformation")
        self.rds = emulator.client("rds")
        image = self.ec2.describe_images()["Images"][0]["ImageId"]
        emulator.client("ssm").put_parameter(
            Name="/imagebuilder/footlight/backend/image", Type="String", DataType="aws:ec2:image", Value=image)
        certificate = emulator.client("acm").request_certificate(DomainName="ingest.example.org")["CertificateArn"]
        self.parameters = [{"ParameterKey": "CertificateArn", "ParameterValue": certificate}]

    def create(self, body):
        self.formation.create_stack(
            StackName=STACK, TemplateBody=body, Capabilities=["CAPABILITY_IAM"], Parameters=self.parameters)

    def update(self, body):
        self.formation.update_stack(
            StackName=STACK, TemplateBody=body, Capabilities=["CAPABILITY_IAM"], Parameters=self.parameters)

    def status(self):
        return self.formation.describe_stacks(StackName=STACK)["Stacks"][0]["StackStatus"]

    def resources(self):
        pages = self.formation.get_paginator("list_stack_resources").paginate(StackName=STACK)
        return [each for page in pages for each in page["StackResourceSummaries"]]

    def read(self):
        """Blocks and zones by subnet, and what is wrong with the ways out."""
        physical = {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in self.resources()
                    if each["ResourceType"] in ("AWS::EC2::VPC", "AWS::EC2::Subnet")}
        names = {identifier: name for name, identifier in physical.items()}
        mine = [{"Name": "vpc-id", "Values": [physical["VPC"]]}]
        subnets = {names.get(each["SubnetId"], "left behind " + each["SubnetId"]): (
            each["CidrBlock"], each["AvailabilityZone"]) for each in self.ec2.describe_subnets(Filters=mine)["Subnets"]}
        living = {each["NatGatewayId"] for each in self.ec2.describe_nat_gateways(Filters=mine)["NatGateways"]
                  if each["State"] == "available"}
        wrong, with_table = [], set()
        for table in self.ec2.describe_route_tables(Filters=mine)["RouteTables"]:
            with_table |= {names.get(each["SubnetId"]) for each in table["Associations"] if "SubnetId" in each}
            wrong += [f"{table['RouteTableId']} leads to {route['NatGatewayId']}, which is gone"
                      for route in table["Routes"] if route.get("NatGatewayId") and route["NatGatewayId"] not in living]
        wrong += [f"{name} has no route table" for name in subnets if name not in with_table]
        return subnets, wrong


def declared(body, region="eu-central-1"):
    """Blocks and zones by subnet, as a template has them."""
    found = re.findall(
        r"^  (\w+):\n(?:    (?!Type).*\n)*    Type: AWS::EC2::Subnet\n((?:    .*\n)+)", body, re.M)
    return {name: (re.search(r"CidrBlock: \"?([\d./]+)", text).group(1),
                   region + re.search(r"AvailabilityZone: !Sub \"?\$\{AWS::Region\}(\w)", text).group(1))
            for name, text in found}


def migrate(emulator, footlight, folder, check, equal):
    print("-- migration from two zones to three")
    two, three = os.path.join(TOPOLOGIES, "two-zones.yaml"), os.path.join(TOPOLOGIES, "three-zones.yaml")
    out = os.path.join(folder, "migration")
    plan = json.loads(subprocess.run(
        [footlight, "topology", "migrate", two, three, "--out", out, "--json"], check=True, capture_output=True,
        text=True).stdout)

    def template(name):
        with open(os.path.join(out, name)) as file:
            return file.read()

    # In one step: refused by the model, with what is in the way; and by the emulator.
    conflicts = plan["oneStepConflicts"]
    kinds = {kind: sum(each["kind"] == kind for each in conflicts) for kind in ("address", "association", "interface")}
    equal("one step: the model's conflicts", kinds, {"address": 21, "association": 2, "interface": 8})
    predicted = {each["resource"] for each in conflicts if each["kind"] == "address"}
    last = [each["template"] for each in plan["steps"] if each.get("template")][-1]
    stack = Stack(emulator)
    stack.create(template("00-before.yaml"))
    try:
        stack.update(template(last))
        refusal = "no refusal"
    except ClientError as error:
        refusal = error.response["Error"]["Message"]
    block = re.search(r"'([\d./]+)'", refusal)
    victims = {name for name, (cidr, _) in declared(template(last)).items() if block and cidr == block.group(1)}
    check("one step: the emulator refuses a subnet whose conflict the model named",
          "conflicts with another subnet" in refusal and bool(victims) and victims <= predicted, refusal)

    # Step by step.
    stack = Stack(emulator)
    stack.create(template("00-before.yaml"))
    equal("before: created", stack.status(), "CREATE_COMPLETE")
    subnets, wrong = stack.read()
    equal("before: subnets", subnets, declared(template("00-before.yaml")))
    ways = {name: [cidr] for name, (cidr, _) in subnets.items()}
    database = stack.rds.describe_db_instances()["DBInstances"][0]["DBInstanceIdentifier"]
    for step in plan["steps"]:
        what = f"{step['step']:02} {step['title']}"
        if not step.get("template"):
            stack.rds.reboot_db_instance(DBInstanceIdentifier=database, ForceFailover=True)
            continue
        body = template(step["template"])
        try:
            stack.update(body)
        except ClientError as error:
            check(f"{what}: deployed", False, error)
            return
        subnets, wrong = stack.read()
        equal(f"{what}: updated", stack.status(), "UPDATE_COMPLETE")
        equal(f"{what}: subnets to the address, and no other", subnets, declared(body))
        equal(f"{what}: every subnet has its table, every route a living NAT gateway", wrong, [])
        for name, (cidr, _) in subnets.items():
            if name not in ways:
                ways[name] = [None, cidr]
            elif ways[name][-1] != cidr:
                ways[name].append(cidr)
    equal("the ways that subnets went are the plan's", ways,
          {each["subnet"]: each["cidrBlocks"] for each in plan["subnets"]})
    equal("and the reference's, by hand", {name: ways.get(name) for name in REFERENCE}, REFERENCE)
    equal("the database is the one that it was",
          [(each["DBInstanceIdentifier"], each["MultiAZ"]) for each in stack.rds.describe_db_instances()["DBInstances"]],
          [(database, True)])
    addresses = json.loads(subprocess.run(
        [footlight, "topology", "addresses", three, "--json"], check=True, capture_output=True, text=True).stdout)
    equal("what stands in the end is the address plan", sorted(cidr for cidr, _ in subnets.values()),
          sorted(cidr for tier in addresses["tiers"] for cidr in tier["subnets"]))
