/// An agent's use of the network.
public enum NetworkUse: String, Sendable, Hashable, CaseIterable {
    /// Everything: motion, commands, reports.
    case on
    /// Commands and reports; its bars start by the trigger wire alone.
    case triggersIgnored = "triggers-ignored"
    /// None: the agent opens no socket.
    case off
}
