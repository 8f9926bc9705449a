/// What an agent has to do with the network.
public enum NetworkUse: String, Sendable, Hashable, CaseIterable {
    /// Everything: motion, commands, reports.
    case on
    /// Commands and reports; its bars start by the trigger wire alone.
    case triggersIgnored = "triggers-ignored"
    /// Nothing: it opens no socket.
    case off
}
