internal import MQTT

/// What people are told once of a broker that can't do all that a mesh needs.
actor BrokerLack {
    static let shared = BrokerLack()

    private var isTold = false

    /// Warns that the broker keeps nothing for wildcards.
    func warn(of broker: BrokerAddress) {
        guard !isTold else { return }
        isTold = true
        StandardError.warn(
            "the broker at \(broker) \(BrokerCapabilities.lackOfWildcards); `footlight broker check` shows what it can do"
        )
    }
}
