/// The certainty with which a message is delivered. Footlight uses two of MQTT's three (principle 4 of the mesh
/// contract).
public enum QoS: UInt8, Sendable, Hashable, Comparable {
    /// Sent once, lost when the connection is.
    case atMostOnce = 0
    /// Sent until the broker acknowledges it, so it may arrive twice.
    case atLeastOnce = 1

    /// Orders by certainty.
    public static func < (left: QoS, right: QoS) -> Bool {
        left.rawValue < right.rawValue
    }
}
