public import MQTT

extension BrokerAddress {
    /// The forms that ``init(text:)`` takes, for an error message.
    public static let textForms =
        "a broker is mqtt://host, mqtt://host:port, or the same with mqtts for TLS; "
        + "?mqttVersion=3.1.1 (or 5, auto) may follow"

    /// The broker that a file's `text` names; nil for anything else than ``textForms``. A file says the scheme.
    public init?(text: String) {
        guard text.hasPrefix("mqtt://") || text.hasPrefix("mqtts://"), !text.hasSuffix("/"),
            let address = try? BrokerAddress(text)
        else { return nil }
        self = address
    }
}
