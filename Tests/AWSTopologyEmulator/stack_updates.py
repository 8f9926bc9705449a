"""CloudFormation's updates of a stack, for moto, which changes in place what must be replaced, or forgets it.

As CloudFormation does it: what is new and every replacement is made first, what refers to a replacement follows, what
is old is deleted last. Which properties make for a replacement is asked of the CloudFormation registry's schemas, as
cfn-lint has them: not of Footlight's own table, which this is to check.

Besides, as EC2 does it: no subnet is deleted while an interface is in it.
"""

import re
import traceback

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
from moto.autoscaling.models import autoscaling_backends
from moto.cloudformation import parsing
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import ec2_backends
from moto.elbv2.models import elbv2_backends

# Deleted in this order, all others before: an association is gone with its subnet's new one.
LAST = ["AWS::EC2::Route", "AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::NatGateway", "AWS::EC2::EIP",
        "AWS::EC2::RouteTable", "AWS::EC2::Subnet"]


def references(value):
    """The logical names that a piece of a template refers to."""
    if isinstance(value, list):
        return {name for each in value for name in references(each)}
    if not isinstance(value, dict):
        return set()
    names = set()
    for key, inner in value.items():
        if key == "Ref":
            names.add(inner)
        elif key == "Fn::GetAtt":
            names.add(inner.split(".")[0] if isinstance(inner, str) else inner[0])
        elif key == "Fn::Sub":
            names |= set(re.findall(r"\$\{(\w+)", inner if isinstance(inner, str) else inner[0]))
        else:
            names |= references(inner)
    return names


def create_only(kind, region):
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(region, kind).schema
    return {path.split("/")[2] for path in schema.get("createOnlyProperties", [])}


def what_changes(old, new, region):
    """The properties that change, by resource that stays, and which of those resources are replaced."""
    staying = [name for name in new if name in old]
    changed = {}
    for name in staying:
        before, after = old[name].get("Properties", {}), new[name].get("Properties", {})
        changed[name] = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    replaced = set()
    while True:
        for name in staying:
            for key, value in new[name].get("Properties", {}).items():
                if references(value) & replaced - {name}:
                    changed[name].add(key)
        more = {name for name in staying if changed[name] & create_only(new[name]["Type"], region)} - replaced
        if not more:
            return {name: keys for name, keys in changed.items() if keys}, replaced
        replaced |= more


def change(ec2, stack, name, resource, keys):
    """Changes a resource where it is."""
    kind = stack._resource_json_map[name]["Type"]
    described = parsing.parse_resource_and_generate_name(name, stack._resource_json_map[name], stack)
    if not described or resource is None:
        return  # A type that the emulator doesn't make.
    wanted = described[1].get("Properties", {})
    if kind == "AWS::EC2::Route":
        ec2.replace_route(
            wanted["RouteTableId"], wanted["DestinationCidrBlock"], nat_gateway_id=wanted.get("NatGatewayId"),
            gateway_id=wanted.get("GatewayId"))
    elif kind == "AWS::EC2::VPCEndpoint":
        if "SubnetIds" in keys:
            for interface in resource.network_interface_ids:
                ec2.enis.pop(interface, None)
            resource.subnet_ids = list(wanted["SubnetIds"])
            resource.network_interface_ids = [
                ec2.create_network_interface(ec2.get_subnet(subnet), None).id for subnet in resource.subnet_ids]
        resource.route_table_ids = list(wanted.get("RouteTableIds") or [])
    elif kind == "AWS::ElasticLoadBalancingV2::LoadBalancer":
        elbv2_backends[stack._account_id][stack._region_name].set_subnets(resource.arn, wanted["Subnets"], [])
    elif kind == "AWS::AutoScaling::AutoScalingGroup":
        group = autoscaling_backends[stack._account_id][stack._region_name].autoscaling_groups[resource.name]
        size = group.desired_capacity
        # What runs in a subnet that is left is ended, and started in another one.
        group.set_desired_capacity(0)
        group._set_azs_and_vpcs([], ",".join(wanted["VPCZoneIdentifier"]), update=True)
        group.set_desired_capacity(size)
    elif kind == "AWS::RDS::DBSubnetGroup":
        resource._subnets = [ec2.get_subnet(subnet) for subnet in wanted["SubnetIds"]]
    elif kind == "AWS::RDS::DBInstance" and keys == {"MultiAZ"}:
        resource.multi_az = wanted["MultiAZ"]
    else:
        raise NotImplementedError(f"{name}: {kind}: {', '.join(sorted(keys))}")


