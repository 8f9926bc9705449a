/// A statement of a policy.
public struct PolicyStatement: Sendable, Hashable {
    /// The effect of a statement; the raw values are AWS's.
    public enum Effect: String, Sendable, Hashable, CaseIterable {
        /// The statement allows.
        case allow = "Allow"
        /// The statement denies, whatever else allows.
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
    /// The effect.
    public var effect = Effect.allow
    /// The principals that it is for; empty in a role's own policy.
    public var principals: [Principal] = []
    /// The principals that it isn't for (`NotPrincipal`).
    public var notPrincipals: [Principal] = []
    /// The actions that it is for.
    public var actions: [String] = []
    /// The actions that it isn't for (`NotAction`).
    public var notActions: [String] = []
    /// The resources that it is for.
    public var resources: [String] = []
    /// The resources that it isn't for (`NotResource`).
    public var notResources: [String] = []
    /// The conditions, all of which must hold, for they are ANDed.
    public var conditions: [PolicyCondition] = []
    /// True if the file says whether it allows or denies.
    public var isEffectKnown = true
    /// True if the file says what the statement does, to whom and when; what it is about may be by a parameter.
    public var isKnown = true
}
