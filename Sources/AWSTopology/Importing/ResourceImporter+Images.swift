extension ResourceImporter {
    /// An image pipeline with what its recipe, its infrastructure and its distribution say, where they are in the file.
    func pipeline(_ resource: ImportedResource) -> ImagePipeline {
        func part(_ key: String) -> ImportedResource? { resource[key].referred.flatMap { byName[$0] } }
        let recipe = part("ImageRecipeArn")
        let infrastructure = part("InfrastructureConfigurationArn")
        let distribution = part("DistributionConfigurationArn")
        var pipeline = ImagePipeline(
            name: resource.name, parentImage: recipe?["ParentImage"].string ?? "",
            recipeVersion: recipe?["Version"].string ?? "",
            schedule: resource["Schedule"]["ScheduleExpression"].string, role: "")
        for item in recipe?["Components"].items ?? [] {
            let component = item["ComponentArn"]
            if let own = component.referred.flatMap({ byName[$0] }) {
                pipeline.artefacts = artefacts(of: own) ?? pipeline.artefacts
            } else if let text = component.string {
                pipeline.components.append(text)
            }
        }
        guard let infrastructure else { return pipeline }
        pipeline.instanceTypes = infrastructure["InstanceTypes"].strings
        pipeline.role = role(ofProfile: infrastructure["InstanceProfileName"]) ?? ""
        pipeline.subnet = Self.reference(infrastructure["SubnetId"])
        pipeline.securityGroups = Self.references(infrastructure["SecurityGroupIds"])
        pipeline.imageParameter =
            distribution?["Distributions"].items.first?["SsmParameterConfigurations"].items.first?["ParameterName"]
            .string
        return pipeline
    }

    /// The bucket that a component fetches from.
    private func artefacts(of component: ImportedResource) -> Reference<Bucket>? {
        guard let script = component["Data"].string else { return nil }
        let names = TemplateValue.sub(script).references
        return names.first { byName[$0]?.type == "AWS::S3::Bucket" }.map { Reference($0) }
    }
}
