/// Something that a node does by a program of its operator's.
public enum NodeCommand: Sendable, Hashable {
    /// Starts the machine anew.
    case reboot
    /// Installs a version of what the node runs.
    case update(version: String)

    /// A kind of command for which a node may have a program.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// For ``NodeCommand/reboot``.
        case reboot
        /// For ``NodeCommand/update(version:)``.
        case update
    }
}
