internal import Logging
internal import MQTT
internal import Mesh

extension NodeRuntime {
    /// Has it found out what the broker keeps, and does what follows.
    func remember(_ event: BrokerMemory.Event, at now: Int64) {
        guard let connection else { return }
        for action in care.memory.handle(event, at: now) {
            switch action {
            case .ask(let filter): subscribe([filter], on: connection)
            case .askNoMore(let filter): connection.unsubscribe([filter])
            case .subscribe(let topics): subscribe(connection.covered(topics), on: connection)
            case .unsubscribe(let topics): connection.unsubscribe(connection.underWildcards(topics))
            case .tellLack:
                guard let address = connection.session?.address else { continue }
                log.error("the broker at \(address) \(BrokerCapabilities.lackOfWildcards)")
            case .settled: handle(.settled, at: now)
            }
        }
    }

    private func subscribe(_ filters: [String], on connection: MQTTConnection) {
        do { try connection.subscribe(filters.map(NodeRuntime.subscription)) } catch { log.error("\(error)") }
    }

    /// What is the matter with the broker: only where something is.
    var brokerChecks: [HealthMessage.Check] {
        guard let connection, let session = connection.session else { return [] }
        var checks: [HealthMessage.Check] = []
        if care.memory.verdict == .lacks {
            checks.append(
                .init(
                    .broker, healthy: false, value: 1,
                    detail: "\(session.address.place) \(BrokerCapabilities.lackOfWildcards)"))
        }
        let brokers = connection.configuration.addresses
        if let place = brokers.firstIndex(of: session.address), place > 0 {
            checks.append(
                .init(
                    .laterBroker, healthy: false, value: Double(place + 1),
                    detail: "is on \(session.address.place), and not on \(brokers[0].place), which it prefers"))
        }
        return checks
    }
}
