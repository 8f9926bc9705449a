import MQTT

/// What a broker keeps of a site.
enum Retained {
    /// Payloads by topic below the site: `config/zone/stairs`.
    static func read(_ client: MQTTClient, site: String) async throws -> [String: String] {
        let prefix = "footlight/\(site)/"
        let messages = try await client.retained([prefix + "#"])
        return Dictionary(
            messages.map { (String($0.topic.dropFirst(prefix.count)), $0.text) }, uniquingKeysWith: { $1 })
    }

    /// Payloads by topic below the site: `config/zone/stairs`.
    static func read(_ address: BrokerAddress, site: String) async throws -> [String: String] {
        let name = "reader-\(UInt64.random(in: .min ... .max))"
        return try await MQTTClient.withClient(MQTTConfiguration(addresses: [address], clientID: name)) {
            try await read($0, site: site)
        }
    }
}
