/// A resource of a CloudFormation template.
public struct TemplateResource: Sendable, Hashable {
    /// A check of checkov or cfn-lint that doesn't hold here, and why that is right.
    public struct Skip: Sendable, Hashable {
        /// The check, `CKV_AWS_26` or `W3691`.
        public var id: String
        /// Why.
        public var comment: String
    }

    /// The logical name.
    public var name: String
    /// The type's name.
    public var type: String
    /// What it is there for, with the requirement that it answers: written above it as a comment; empty for none.
    public var reason = ""
    /// Resources that must be there before, where no reference says so already.
    public var dependsOn: [String] = []
    /// Checks that don't hold here.
    public var skips: [Skip] = []
    /// What becomes of it when it leaves the stack, or is replaced; nil for AWS's default.
    public var deletionPolicy: String?
    /// What creation waits for; nil for nothing.
    public var creationPolicy: TemplateValue?
    /// How its instances are replaced; nil for not at all.
    public var updatePolicy: TemplateValue?
    /// Its properties: a mapping.
    public var properties: TemplateValue
    /// The resource of the model that it was made from.
    public var source: String

    /// The names that it refers to, `DependsOn` included.
    public var references: [String] { dependsOn + properties.references }
}
