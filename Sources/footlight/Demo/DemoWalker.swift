internal import MQTT
internal import Mesh

/// Somebody whom the demo's sensors see.
struct DemoWalker: Sendable {
    let session: SiteSession
    let staircase: DemoStaircase

    /// Walks past a sensor: it sees them for a moment.
    func walkIn(at sensor: String) async throws {
        guard let place = Name.place(sensor), let part = place.part else { return }
        let action = ActionMessage(action: "trigger", id: SiteSession.newID(), sensor: part, seconds: 0.5)
        try await session.publish(.action(node: place.node), JSON.encode(action), retain: false)
    }
}
