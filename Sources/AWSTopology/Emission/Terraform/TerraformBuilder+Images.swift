extension TerraformBuilder {
    var images: [TerraformBlock] { topology.imagePipelines.flatMap(pipeline) }

    private func pipeline(_ pipeline: ImagePipeline) -> [TerraformBlock] {
        let name = names.name(pipeline.name)
        let title = Item.argument("name", .text("\(topology.name)-\(name.replacing("_", with: "-"))"))
        return recipe(pipeline, name, title) + [
            infrastructure(pipeline, title), distribution(pipeline, title), schedule(pipeline, name, title),
        ]
    }

    private func recipe(_ pipeline: ImagePipeline, _ name: String, _ title: Item) -> [TerraformBlock] {
        var blocks: [TerraformBlock] = []
        var components = pipeline.components.map(text)
        if let artefacts = pipeline.artefacts, topology[artefacts] != nil,
            let data = CloudFormationBuilder(topology: topology).images
                .first(where: { $0.name == "\(pipeline.name)Component" })?.properties["Data"],
            case .sub(let script) = data
        {
            blocks.append(
                part(
                    of: pipeline, "aws_imagebuilder_component", reason: "F8: an image is made from scripted steps.",
                    [
                        title, .argument("version", .text(pipeline.recipeVersion)),
                        .argument("platform", .text("Linux")), .argument("data", text(script)),
                    ]))
            components.append(.expression("aws_imagebuilder_component.\(name).arn"))
        }
        let recipe: [Item?] = [
            title, .argument("version", .text(pipeline.recipeVersion)),
            .argument("parent_image", text(pipeline.parentImage)),
        ]
        blocks.append(
            part(
                of: pipeline, "aws_imagebuilder_image_recipe",
                recipe + components.map { .block("component", [.argument("component_arn", $0)]) }))
        return blocks
    }

    private func infrastructure(_ pipeline: ImagePipeline, _ title: Item) -> TerraformBlock {
        part(
            of: pipeline, "aws_imagebuilder_infrastructure_configuration",
            [
                title, .argument("instance_profile_name", profile(pipeline.role, "name")),
                .argument("instance_types", .list(pipeline.instanceTypes.map { .text($0) })),
                .argument("subnet_id", ifAny: pipeline.subnet.map { ref($0) }),
                .argument("security_group_ids", refs(pipeline.securityGroups, "GroupId")),
                .argument("terminate_instance_on_failure", .boolean(true)),
                .block(
                    "instance_metadata_options",
                    [
                        .argument("http_tokens", .text("required")),
                        .argument("http_put_response_hop_limit", .integer(1)),
                    ]),
            ])
    }

    private func distribution(_ pipeline: ImagePipeline, _ title: Item) -> TerraformBlock {
        part(
            of: pipeline, "aws_imagebuilder_distribution_configuration",
            reason: "T2: the newest image's id, where launch templates read it.",
            [
                title,
                .block(
                    "distribution",
                    [
                        .argument("region", .expression("data.aws_region.current.region")),
                        .block(
                            "ami_distribution_configuration",
                            [.argument("name", .text("${local.name}-{{ imagebuilder:buildDate }}"))]),
                        pipeline.imageParameter.map { parameter in
                            .block(
                                "ssm_parameter_configuration",
                                [
                                    .argument("parameter_name", .text(parameter)),
                                    .argument("data_type", .text("aws:ec2:image")),
                                ])
                        },
                    ]),
            ])
    }

    private func schedule(_ pipeline: ImagePipeline, _ name: String, _ title: Item) -> TerraformBlock {
        make(
            pipeline, "aws_imagebuilder_image_pipeline",
            [
                title, .argument("image_recipe_arn", .expression("aws_imagebuilder_image_recipe.\(name).arn")),
                .argument(
                    "infrastructure_configuration_arn",
                    .expression("aws_imagebuilder_infrastructure_configuration.\(name).arn")),
                .argument(
                    "distribution_configuration_arn",
                    .expression("aws_imagebuilder_distribution_configuration.\(name).arn")),
                pipeline.schedule.map { schedule in
                    .block(
                        "schedule",
                        [
                            .argument("schedule_expression", .text(schedule)),
                            .argument("pipeline_execution_start_condition", .text("EXPRESSION_MATCH_ONLY")),
                        ])
                },
            ])
    }
}
