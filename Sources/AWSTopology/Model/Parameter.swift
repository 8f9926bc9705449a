/// A value that is given when the topology is deployed.
public struct Parameter: Sendable, Hashable {
    /// The logical name.
    public var name: String
    /// CloudFormation's type, `String` or `AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>` for instance.
    public var type = "String"
    /// The value where none is given.
    public var defaultValue: String?
    /// The purpose, for people.
    public var description = ""
}
