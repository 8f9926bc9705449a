internal import Glibc
public import MQTT

/// How a program reaches its brokers.
public struct BrokerAccess: Sendable, Hashable {
    /// The brokers, to be tried in turn.
    public var brokers: [BrokerAddress]
    /// Who it is to the broker; nil: nobody in particular.
    public var username: String?
    /// The path of the file that holds the password.
    public var passwordFile: String?
    /// What `mqtts` brokers are checked against; nil: the system's authorities.
    public var tls: TLSFiles?

    /// A way to brokers.
    public init(
        brokers: [BrokerAddress], username: String? = nil, passwordFile: String? = nil, tls: TLSFiles? = nil
    ) {
        self.brokers = brokers
        self.username = username
        self.passwordFile = passwordFile
        self.tls = tls
    }

    /// What a connection is told of it.
    ///
    /// - Throws: `MQTTError` where the password's file can't be read.
    public func configuration(clientID: String) throws(MQTTError) -> MQTTConfiguration {
        var configuration = MQTTConfiguration(addresses: brokers, clientID: clientID)
        configuration.username = username
        if let passwordFile { configuration.password = try BrokerAccess.password(in: passwordFile) }
        configuration.tls = TLSOptions(
            authorityFile: tls?.ca, certificateFile: tls?.certificate, keyFile: tls?.key)
        return configuration
    }

    private static func password(in path: String) throws(MQTTError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw MQTTError(
                .configurationInvalid,
                "passwordFile \(path): \(String(cString: strerror(errno))); write the password there, readable by the "
                    + "agent alone")
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &bytes, bytes.count)
        let line = bytes.prefix(max(0, count)).prefix { $0 != 0x0a && $0 != 0x0d }
        return String(decoding: line, as: UTF8.self)
    }
}

extension AgentFile {
    /// How the agent reaches its brokers.
    public var access: BrokerAccess {
        BrokerAccess(brokers: brokers, username: username, passwordFile: passwordFile, tls: tls)
    }
}
