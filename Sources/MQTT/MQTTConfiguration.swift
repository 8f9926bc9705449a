/// All that a connection is told at its start.
public struct MQTTConfiguration: Sendable {
    /// The brokers in order of preference: tried in turn, and gone back to as ``FailBack`` has it.
    public var addresses: [BrokerAddress]
    /// The name that the broker knows the connection by, 1…128 bytes; a second one with the same name ends the first.
    public var clientID: String
    /// The longest silence before the connection proves itself alive, whole seconds, 5…3600; it counts as dead after
    /// twice that.
    public var keepalive: Duration = .seconds(15)
    /// The longest that an attempt may take, from looking up the name to the broker's yes.
    public var connectTimeout: Duration = .seconds(5)
    /// The user, where the broker asks for one.
    public var username: String?
    /// The user's password.
    public var password: String?
    /// For `mqtts` addresses.
    public var tls = TLSOptions()
    /// Asked before each attempt to connect: what the broker publishes when the connection dies without a farewell.
    /// The argument counts attempts from 1, so that of two wills or births the later is known.
    public var will: (@Sendable (_ connectionCount: Int) -> MQTTMessage?)?
    /// Asked after each successful connect, with the same number as the will: published before anything else.
    public var birth: (@Sendable (_ connectionCount: Int) -> MQTTMessage?)?
    /// The time for which the broker remembers subscriptions and messages for us after the connection ended, in
    /// seconds; MQTT 3.1.1 takes any time above zero as "for ever", so zero (the default) is a fresh session each time.
    public var sessionExpirySeconds: UInt32 = 0
    /// The protocols to speak: the first is tried first. MQTT 5, then 3.1.1.
    public var versions: [MQTTVersion] = [.v5, .v311]
    /// The most QoS 1 messages sent and not yet acknowledged, 1…1000.
    public var inFlightLimit = 20
    /// The most messages waiting to be sent; beyond it the oldest is dropped, with an event.
    public var backlogLimit = 1_000
    /// The most payload bytes waiting to be sent; beyond it the oldest message is dropped, with an event.
    public var backlogByteLimit = 1_048_576
    /// The largest payload handed on, in bytes; a larger one is dropped with an event.
    public var payloadLimit = 131_072
    /// Makes the jitter of reconnecting repeatable.
    public var seed = UInt64.random(in: .min ... .max)

    /// A configuration for brokers tried in turn.
    public init(addresses: [BrokerAddress], clientID: String) {
        self.addresses = addresses
        self.clientID = clientID
    }

    /// Checks that it can work.
    /// - Throws: ``MQTTError`` (`configurationInvalid`).
    public func check() throws(MQTTError) {
        func refuse(_ why: String) -> MQTTError { MQTTError(.configurationInvalid, why) }
        if addresses.isEmpty { throw refuse("no broker address is given; name one, such as mqtt://127.0.0.1:1883") }
        let bytes = clientID.utf8.count
        guard (1...PortableProfile.clientIDByteLimit).contains(bytes) else {
            throw refuse("the client id \"\(clientID)\" has \(bytes) bytes; 1 to 128 are allowed")
        }
        if clientID.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            throw refuse("the client id has a control character")
        }
        guard (5...3600).contains(keepalive.components.seconds), keepalive.components.attoseconds == 0 else {
            throw refuse("the keep-alive of \(keepalive) is not a whole number of seconds from 5 to 3600")
        }
        if connectTimeout <= .zero { throw refuse("the connect timeout of \(connectTimeout) is not above zero") }
        if versions.isEmpty { throw refuse("no version of MQTT is allowed; allow 5, 3.1.1 or both") }
        guard (1...1000).contains(inFlightLimit), backlogLimit > 0, backlogByteLimit > 0, payloadLimit > 0 else {
            throw refuse("in-flight limit must be 1 to 1000, and the other limits above zero")
        }
        if password != nil, username == nil { throw refuse("a password is given, but no user name") }
        for text in [username ?? "", password ?? ""] where text.utf8.count > 65_535 || text.utf8.contains(0) {
            throw refuse("user name and password have at most 65535 bytes, none of them zero")
        }
        if (tls.certificateFile == nil) != (tls.keyFile == nil) {
            throw refuse("a TLS certificate and its key are given together, or neither")
        }
    }
}
