internal import Documents
internal import Mesh

/// Listens to the topics of sensors of which nothing is known, and proposes how an agent's file has them. Pure.
public struct SensorLearner: Sendable {
    /// A sensor as an agent's file may have it.
    public struct Proposal: Sendable, Hashable {
        /// True if it is a light sensor.
        public var isLight: Bool
        /// The topic that it speaks on.
        public var topic: String
        /// The evidence for it: `occupancy was true, then false`.
        public var reason: String
        /// Its entry in the list of its kind.
        public var entry: String
        /// True once nothing more need be heard.
        public var isCertain: Bool
    }

    /// The largest number of topics of which account is kept.
    public static let maximumTopics = 64

    private var topics: [String: HeardTopic] = [:]
    private var availability: [String: String] = [:]

    /// A learner that has heard nothing yet.
    public init() {}

    /// Takes up a message; `retained`: the broker had kept it from before.
    public mutating func take(topic: String, payload: [UInt8], retained: Bool) {
        guard !payload.isEmpty else { return }
        if topic.hasSuffix(SensorLearner.ending), topic != SensorLearner.ending {
            availability[String(topic.dropLast(SensorLearner.ending.count))] = topic
            return
        }
        guard topics[topic] != nil || topics.count < SensorLearner.maximumTopics else { return }
        topics[topic, default: HeardTopic(topic: topic)].take(payload, retained: retained)
    }

    /// Where zigbee2mqtt says whether a device can be reached.
    private static let ending = "/availability"

    /// True once a motion sensor was heard of which nothing more need be known.
    public var isCertain: Bool { proposals.contains { $0.isCertain && !$0.isLight } }

    /// The fields and their values that were heard on each topic, a line each.
    public var summary: [String] { topics.values.sorted { $0.topic < $1.topic }.flatMap(\.summary) }

    /// The sensors that were heard.
    public var proposals: [Proposal] {
        topics.values.sorted { $0.topic < $1.topic }.flatMap { heard in
            [
                heard.motion.map { proposal(heard, $0, isLight: false) },
                heard.light.map { proposal(heard, $0, isLight: true) },
            ].compactMap(\.self)
        }
    }

    /// The proposals as a part of an agent's file.
    public var text: String {
        let proposals = proposals
        var lines: [String] = []
        for (isLight, key) in [(false, "sensors:"), (true, "lightSensors:")] {
            let entries = proposals.filter { $0.isLight == isLight }
            if !entries.isEmpty { lines.append(key) }
            for proposal in entries { lines += ["  # \(proposal.reason)", "  - \(proposal.entry)"] }
        }
        return lines.joined(separator: "\n")
    }

    private func proposal(_ heard: HeardTopic, _ field: HeardField, isLight: Bool) -> Proposal {
        var parts = ["driver: mqtt", "topic: \(YAMLText.scalar(heard.topic))"]
        if field.path != .whole { parts.append("field: \(YAMLText.scalar(field.path.description))") }
        if !isLight { parts += field.conditions }
        if let topic = availability[heard.topic] { parts.append("availability: \(YAMLText.scalar(topic))") }
        return Proposal(
            isLight: isLight, topic: heard.topic, reason: field.reason(of: heard),
            entry: "{name: \(heard.name), input: {\(parts.joined(separator: ", "))}}",
            isCertain: isLight || heard.isLive && field.isCertain)
    }
}
