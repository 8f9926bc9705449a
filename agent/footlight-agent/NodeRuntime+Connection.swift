internal import Configuration
internal import Glibc
internal import MQTT
internal import Mesh

extension NodeRuntime {
    /// The way to the broker, not yet taken.
    ///
    /// - Throws: ``AgentError``, `MQTTError`.
    static func connection(of node: String, in file: AgentFile, core: NodeCore) throws -> MQTTConnection {
        var configuration = MQTTConfiguration(
            addresses: file.brokers,
            clientID: "footlight-\(file.site)-\(node)")
        configuration.username = file.username
        configuration.password = try file.passwordFile.map(password(in:))
        configuration.tls = TLSOptions(
            authorityFile: file.tls?.ca, certificateFile: file.tls?.certificate, keyFile: file.tls?.key)
        configuration.will = { MQTTMessage(core.will(connection: $0)) }
        return try MQTTConnection(configuration)
    }

    private static func password(in path: String) throws(AgentError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw AgentError(
                description: "passwordFile \(path): \(String(cString: strerror(errno))); write the password there, "
                    + "readable by the agent alone")
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &bytes, bytes.count)
        let line = bytes.prefix(max(0, count)).prefix { $0 != 0x0a && $0 != 0x0d }
        return String(decoding: line, as: UTF8.self)
    }
}
