internal import Lighting

/// What others say in words that only later contracts have.
extension NodeCore {
    /// Of how many topics account is kept.
    private static let maximumTopics = 100

    /// Takes note of a remark on what was left out of a message; nil: nothing was, or the message is gone.
    mutating func note(_ remark: String?, of topic: String, at now: MeshInstant) {
        if remark == nil && leftOut.isEmpty { return }
        let known = leftOut[topic]
        guard remark != known, known != nil || leftOut.count < NodeCore.maximumTopics else { return }
        leftOut[topic] = remark
        if let remark, let line = refusals.logged("\(topic): \(remark)", at: now) {
            actions.append(.log(.warning, line))
        }
    }

    /// The contract of who wrote a message: it says so itself, or its node's status does.
    func contract(of topic: Topic, _ payload: [UInt8]) -> Int? {
        if let contract = JSON.contract(in: payload) { return contract }
        switch topic {
        case .sensor(let node, _), .light(let node, _), .delivery(let node): return presence[node]?.contract
        default: return nil
        }
    }

    /// The check of that, while there is something to say of it.
    var contractChecks: [HealthMessage.Check] {
        guard let (topic, remark) = leftOut.min(by: { $0.key < $1.key }) else { return [] }
        return [
            .init(
                .contract, healthy: false, value: Double(leftOut.count),
                detail: "\(topic): \(remark)")
        ]
    }
}
