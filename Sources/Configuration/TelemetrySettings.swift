public import MQTT

/// The backend that a fleet agent sends the site's records to, and its credentials there.
public struct TelemetrySettings: Sendable, Hashable {
    /// The backend's address, without a `/` at its end.
    public var url: String
    /// The path of the file that holds the token.
    public var tokenFile: String
    /// The path of the file with the authorities that may vouch for the backend, in PEM; nil: the system's.
    public var ca: String?
    /// The folder of the outbox.
    public var outbox: String
    /// The bytes of records that may wait; nil: as the outbox has it.
    public var limitBytes: Int?

    /// The token in the file's first line, as it is now.
    ///
    /// - Throws: `MQTTError` where the file can't be read, has none, or can be read by everybody.
    public func token() throws(MQTTError) -> String {
        try BrokerAccess.secret("telemetry.tokenFile", "token", in: tokenFile)
    }

    /// Checks that nobody but its owner and group may read the token's file, as far as it is there.
    ///
    /// - Throws: `MQTTError` that says what to do.
    public func checkSecrets() throws(MQTTError) { try BrokerAccess.checkSecret("telemetry.tokenFile", tokenFile) }
}
