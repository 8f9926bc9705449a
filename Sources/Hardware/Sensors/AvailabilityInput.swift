public import Mesh

/// A topic on which some program says that a sensor can be reached, or can't.
public struct AvailabilityInput: Sendable, Hashable {
    /// The topic, without wildcards.
    public var topic: String
    /// The way to the field of the JSON payload that counts; nil: the whole payload, or `state` where that is an object.
    public var field: JSONPath?
    /// The values that say that it can be reached, one of which suffices; nil: `online` and `true`, capitals or not.
    public var online: [PayloadCondition]?
    /// The values that say that it can't be reached, one of which suffices; nil: `offline` and `false`, capitals or
    /// not.
    public var offline: [PayloadCondition]?

    /// An input made in code.
    public init(
        topic: String, field: JSONPath? = nil, online: [PayloadCondition]? = nil, offline: [PayloadCondition]? = nil
    ) {
        self.topic = topic
        self.field = field
        self.online = online
        self.offline = offline
    }
}
