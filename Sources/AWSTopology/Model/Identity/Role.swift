/// An IAM role. One that EC2 assumes is emitted with an instance profile.
public struct Role: Resource {
    /// A policy of the role's own.
    public struct Policy: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// What it says.
        public var document: PolicyDocument
    }

    /// The type in CloudFormation.
    public static var type: String { "AWS::IAM::Role" }
    /// Where a topology keeps them.
    public static var collection: WritableKeyPath<Topology, [Role]> { \.roles }

    /// The logical name.
    public var name: String
    /// Who may take the role on (`AssumeRolePolicyDocument`).
    public var assumeRolePolicy: PolicyDocument
    /// Managed policies, addresses (ARN).
    public var managedPolicies: [String] = []
    /// Its own policies.
    public var policies: [Policy] = []

    /// Whether `service` may take it on.
    public func isAssumed(by service: String) -> Bool {
        assumeRolePolicy.statements.contains { $0.principals.contains(.service(service)) }
    }
}
