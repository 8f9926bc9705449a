internal import Glibc
public import MQTT

/// The brokers that a program connects to, and its credentials there.
public struct BrokerAccess: Sendable, Hashable {
    /// The brokers, to be tried in turn.
    public var brokers: [BrokerAddress]
    /// The user name that brokers know the program by; nil: none.
    public var username: String?
    /// The path of the file that holds the password.
    public var passwordFile: String?
    /// The files that `mqtts` brokers are checked against; nil: the system's authorities.
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

    /// Returns the configuration of a connection under a client id.
    ///
    /// - Throws: `MQTTError` where the password's file can't be read, or a secret can be read by everybody.
    public func configuration(clientID: String) throws(MQTTError) -> MQTTConfiguration {
        try checkSecrets()
        var configuration = MQTTConfiguration(addresses: brokers, clientID: clientID)
        configuration.username = username
        if let passwordFile { configuration.password = try BrokerAccess.password(in: passwordFile) }
        configuration.tls = TLSOptions(
            authorityFile: tls?.ca, certificateFile: tls?.certificate, keyFile: tls?.key)
        return configuration
    }

    /// Checks the files that hold secrets, as far as they are there: nobody but their owner and group may read them.
    ///
    /// - Throws: `MQTTError` that says which, and what to do.
    public func checkSecrets() throws(MQTTError) {
        for (field, path) in [("passwordFile", passwordFile), ("tls.key", tls?.key)] {
            if let path { try BrokerAccess.checkSecret(field, path) }
        }
    }

    static func checkSecret(_ field: String, _ path: String) throws(MQTTError) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o006 != 0 else { return }
        throw MQTTError(
            .configurationInvalid,
            "\(field) \(path): everybody on this machine may read or change it (mode "
                + "\(String(status.st_mode & 0o777, radix: 8))); take that away: chmod o= \(path)")
    }

    /// The password in a file's first line.
    ///
    /// - Throws: `MQTTError` where the file can't be read, has none, or can be read by everybody.
    public static func password(in path: String) throws(MQTTError) -> String {
        try secret("passwordFile", "password", in: path)
    }

    /// What stands in a file's first line; `field`: where the file's path comes from, `noun`: what it is.
    static func secret(_ field: String, _ noun: String, in path: String) throws(MQTTError) -> String {
        try checkSecret(field, path)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw MQTTError(
                .configurationInvalid,
                "\(field) \(path): \(String(cString: strerror(errno))); write the \(noun) there, readable by the "
                    + "agent alone")
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &bytes, bytes.count)
        let line = bytes.prefix(max(0, count)).prefix { $0 != 0x0a && $0 != 0x0d }
        guard !line.isEmpty else {
            throw MQTTError(
                .configurationInvalid, "\(field) \(path): is empty; the \(noun) stands in its first line")
        }
        return String(decoding: line, as: UTF8.self)
    }
}
