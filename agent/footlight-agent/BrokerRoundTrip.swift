internal import MQTT
internal import Mesh

/// How long the broker takes to acknowledge what a node says.
struct BrokerRoundTrip {
    private var awaited: (id: MQTTMessageID, sent: Int64)?
    private var worst: Int64?

    /// A message of QoS 1 went out. One at a time is followed.
    mutating func sent(_ id: MQTTMessageID, at now: Int64) { if awaited == nil { awaited = (id, now) } }

    /// The broker has it.
    mutating func delivered(_ id: MQTTMessageID, at now: Int64) {
        guard let awaited, awaited.id == id else { return }
        worst = max(worst ?? 0, now - awaited.sent)
        self.awaited = nil
    }

    /// The connection ended: what was awaited won't come.
    mutating func disconnected() { awaited = nil }

    /// The longest since the last report, and what is still on its way; measuring begins anew.
    mutating func check(at now: Int64) -> HealthMessage.Check? {
        guard let longest = [worst, awaited.map { now - $0.sent }].compactMap({ $0 }).max() else { return nil }
        worst = nil
        return .init(.brokerRoundTrip, healthy: true, value: Double(longest) / 1e6)
    }
}
