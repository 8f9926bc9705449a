/// An IAM role. One that EC2 assumes is emitted with an instance profile.
public struct Role: Resource {
    /// A policy of the role's own.
    public struct Policy: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// The policy's document.
        public var document: PolicyDocument
    }

    /// The type in CloudFormation.
    public static var type: String { "AWS::IAM::Role" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [Role]> { \.roles }

    /// The logical name.
    public var name: String
    /// The policy on who may take the role on (`AssumeRolePolicyDocument`).
    public var assumeRolePolicy: PolicyDocument
    /// Managed policies, addresses (ARN).
    public var managedPolicies: [String] = []
    /// Its own policies.
    public var policies: [Policy] = []

    /// Returns whether `service` may take it on.
    public func isAssumed(by service: String) -> Bool {
        assumeRolePolicy.statements.contains { $0.principals.contains(.service(service)) }
    }
}
