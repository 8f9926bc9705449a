internal import Lighting

extension NodeCore {
    /// The leads that are ever chosen (a site file may ask for others): below, nothing is gained that can be seen;
    /// above, people see the wait.
    static let leadRange = Duration.milliseconds(5)...Duration.milliseconds(150)
    /// What is added to what was measured: for clocks that differ, and for the loop that takes the message up.
    private static let leadMargin = Duration.milliseconds(3)
    /// What a bar of which nothing is known is taken to need.
    private static let unknownDelivery = Duration.milliseconds(17)

    /// How long bars of a zone wait after a motion here, so that all have the message when their turn comes: the
    /// slowest decides. A wave gives its later bars time anyhow.
    func lead(of sensor: String, in record: ZoneRecord, at now: MeshInstant) -> Duration {
        let zone = record.state.zone
        if let lead = zone.lead { return lead }
        var needed = Duration.zero
        let waveDelay = zone.waveDelay(from: sensor, at: now, clock: record.state.clock)
        for (index, node) in record.barNodes.enumerated() where node != description.node {
            guard let delay = waveDelay(index) else { continue }
            let delivery = (deliveries.delay(at: node) ?? NodeCore.unknownDelivery) + NodeCore.leadMargin
            needed = max(needed, delivery - delay)
        }
        return min(max(needed, NodeCore.leadRange.lowerBound), NodeCore.leadRange.upperBound)
    }

    /// Says how long messages take to arrive here.
    mutating func say(_ news: DeliveryMessage) {
        publish(.delivery(node: description.node), JSON.encode(news), retain: true, keep: true)
    }
}
