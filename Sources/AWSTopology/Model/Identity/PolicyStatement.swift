/// A statement of a policy.
public struct PolicyStatement: Sendable, Hashable {
    /// What it does; the raw values are AWS's.
    public enum Effect: String, Sendable, Hashable, CaseIterable {
        /// It allows.
        case allow = "Allow"
        /// It denies, whatever else allows.
        case deny = "Deny"
    }

    /// A principal: of `AWS`, `Service`, `Federated`; `*` of `*` for everyone.
    public struct Principal: Sendable, Hashable {
        /// `AWS`, `Service`, `Federated`, `CanonicalUser` or `*`.
        public var kind: String
        /// An address (ARN), a service's name, `*`.
        public var value: String

        /// Everyone.
        public static let everyone = Principal(kind: "*", value: "*")
        /// An AWS service, `ec2.amazonaws.com`.
        public static func service(_ name: String) -> Principal { Principal(kind: "Service", value: name) }
    }

    /// Its name; nil for none.
    public var sid: String?
    /// What it does.
    public var effect = Effect.allow
    /// Who; empty in a role's own policy.
    public var principals: [Principal] = []
    /// Who not (`NotPrincipal`).
    public var notPrincipals: [Principal] = []
    /// What.
    public var actions: [String] = []
    /// What not (`NotAction`).
    public var notActions: [String] = []
    /// To what.
    public var resources: [String] = []
    /// To what not (`NotResource`).
    public var notResources: [String] = []
    /// When: all of these must hold, for they are ANDed.
    public var conditions: [PolicyCondition] = []
}
