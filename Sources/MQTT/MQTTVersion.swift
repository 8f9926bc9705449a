/// The versions of the protocol that a connection speaks.
public enum MQTTVersion: Sendable, Hashable, CustomStringConvertible {
    /// MQTT 3.1.1: enough for every feature.
    case v311
    /// MQTT 5: tried first.
    case v5

    /// `5` or `3.1.1`, as it stands in a broker's address.
    public var number: String {
        switch self {
        case .v311: "3.1.1"
        case .v5: "5"
        }
    }

    /// `MQTT 5` or `MQTT 3.1.1`.
    public var description: String {
        switch self {
        case .v311: "MQTT 3.1.1"
        case .v5: "MQTT 5"
        }
    }
}
