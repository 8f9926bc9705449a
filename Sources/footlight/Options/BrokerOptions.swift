internal import ArgumentParser
internal import Configuration
internal import Glibc
internal import MQTT

/// Which broker, and who we are to it.
struct BrokerOptions: ParsableArguments {
    private static let defaultBroker = "mqtt://127.0.0.1:1883"

    @Option(
        help: ArgumentHelp(
            """
            The broker; several, separated by commas, are tried in turn; ?mqttVersion=3.1.1 (or 5, auto) may follow each. \
            (default: $FOOTLIGHT_BROKER, else \(defaultBroker))
            """,
            valueName: "URL"))
    var broker: String?

    @Option(help: ArgumentHelp("Who we are, where the broker asks.", valueName: "NAME"))
    var username: String?

    @Option(help: ArgumentHelp("The file that holds our password.", valueName: "FILE"), completion: .file())
    var passwordFile: String?

    @Option(
        help: ArgumentHelp(
            "The PEM file of the authorities that vouch for an mqtts:// broker. (default: the system's)",
            valueName: "FILE"), completion: .file())
    var caFile: String?

    /// The connection that the options describe.
    ///
    /// - Throws: ``Failure``, `MQTTError`.
    func configuration() throws -> MQTTConfiguration {
        let text = broker ?? Environment["FOOTLIGHT_BROKER"].flatMap { $0.isEmpty ? nil : $0 }
        let addresses = try (text ?? BrokerOptions.defaultBroker).split(separator: ",").map {
            try BrokerAddress(String($0))
        }
        let random = UInt64.random(in: .min ... .max)
        var configuration = MQTTConfiguration(
            addresses: addresses, clientID: "footlight-cli-\(getpid())-\(String(random, radix: 16))")
        configuration.connectTimeout = .seconds(3)
        configuration.username = username
        do { configuration.password = try passwordFile.map(BrokerAccess.password(in:)) } catch {
            throw Failure(.badFile, "\(error)")
        }
        configuration.tls = TLSOptions(authorityFile: caFile)
        return configuration
    }
}
