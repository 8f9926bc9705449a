internal import MQTT
internal import Platform
internal import Processes
internal import Storm

/// What has been said on the site's topics while the storm's listener was connected.
final class Heard: Sendable {
    private struct State {
        var issued: [String: Double] = [:]
        var clocks: [String: Int64] = [:]
    }

    private let state = Monitor(State())

    /// Takes a message.
    func take(_ message: ReceivedMessage) {
        let parts = message.topic.split(separator: "/").dropFirst(2).map { String($0) }
        guard parts.count == 3, let json = PlainJSON(message.payload) else { return }
        let now = MonotonicClock.now
        state.change { state in
            if parts[0] == "zone", parts[2] == "override", let issued = json["issued"]?.number {
                state.issued[parts[1]] = max(issued, state.issued[parts[1]] ?? 0)
            }
            if parts[0] == "node", parts[2] == "health" {
                let clock = json["checks"]?.elements.first { $0["check"]?.text == "clock" }
                if clock?["healthy"]?.bool == true { state.clocks[parts[1]] = now }
            }
        }
    }

    /// The newest word on a zone, by when its keeper issued it.
    func issued(_ zone: String) -> Double { state.change { $0.issued[zone] ?? 0 } }

    /// When a node last reported that its clock is the mesh's, nanoseconds of the monotonic clock.
    func clock(_ node: String) -> Int64 { state.change { $0.clocks[node] ?? .min } }
}
