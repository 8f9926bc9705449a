/// An IAM policy: who may do what, to what, when.
public struct PolicyDocument: Sendable, Hashable {
    /// Its statements.
    public var statements: [PolicyStatement] = []
}
