internal import Configuration
internal import Fleet
internal import LogCapture
internal import Logging
internal import MQTT
internal import Telemetry

/// What a site's records need of the loop: to be heard, acknowledged, and told of.
extension FleetLoop {
    /// Takes up what concerns records, and does what follows.
    func tellRecords(_ event: RecordCollector.Event) {
        for action in collector?.handle(event, at: clock.now) ?? [] { perform(action) }
    }

    private func perform(_ action: RecordCollector.Action) {
        switch action {
        case .subscribe(let filter):
            do { try connection.subscribe([MQTTSubscription(filter)]) } catch { log.error("\(error)") }
        case .unsubscribe(let filter): connection.unsubscribe([filter])
        case .publish(let topic, let payload, let retain):
            publish(MQTTMessage(topic: topic, payload: payload, retain: retain))
        case .store(let node, let payload): agent.uplink?.store(node: node, payload: payload)
        }
    }

    /// Says who collects records where the lead has changed, and does what is due.
    func attendToRecords() {
        let now = clock.now
        let leads = agent.read { $0.isLeading(at: now) }
        if leads != saidLeading {
            saidLeading = leads
            if collector != nil {
                tellRecords(.leads(leads))
            } else if leads {
                perform(RecordCollector.farewell(site: agent.file.site))
            }
        }
        let (lines, more) = agent.lines.take()
        if !lines.isEmpty { tellRecords(.logged(lines.map(\.line), andMore: more)) }
        if let due = collector?.due, due <= now { tellRecords(.tick) }
    }

    /// Acknowledges what is durable now, and tells how sending goes.
    func takeNewsOfRecords() {
        guard let (stored, figures) = agent.uplink?.takeNews() else { return }
        for one in stored { tellRecords(.stored(node: one.node, boot: one.boot, sequence: one.sequence)) }
        handle(.uplink(figures))
    }
}
