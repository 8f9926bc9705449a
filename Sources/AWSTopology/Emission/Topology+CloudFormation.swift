extension Topology {
    /// The topology as a CloudFormation template in YAML, ready to deploy; the same bytes for the same topology.
    ///
    /// Where it is larger than ``CloudFormationTemplate/greatestDirectSize``, it deploys by way of a bucket.
    public func cloudFormation() -> String { cloudFormationTemplate.yaml }

    /// The topology as a CloudFormation template, as a value.
    public var cloudFormationTemplate: CloudFormationTemplate {
        let builder = CloudFormationBuilder(topology: withLogicalNames)
        let sections = [
            CloudFormationTemplate.Section(title: "Network", resources: builder.network),
            CloudFormationTemplate.Section(title: "Endpoints", resources: builder.endpoints),
            CloudFormationTemplate.Section(title: "Security groups", resources: builder.securityGroups),
            CloudFormationTemplate.Section(title: "Load balancers", resources: builder.loadBalancing),
            CloudFormationTemplate.Section(title: "Groups of instances", resources: builder.compute),
            CloudFormationTemplate.Section(title: "Databases", resources: builder.databases),
            CloudFormationTemplate.Section(title: "Buckets", resources: builder.buckets),
            CloudFormationTemplate.Section(title: "Roles", resources: builder.roles),
            CloudFormationTemplate.Section(title: "Machine image", resources: builder.images),
            CloudFormationTemplate.Section(title: "Logs and alarms", resources: builder.observation),
        ]
        return CloudFormationTemplate(
            description: "\(name.isEmpty ? "A topology" : name): made by Footlight",
            parameters: builder.topology.parameters, sections: sections.filter { !$0.resources.isEmpty },
            outputs: builder.outputs)
    }
}
