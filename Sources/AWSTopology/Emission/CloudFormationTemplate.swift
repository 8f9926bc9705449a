/// A CloudFormation template as a value: written as YAML by ``yaml``, compared by ``TopologyDifference``.
public struct CloudFormationTemplate: Sendable, Hashable {
    /// A part of the template, under a heading.
    public struct Section: Sendable, Hashable {
        /// The title: `Network`.
        public var title: String
        /// Its resources, in order.
        public var resources: [TemplateResource]
    }

    /// An output of the stack.
    public struct Output: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// The description, for people.
        public var description: String
        /// Its value.
        public var value: TemplateValue
    }

    /// The greatest size of a template that the API takes directly, in bytes; a larger one goes by way of S3.
    ///
    /// - Source: AWS CloudFormation User Guide, "Understand CloudFormation quotas".
    public static let greatestDirectSize = 51_200

    /// The description of the stack.
    public var description: String
    /// Values given at deployment.
    public var parameters: [Parameter]
    /// The resources, by section.
    public var sections: [Section]
    /// The stack's outputs.
    public var outputs: [Output]

    /// All resources, in the template's order.
    public var resources: [TemplateResource] { sections.flatMap(\.resources) }

    /// The names that are referred to and aren't there, each once, in order: what a topology has had taken away, or
    /// never had.
    public var unresolvedReferences: [String] {
        let known = Set(resources.map(\.name) + parameters.map(\.name))
        var seen: Set<String> = []
        return resources.flatMap(\.references).filter {
            !$0.hasPrefix("AWS::") && !known.contains($0) && seen.insert($0).inserted
        }
    }
}
