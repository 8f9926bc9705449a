extension CloudFormationBuilder {
    var images: [TemplateResource] { topology.imagePipelines.flatMap(pipeline) }

    /// Names in Image Builder are the account's, so they begin with the topology's.
    private func name(_ pipeline: ImagePipeline) -> TemplateValue { .sub("${AWS::StackName}-\(pipeline.name)") }

    private func pipeline(_ pipeline: ImagePipeline) -> [TemplateResource] {
        var components = pipeline.components.map { TemplateValue.interpolated($0) }
        var resources: [TemplateResource] = []
        if let artefacts = pipeline.artefacts, topology[artefacts] != nil {
            let component = component(of: pipeline, artefacts)
            resources.append(component)
            components.append(.ref(component.name))
        }
        resources += [
            part(
                of: pipeline, "Recipe", type: "AWS::ImageBuilder::ImageRecipe",
                [
                    "Name": name(pipeline), "Version": .text(pipeline.recipeVersion),
                    "ParentImage": .interpolated(pipeline.parentImage),
                    "Components": .list(components.map { .fields(["ComponentArn": $0]) }),
                ]),
            part(
                of: pipeline, "Infrastructure", type: "AWS::ImageBuilder::InfrastructureConfiguration",
                [
                    "Name": name(pipeline),
                    "InstanceProfileName": topology[pipeline.role] == nil
                        ? .interpolated(pipeline.role.name) : .ref("\(pipeline.role)InstanceProfile"),
                    "InstanceTypes": pipeline.instanceTypes.isEmpty
                        ? nil : .list(pipeline.instanceTypes.map { .text($0) }),
                    "SubnetId": pipeline.subnet.map { ref($0) },
                    "SecurityGroupIds": pipeline.securityGroups.isEmpty
                        ? nil : .list(pipeline.securityGroups.map { attribute($0, "GroupId") }),
                    "InstanceMetadataOptions": .fields(["HttpTokens": "required", "HttpPutResponseHopLimit": 1]),
                    "TerminateInstanceOnFailure": true,
                ]),
        ]
        resources.append(distribution(of: pipeline))
        resources.append(
            make(
                pipeline,
                [
                    "Name": name(pipeline), "ImageRecipeArn": .ref("\(pipeline.name)Recipe"),
                    "InfrastructureConfigurationArn": .ref("\(pipeline.name)Infrastructure"),
                    "DistributionConfigurationArn": .ref("\(pipeline.name)Distribution"),
                    "Schedule": pipeline.schedule.map { schedule in
                        .fields([
                            "ScheduleExpression": .text(schedule),
                            "PipelineExecutionStartCondition": "EXPRESSION_MATCH_ONLY",
                        ])
                    },
                    "Status": "ENABLED",
                ]))
        return resources
    }

    private func distribution(of pipeline: ImagePipeline) -> TemplateResource {
        var resource = part(
            of: pipeline, "Distribution", type: "AWS::ImageBuilder::DistributionConfiguration",
            [
                "Name": name(pipeline),
                "Distributions": .list([
                    .fields([
                        "Region": .ref("AWS::Region"),
                        "AmiDistributionConfiguration": .fields([
                            "Name": .sub("${AWS::StackName}-{{ imagebuilder:buildDate }}")
                        ]),
                        "SsmParameterConfigurations": pipeline.imageParameter.map { parameter in
                            .list([.fields(["ParameterName": .text(parameter), "DataType": "aws:ec2:image"])])
                        },
                    ])
                ]),
            ])
        resource.reason = "T2: the newest image's id, where launch templates read it."
        return resource
    }

    /// Installs the backend from the bucket of artefacts: what `make install DESTDIR=…` lays out, as one archive.
    private func component(of pipeline: ImagePipeline, _ artefacts: Reference<Bucket>) -> TemplateResource {
        var resource = part(
            of: pipeline, "Component", type: "AWS::ImageBuilder::Component",
            [
                "Name": name(pipeline), "Version": .text(pipeline.recipeVersion), "Platform": "Linux",
                "Data": .sub(
                    """
                    name: footlight-backend
                    schemaVersion: 1.0
                    phases:
                      - name: build
                        steps:
                          - name: download
                            action: S3Download
                            inputs:
                              - source: s3://${\(artefacts)}/footlight-backend.tar.gz
                                destination: /tmp/footlight-backend.tar.gz
                          - name: install
                            action: ExecuteBash
                            inputs:
                              commands:
                                - tar --extract --gzip --no-same-owner --directory / --file /tmp/footlight-backend.tar.gz
                                - rm /tmp/footlight-backend.tar.gz
                                - systemctl enable footlight-backend
                      - name: validate
                        steps:
                          - name: installed
                            action: ExecuteBash
                            inputs:
                              commands:
                                - systemctl is-enabled footlight-backend

                    """),
            ])
        resource.reason = "F8: an image is made from scripted, repeatable steps."
        return resource
    }
}
