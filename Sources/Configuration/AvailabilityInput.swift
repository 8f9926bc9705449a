public import Mesh

/// Where some program says whether a sensor can be reached.
public struct AvailabilityInput: Sendable, Hashable {
    /// The topic, without wildcards.
    public var topic: String
    /// The way to the field of the JSON payload that counts; nil: the whole payload, or `state` where that is an object.
    public var field: JSONPath?
    /// What says that it can: one of these; nil: `online` and `true`, capitals or not.
    public var online: [PayloadCondition]?
    /// What says that it can't: one of these; nil: `offline` and `false`, capitals or not.
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
