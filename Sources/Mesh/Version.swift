/// The version of Footlight: of the agent, the command line and the contract between them.
public enum Version {
    /// By semantic versioning.
    public static let text = "0.1.0"
}
