internal import MQTT
internal import Mesh

/// Which of the commands that were given were taken up, as far as is known.
struct LightAnswers: Sendable {
    /// What became of a command.
    enum Outcome: Sendable, Hashable {
        /// The zone's keeper has made an override of it.
        case obeyed
        /// It says why not.
        case refused(String)
    }

    private let site: String
    /// The zones of the commands' ids.
    private let zones: [String: String]
    private(set) var outcomes: [String: Outcome] = [:]

    /// - Parameter zones: by the ids of the commands.
    init(site: String, zones: [String: String]) {
        self.site = site
        self.zones = zones
    }

    /// The ids of those of which nothing is known.
    var open: Set<String> { Set(zones.keys).subtracting(outcomes.keys) }

    /// Takes up a message; what is no answer says nothing.
    mutating func take(_ message: ReceivedMessage) {
        switch Topic(name: message.topic, site: site) {
        case .zoneResult(let zone):
            guard let result = try? JSON.decode(ZoneResultMessage.self, from: message.payload),
                let id = result.id, zones[id] == zone, let error = result.error
            else { return }
            outcomes[id] = .refused(error)
        case .override(let zone):
            guard let override = try? JSON.decode(OverrideMessage.self, from: message.payload) else { return }
            for id in override.ids where zones[id] == zone { outcomes[id] = .obeyed }
        default: break
        }
    }
}
