/// A resource of a CloudFormation template.
public struct TemplateResource: Sendable, Hashable {
    /// A check of checkov or cfn-lint that doesn't hold here, and why that is right.
    public struct Skip: Sendable, Hashable {
        /// The check, `CKV_AWS_26` or `W3691`.
        public var id: String
        /// The reason, as a comment.
        public var comment: String
    }

    /// The logical name.
    public var name: String
    /// The type's name.
    public var type: String
    /// The purpose, with the requirement that it answers: written above it as a comment; empty for none.
    public var reason = ""
    /// Resources that must be there before, where no reference says so already.
    public var dependsOn: [String] = []
    /// Checks that don't hold here.
    public var skips: [Skip] = []
    /// The policy for when it leaves the stack, or is replaced; nil for AWS's default.
    public var deletionPolicy: String?
    /// The condition that creation waits for; nil for none.
    public var creationPolicy: TemplateValue?
    /// The way in which its instances are replaced; nil for not at all.
    public var updatePolicy: TemplateValue?
    /// Its properties: a mapping.
    public var properties: TemplateValue
    /// The resource of the model that it was made from.
    public var source: String

    /// The names that it refers to, `DependsOn` included.
    public var references: [String] { dependsOn + properties.references }
}
