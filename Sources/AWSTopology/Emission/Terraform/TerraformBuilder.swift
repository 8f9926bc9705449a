/// Makes Terraform's blocks from a topology's resources, part by part.
struct TerraformBuilder {
    let topology: Topology
    let names: TerraformNames

    init(topology: Topology) {
        self.topology = topology
        names = TerraformNames(topology)
    }

    typealias Item = TerraformBlock.Item

    func make<R: Resource>(_ resource: R, _ type: String, _ items: [Item?]) -> TerraformBlock {
        TerraformBlock(
            "resource", [type, names.name(resource.name)], reason: topology.reason(for: resource), items)
    }

    /// A block that the model keeps within another resource.
    func part<R: Resource>(
        of resource: R, _ type: String, suffix: String = "", reason: String = "", _ items: [Item?]
    ) -> TerraformBlock {
        TerraformBlock("resource", [type, names.name(resource.name) + suffix], reason: reason, items)
    }

    func ref<T>(_ reference: Reference<T>, _ attribute: String = "") -> TerraformValue {
        names.expression(reference.name, attribute).map { .expression($0) } ?? names.value(reference.name)
    }

    func refs<T>(_ references: [Reference<T>], _ attribute: String = "") -> TerraformValue {
        .list(references.map { ref($0, attribute) })
    }

    func text(_ text: String) -> TerraformValue { names.value(text) }

    func tags(_ name: String, _ more: [(key: String, value: TerraformValue)] = []) -> Item {
        .argument("tags", .object([("Name", .text(name))] + more))
    }

    /// The terraform block, the provider, variables, and what is looked up.
    var head: [TerraformBlock] {
        let provider = TerraformValue.object([
            ("source", .text("hashicorp/aws")), ("version", .text(">= 6.0, < 7.0")),
        ])
        var blocks = [
            TerraformBlock(
                "terraform", [],
                [
                    .argument("required_version", .text(">= 1.5")),
                    .block("required_providers", [.argument("aws", provider)]),
                ]),
            TerraformBlock(
                "provider", ["aws"],
                [
                    .argument("region", topology.region.map { .text($0) } ?? .expression("var.region")),
                    .block("default_tags", [.argument("tags", .object([("Stack", .expression("local.name"))]))]),
                ]),
            TerraformBlock("locals", [], [.argument("name", .text(topology.name))]),
            TerraformBlock("data", ["aws_region", "current"]),
            TerraformBlock("data", ["aws_partition", "current"]),
            TerraformBlock("data", ["aws_caller_identity", "current"]),
        ]
        if topology.region == nil {
            blocks.append(TerraformBlock("variable", ["region"], [.argument("type", .expression("string"))]))
        }
        for parameter in topology.parameters {
            let name = TerraformNames.snake(parameter.name)
            blocks.append(
                TerraformBlock(
                    "variable", [name],
                    [
                        .argument("description", .text(parameter.description)),
                        .argument("type", .expression("string")),
                        .argument("default", ifAny: parameter.defaultValue.map { .text($0) }),
                    ]))
            if parameter.type.hasPrefix("AWS::SSM::Parameter::Value") {
                blocks.append(
                    TerraformBlock(
                        "data", ["aws_ssm_parameter", name], [.argument("name", .expression("var.\(name)"))]))
            }
        }
        return blocks
    }

    var outputs: [TerraformBlock] {
        let template = CloudFormationBuilder(topology: topology).outputs
        return template.compactMap { output in
            let expression: String? =
                switch output.value {
                case .ref(let name): names.expression(name)
                case .attribute(let name, let attribute): names.expression(name, attribute)
                default: nil
                }
            return expression.map {
                TerraformBlock(
                    "output", [TerraformNames.snake(output.name)],
                    [.argument("description", .text(output.description)), .argument("value", .expression($0))])
            }
        }
    }
}
