/// A resource of a type that the model has no words for.
public struct OtherResource: Sendable, Hashable {
    /// The logical name.
    public var name: String
    /// The type's name in CloudFormation or Terraform.
    public var type: String
}
