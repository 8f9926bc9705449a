#!/usr/bin/env bash
# moto 5.2.5 (PyPI), an emulator of AWS, creating a stack from a CloudFormation template.
#
# Guess: "${Database.Endpoint.Address}" in Fn::Sub is what Fn::GetAtt gives for ["Database", "Endpoint.Address"]: AWS
# documents it so for attributes with a dot in their name, and an RDS instance's are of that kind.
# Behaviour: Fn::GetAtt gives the address; Fn::Sub looks for an attribute "Endpoint", the part before the second dot, and
# the stack's outputs can't be had: "resource Database does not support attribute type Endpoint in Fn::GetAtt".
# So whoever tests a template on moto writes the attribute as a variable of Fn::Sub, made by Fn::GetAtt.
#
# Ends with 1 if it behaves otherwise.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'moto[cloudformation,rds]==5.2.5'
export AWS_ACCESS_KEY_ID=nobody AWS_SECRET_ACCESS_KEY=nobody AWS_DEFAULT_REGION=eu-central-1
"$folder/venv/bin/python" - <<'PYTHON'
import json
import sys

import boto3
from moto import mock_aws
from moto.cloudformation.exceptions import ValidationError

DATABASE = {
    "Type": "AWS::RDS::DBInstance",
    "Properties": {
        "DBInstanceIdentifier": "database", "Engine": "postgres", "DBInstanceClass": "db.t4g.micro",
        "AllocatedStorage": "20", "MasterUsername": "owner", "MasterUserPassword": "only-for-this-test"}}


def output(value):
    """What a stack's output comes to, or why it comes to nothing."""
    template = {
        "AWSTemplateFormatVersion": "2010-09-09", "Resources": {"Database": DATABASE},
        "Outputs": {"Address": {"Value": value}}}
    with mock_aws():
        client = boto3.client("cloudformation")
        client.create_stack(StackName="stack", TemplateBody=json.dumps(template))
        try:
            return client.describe_stacks(StackName="stack")["Stacks"][0]["Outputs"][0]["OutputValue"]
        except ValidationError as error:
            return f"refused: {error}"


attribute = {"Fn::GetAtt": ["Database", "Endpoint.Address"]}
by_get_att = output(attribute)
by_sub = output({"Fn::Sub": "${Database.Endpoint.Address}"})
by_variable = output({"Fn::Sub": ["${Address}", {"Address": attribute}]})
for what, came in ("Fn::GetAtt", by_get_att), ("Fn::Sub", by_sub), ("Fn::Sub with a variable", by_variable):
    print(f"{what}: {came}")
as_told = by_sub.startswith("refused") and "attribute type Endpoint in" in by_sub and by_get_att == by_variable
sys.exit(0 if as_told and not by_get_att.startswith("refused") else 1)
PYTHON
