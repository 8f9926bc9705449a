/// The version of Footlight: of the agent, the command line and the contract between them.
public enum Version {
    /// By semantic versioning.
    public static let text = "0.1.0"
    /// The contract that it speaks (docs/protocol.md): one more with each that has new fields. A status that says nothing
    /// is of the first.
    public static let contract = 2
}
