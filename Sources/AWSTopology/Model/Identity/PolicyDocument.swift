/// An IAM policy: who may do what, to what, when.
public struct PolicyDocument: Sendable, Hashable {
    /// Its statements.
    public var statements: [PolicyStatement] = []
    /// True if these are all statements that there are: not where the file doesn't say one.
    public var isComplete = true
}
