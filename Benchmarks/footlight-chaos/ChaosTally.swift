internal import MQTT
internal import Processes
internal import Storm

/// What the fleet agents said that they had taken, as anybody at the broker hears it.
final class ChaosTally: Sendable {
    /// A node's life.
    struct Boot: Hashable, Sendable {
        var node: String
        var boot: String
    }

    private let state = Monitor<[Boot: Int]>([:])

    /// Takes up what was said on `…/node/NODE/recorded`.
    func take(_ message: ReceivedMessage) {
        let parts = message.topic.split(separator: "/")
        guard parts.count == 5, let json = PlainJSON(message.payload), let boot = json["bootId"]?.text,
            let sequence = json["sequence"]?.number
        else { return }
        let key = Boot(node: String(parts[3]), boot: boot)
        state.change { $0[key] = max($0[key] ?? 0, Int(sequence)) }
    }

    /// Up to which record each boot's were taken.
    var taken: [Boot: Int] { state.change { $0 } }
}
