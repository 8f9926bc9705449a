internal import MQTT

/// How a node finds one of several brokers: the agent's own policies.
struct BrokerChoice: Sendable {
    var policy: ReconnectPolicy
    var failBack: FailBack
    /// Counts what is waited for and asked; what an earlier number says is void.
    var number = 0
}