def delete(ec2, stack, resource, kind):
    if resource is None:
        return
    if kind == "AWS::EC2::Route":
        table, block = resource.route_table.id, resource.destination_cidr_block
        ec2.delete_route(table, block)
    elif kind == "AWS::EC2::SubnetRouteTableAssociation":
        for table in ec2.route_tables.values():
            for key in [key for key, subnet in table._associations.items() if subnet == resource.subnet_id]:
                del table._associations[key]
    elif kind == "AWS::EC2::NatGateway":
        # In the emulator a deleted one keeps its interface and its address.
        ec2.delete_nat_gateway(resource.id)
        for address in [each for each in ec2.addresses if each.eni is resource._eni]:
            ec2.disassociate_address(address=address.public_ip)
        ec2.enis.pop(resource._eni.id, None)
    elif kind == "AWS::EC2::EIP":
        ec2.release_address(allocation_id=resource.allocation_id)
    elif kind == "AWS::EC2::RouteTable":
        ec2.delete_route_table(resource.id)
    elif kind == "AWS::EC2::Subnet":
        # An instance that has ended keeps its interface in the emulator.
        inside = [each.id for each in ec2.get_all_network_interfaces() if each.subnet.id == resource.id
                  and not (each.instance and each.instance.state == "terminated")]
        inside += [each.id for each in ec2.nat_gateways.values()
                   if each.subnet_id == resource.id and each.state != "deleted"]
        inside += [each.name for each in elbv2_backends[stack._account_id][stack._region_name].load_balancers.values()
                   if resource.id in [subnet.id for subnet in each.subnets]]
        if inside:
            raise EC2ClientError("DependencyViolation", f"{resource.id} has dependencies: {', '.join(inside)}")
        ec2.delete_subnet(resource.id)
    else:
        raise NotImplementedError(f"deleting {kind}")


def update(stack, template, parameters=None):
    ec2 = ec2_backends[stack._account_id][stack._region_name]
    old_json, old = stack._resource_json_map, dict(stack._parsed_resources)
    new_json = template["Resources"]
    changed, replaced = what_changes(old_json, new_json, stack._region_name)
    stack._template, stack._resource_json_map = template, new_json
    if parameters:
        stack.input_parameters = parameters
    stack.load_mapping()
    stack.load_parameters()
    stack.load_conditions()
    for name in [name for name in [*old_json] if name in replaced or name not in new_json]:
        stack._parsed_resources.pop(name, None)
    for name in new_json:
        if name in replaced or name not in old_json:
            _ = stack[name]
    for name, keys in changed.items():
        if name not in replaced:
            change(ec2, stack, name, stack._parsed_resources.get(name), keys)
    gone = [name for name in old_json if name in replaced or name not in new_json]
    for name in sorted(gone, key=lambda name: LAST.index(old_json[name]["Type"]) if old_json[name]["Type"] in LAST else -1):
        if old_json[name]["Type"] == "AWS::EC2::SubnetRouteTableAssociation" and name in replaced:
            if old.get(name) and old[name].subnet_id == stack._parsed_resources[name].subnet_id:
                continue
        delete(ec2, stack, old.get(name), old_json[name]["Type"])


def update_or_tell(stack, template, parameters=None):
    """The server answers a fault of ours by 500 and keeps it to itself: it belongs into its log."""
    try:
        update(stack, template, parameters)
    except Exception:
        traceback.print_exc()
        raise


parsing.ResourceMap.update = update_or_tell
