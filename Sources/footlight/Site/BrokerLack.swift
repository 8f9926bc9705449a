internal import MQTT

/// What people are told once of a broker that can't do all that a mesh needs.
actor BrokerLack {
    static let shared = BrokerLack()

    /// What they were told: a sentence, or nothing.
    private(set) var told: [String] = []

    /// Warns that the broker keeps nothing for wildcards.
    func warn(of broker: BrokerAddress) {
        guard told.isEmpty else { return }
        let sentence = "the broker at \(broker) \(BrokerCapabilities.lackOfWildcards)"
        told = [sentence]
        StandardError.warn("\(sentence); `footlight broker check` shows what it can do")
    }
}
