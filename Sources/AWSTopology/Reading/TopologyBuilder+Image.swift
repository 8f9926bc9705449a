extension TopologyBuilder {
    /// The Systems Manager parameter that the pipeline writes the newest image's id to, and the launch templates read.
    ///
    /// Under `/imagebuilder/`, for there alone the service's own role may write parameters.
    ///
    /// - Source: AWS managed policy AWSServiceRoleForImageBuilder.
    static var imageParameter: String { "/imagebuilder/footlight/backend/image" }

    /// AWS's own components: one installs updates, the other the agent that takes logs to CloudWatch, as it is newest.
    static var components: [String] {
        ["update-linux", "amazon-cloudwatch-agent-linux"].map {
            "arn:${AWS::Partition}:imagebuilder:${AWS::Region}:aws:component/\($0)/x.x.x"
        }
    }

    mutating func image(_ outer: inout FieldReader) throws(TopologyError) {
        guard var fields = try outer.mapping("image") else { return }
        let subnets = try subnets(tier: try fields.text("tier"), fields)
        let parent =
            try fields.text("parentImage")
            ?? "arn:${AWS::Partition}:imagebuilder:${AWS::Region}:aws:image/amazon-linux-2023-arm64/x.x.x"
        let version = try fields.text("recipeVersion") ?? "1.0.0"
        let components = try fields.list("components") ?? Self.components
        let types = try fields.list("instanceTypes") ?? ["t4g.small"]
        let schedule = try fields.text("schedule")
        // The bucket that instances read from: neither an archive nor one that receives logs.
        let artefacts = topology.buckets.first { $0.objectLock == nil && $0.accessLogging != nil }
        try fields.finish()
        topology.parameters.append(
            Parameter(
                name: "ImageId", type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
                defaultValue: Self.imageParameter, description: "The machine image, by the parameter that holds its id")
        )
        add(
            SecurityGroup(name: "ImageSecurityGroup", vpc: vpc, description: "The instance that builds images"),
            at: fields)
        let managed = ["EC2InstanceProfileForImageBuilder", "AmazonSSMManagedInstanceCore"]
        add(
            Role(
                name: "ImageRole", assumeRolePolicy: .assumed(by: "ec2.amazonaws.com"),
                managedPolicies: managed.map { "arn:${AWS::Partition}:iam::aws:policy/\($0)" },
                policies: artefacts.map { bucket in
                    let read = PolicyStatement(
                        sid: "ReadFrom\(bucket.name)", actions: ["s3:GetObject"], resources: ["${\(bucket.name).Arn}/*"]
                    )
                    return [Role.Policy(name: "artefacts", document: PolicyDocument(statements: [read]))]
                } ?? []),
            at: fields)
        add(
            ImagePipeline(
                name: "ImagePipeline", parentImage: parent, recipeVersion: version, components: components,
                artefacts: artefacts?.reference, schedule: schedule, instanceTypes: types, role: "ImageRole",
                subnet: subnets.first,
                securityGroups: ["ImageSecurityGroup"], imageParameter: Self.imageParameter),
            at: fields)
    }
}
