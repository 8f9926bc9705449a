internal import MQTT

/// A broker: retained messages, and who wants what. Sessions end with their connections.
struct SimulatedBroker: Sendable {
    private struct Wildcard: Sendable {
        var filter: String
        var levels: [Substring]
        var channels: [Int]
    }

    private(set) var retained: [String: [UInt8]] = [:]
    /// The retained messages as they were last saved.
    private var saved: [String: [UInt8]] = [:]
    private var exact: [String: [Int]] = [:]
    private var wildcards: [Wildcard] = []
    /// By topic, the wildcards that it matches.
    private var matches: [String: [Int]] = [:]
    var isUp = true
    /// How many disturbances keep it down, and its whole machine.
    var downs = 0
    var hostDowns = 0
    /// The channel of each node by its books.
    var sessions: [Int: Int] = [:]

    /// The channels that want a message on `topic`.
    mutating func channels(wanting topic: String) -> [Int] {
        var channels = exact[topic] ?? []
        for index in matching(topic) { channels += wildcards[index].channels }
        return channels
    }

    /// The wildcards that a topic matches: the same as long as none is added.
    private mutating func matching(_ topic: String) -> [Int] {
        if let known = matches[topic] { return known }
        let levels = topic.split(separator: "/", omittingEmptySubsequences: false)
        let found = wildcards.indices.filter { SimulatedBroker.matches(wildcards[$0].levels, levels) }
        matches[topic] = found
        return found
    }

    /// Keeps a message, or forgets it where it is empty.
    mutating func retain(_ message: MQTTMessage) {
        guard message.retain else { return }
        retained[message.topic] = message.payload.isEmpty ? nil : message.payload
    }

    /// Subscribes a channel.
    ///
    /// - Returns: the retained messages that it is to be sent.
    mutating func subscribe(_ channel: Int, to filter: String) -> [(topic: String, payload: [UInt8])] {
        guard filter.contains("+") else {
            exact[filter, default: []].removeAll { $0 == channel }
            exact[filter, default: []].append(channel)
            return retained[filter].map { [(filter, $0)] } ?? []
        }
        let levels = filter.split(separator: "/", omittingEmptySubsequences: false)
        let index: Int
        if let known = wildcards.firstIndex(where: { $0.filter == filter }) {
            index = known
        } else {
            index = wildcards.count
            matches = [:]
            wildcards.append(Wildcard(filter: filter, levels: levels, channels: []))
        }
        wildcards[index].channels.removeAll { $0 == channel }
        wildcards[index].channels.append(channel)
        let prefix = filter.prefix { $0 != "+" }
        return retained.filter {
            $0.key.hasPrefix(prefix)
                && SimulatedBroker.matches(levels, $0.key.split(separator: "/", omittingEmptySubsequences: false))
        }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Ends a subscription.
    mutating func unsubscribe(_ channel: Int, from filter: String) {
        exact[filter]?.removeAll { $0 == channel }
        for index in wildcards.indices where wildcards[index].filter == filter {
            wildcards[index].channels.removeAll { $0 == channel }
        }
    }

    /// Ends a session.
    mutating func forget(_ channel: Int) {
        for filter in exact.keys where exact[filter]?.contains(channel) == true {
            exact[filter]?.removeAll { $0 == channel }
        }
        for index in wildcards.indices { wildcards[index].channels.removeAll { $0 == channel } }
    }

    /// Saves retained messages, to be there after a restart.
    mutating func save() { saved = retained }

    /// Ends at once. All sessions are gone; retained messages are what was last saved, or nothing.
    mutating func kill(losingMemory: Bool) {
        isUp = false
        if losingMemory { saved = [:] }
        retained = saved
        sessions = [:]
        exact = [:]
        wildcards = []
        matches = [:]
    }

    private static func matches(_ filter: [Substring], _ topic: [Substring]) -> Bool {
        filter.count == topic.count && zip(filter, topic).allSatisfy { $0 == "+" || $0 == $1 }
    }
}
