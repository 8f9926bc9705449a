/// Names a published message within its connection, so that its delivery can be told. Later messages have greater ids.
public struct MQTTMessageID: Sendable, Hashable, Comparable {
    let number: UInt64

    /// Orders by the time of publishing.
    public static func < (left: MQTTMessageID, right: MQTTMessageID) -> Bool {
        left.number < right.number
    }
}
