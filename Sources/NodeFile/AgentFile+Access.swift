public import Configuration

extension AgentFile {
    /// The brokers that the agent connects to, and its credentials there.
    public var access: BrokerAccess {
        BrokerAccess(brokers: brokers, username: username, passwordFile: passwordFile, tls: tls)
    }
}
