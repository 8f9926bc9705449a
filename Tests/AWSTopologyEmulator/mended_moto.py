"""moto in server mode, with mends for what would keep a stack from being created, or read back, at all.

Each mend is of one fault of moto 5.2.5, named; whatever else it gets wrong is left, and pinned in emulator.py.
"""

import moto.cloudformation.parsing as parsing
import moto.ec2.models.subnets as subnets
import moto.rds.models as rds

import stack_updates  # noqa: F401 (updates as CloudFormation does them)

# !Ref of a DB parameter group gives the object, not its name.
rds.DBParameterGroup.physical_resource_id = property(lambda self: self.name)

# !GetAtt Database.DbiResourceId is refused.
_get, _has = rds.DBInstance.get_cfn_attribute, rds.DBInstance.has_cfn_attr
rds.DBInstance.has_cfn_attr = classmethod(lambda _, attribute: attribute == "DbiResourceId" or _has(attribute))
rds.DBInstance.get_cfn_attribute = lambda self, attribute: (
    self.dbi_resource_id if attribute == "DbiResourceId" else _get(self, attribute))

# ${Database.Endpoint.Address} within !Sub is taken for the attribute Endpoint.
_clean = parsing.clean_json


def _clean_with_dots(resource_json, resources_map):
    path = resource_json.get("Fn::GetAtt") if isinstance(resource_json, dict) else None
    if isinstance(path, list) and len(path) > 2:
        resource_json = {"Fn::GetAtt": [path[0], ".".join(path[1:])]}
    return _clean(resource_json, resources_map)


parsing.clean_json = _clean_with_dots

# A route table's association is made, but the API never tells of it.
_associate = subnets.SubnetBackend.create_subnet_association


def _associate_for_all_to_see(self, route_table_id, subnet_id):
    self.associate_route_table(route_table_id, subnet_id=subnet_id)
    return _associate(self, route_table_id, subnet_id)


subnets.SubnetBackend.create_subnet_association = _associate_for_all_to_see

if __name__ == "__main__":
    from moto.server import main

    main()
