internal import CMosquitto
internal import Glibc

/// One attempt to connect and the connection that comes of it: the owner of a `struct mosquitto`.
///
/// A fresh one is made for every attempt. libmosquitto would otherwise send what was in flight again by itself, ahead
/// of kept state and so possibly over newer state, and would remember the last broker's limits at the next broker.
/// All calls, and so all callbacks, happen on the one thread that owns it; none of them blocks.
final class MosquittoHandle {
    /// What a call into the library came to.
    struct Failure: Error {
        let code: Int32
        let systemError: Int32

        var text: String {
            if code == MOSQ_ERR_ERRNO.rawValue, systemError != 0 { return String(cString: strerror(systemError)) }
            return String(cString: mosquitto_strerror(code)).withoutFullStop
        }
    }

    let version: MQTTVersion
    let inbox: MosquittoInbox
    let isEncrypted: Bool
    private let pointer: OpaquePointer
    private let context: Unmanaged<MosquittoInbox>

    private static let isLibraryReady: Bool = {
        // OpenSSL writes to sockets without asking that a peer who hung up raise no signal, which would end the process.
        // libmosquitto ignored it for everybody up to 2.0.11 at least; 2.0.21 leaves it to us.
        signal(SIGPIPE, SIG_IGN)
        return mosquitto_lib_init() == MOSQ_ERR_SUCCESS.rawValue
    }()

    init(_ configuration: MQTTConfiguration, address: BrokerAddress, version: MQTTVersion, will: MQTTMessage?)
        throws(MQTTError)
    {
        self.version = version
        isEncrypted = address.isEncrypted
        inbox = MosquittoInbox(payloadLimit: configuration.payloadLimit)
        let isFresh = configuration.sessionExpirySeconds == 0
        context = Unmanaged.passRetained(inbox)
        guard Self.isLibraryReady,
            let pointer = mosquitto_new(configuration.clientID, isFresh, context.toOpaque())
        else {
            context.release()
            throw MQTTError(.configurationInvalid, "libmosquitto does not take the client id, or memory is short")
        }
        self.pointer = pointer
        installCallbacks()
        mosquitto_int_option(pointer, MOSQ_OPT_TCP_NODELAY, 1)
        mosquitto_int_option(pointer, MOSQ_OPT_PROTOCOL_VERSION, version == .v5 ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311)
        mosquitto_int_option(pointer, MOSQ_OPT_SEND_MAXIMUM, Int32(configuration.inFlightLimit))
        if let username = configuration.username {
            mosquitto_username_pw_set(pointer, username, configuration.password)
        }
        if let will {
            let code = will.payload.withUnsafeBytes {
                mosquitto_will_set(
                    pointer, will.topic, Int32($0.count), $0.baseAddress, Int32(will.qos.rawValue), will.retain)
            }
            guard code == MOSQ_ERR_SUCCESS.rawValue else {
                throw MQTTError(.configurationInvalid, "the will on \"\(will.topic)\" is not one that MQTT can carry")
            }
        }
        if isEncrypted { try encrypt(configuration.tls) }
        if version == .v5 { announce(configuration) }
    }

    deinit {
        mosquitto_destroy(pointer)
        context.release()
    }

    /// The socket, or nil when there is none (any more). It may change with every call.
    var descriptor: Int32? {
        let socket = mosquitto_socket(pointer)
        return socket < 0 ? nil : socket
    }

    /// Whether bytes wait for the socket to take them.
    var wantsWrite: Bool { mosquitto_want_write(pointer) }

    /// Begins to connect, without waiting. `host` must be a number, or a name that has just been looked up (the
    /// library looks it up again, and that blocks).
    func connect(host: String, port: UInt16, bind: String?, keepalive: Duration) throws(Failure) {
        errno = 0
        try check(
            mosquitto_connect_bind_async(pointer, host, Int32(port), Int32(keepalive.components.seconds), bind))
        // The library leaves it to be inherited: a child process would hold the connection open after its owner died.
        if let descriptor { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    }

    /// Begins to connect to an address at one of its numbers.
    func connect(to candidate: String, of address: BrokerAddress, keepalive: Duration) throws(Failure) {
        // The certificate is for the name, so TLS connects by the name, which the library looks up a second time;
        // being bound to the family of the number found makes it skip the other family's.
        let isNamed = address.isEncrypted && candidate != address.host
        let bind = candidate.contains(":") ? "::" : "0.0.0.0"
        try connect(
            host: isNamed ? address.host : candidate, port: address.port, bind: isNamed ? bind : nil,
            keepalive: keepalive)
    }

    /// Reads one packet, or a part of it, or goes on with the TLS handshake. True: there may be more.
    func read() throws(Failure) -> Bool {
        errno = 0
        let code = mosquitto_loop_read(pointer, 1)
        let isDry = errno == EAGAIN
        try check(code)
        return !isDry
    }

    /// Writes what waits, as far as the socket takes it.
    func write() throws(Failure) {
        errno = 0
        try check(mosquitto_loop_write(pointer, 1))
    }

    /// Sends a ping if it is time; fails if the last one wasn't answered.
    func keepAlive() throws(Failure) {
        errno = 0
        try check(mosquitto_loop_misc(pointer))
    }

    /// Hands a message over and writes it if the socket takes it. Returns its packet identifier.
    func publish(_ message: MQTTMessage) throws(Failure) -> Int32 {
        // The library of 2.0.11 sends it all the same, and a broker then ends the connection.
        guard !message.retain || inbox.keepsRetained else {
            throw Failure(code: Int32(MOSQ_ERR_RETAIN_NOT_SUPPORTED.rawValue), systemError: 0)
        }
        var packet: Int32 = 0
        var properties: OpaquePointer?
        if version == .v5, let expiry = message.expirySeconds {
            mosquitto_property_add_int32(&properties, Int32(MQTT_PROP_MESSAGE_EXPIRY_INTERVAL.rawValue), expiry)
        }
        defer { mosquitto_property_free_all(&properties) }
        errno = 0
        let code = message.payload.withUnsafeBytes {
            mosquitto_publish_v5(
                pointer, &packet, message.topic, Int32($0.count), $0.baseAddress, Int32(message.qos.rawValue),
                message.retain, properties)
        }
        try check(code)
        return packet
    }

    /// Subscribes to filters in one packet. Returns its identifier.
    func subscribe(_ filters: [String], qos: QoS) throws(Failure) -> Int32 {
        var packet: Int32 = 0
        errno = 0
        let code = Self.withCStrings(filters) {
            mosquitto_subscribe_multiple(pointer, &packet, Int32(filters.count), $0, Int32(qos.rawValue), 0, nil)
        }
        try check(code)
        return packet
    }

    /// Unsubscribes from filters in one packet.
    func unsubscribe(_ filters: [String]) throws(Failure) {
        errno = 0
        let code = Self.withCStrings(filters) {
            mosquitto_unsubscribe_multiple(pointer, nil, Int32(filters.count), $0, nil)
        }
        try check(code)
    }

    /// Says farewell, so that the broker doesn't publish the will. The library closes its socket.
    func disconnect() throws(Failure) {
        errno = 0
        try check(mosquitto_disconnect(pointer))
    }

    private func check(_ code: Int32) throws(Failure) {
        guard code != MOSQ_ERR_SUCCESS.rawValue else { return }
        throw Failure(code: code, systemError: errno)
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return copies.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { body(UnsafePointer($0)) } ?? body([])
        }
    }

    private func encrypt(_ tls: TLSOptions) throws(MQTTError) {
        let code = mosquitto_tls_set(
            pointer, tls.authorityFile, tls.authorityFile == nil ? "/etc/ssl/certs" : nil, tls.certificateFile,
            tls.keyFile, nil)
        guard code == MOSQ_ERR_SUCCESS.rawValue else {
            let files = [tls.authorityFile, tls.certificateFile, tls.keyFile].compactMap { $0 }
            throw MQTTError(
                .tls, "can't read the certificate files \(files.joined(separator: ", ")); check paths and permissions")
        }
        if tls.acceptsAnyHostName { mosquitto_tls_insecure_set(pointer, true) }
    }

    /// Sets the properties of MQTT 5's CONNECT. libmosquitto 2.0 takes them only by its blocking connect, which stores
    /// them before it looks at the port: so it is called with a port that it refuses, and never comes to connecting.
    private func announce(_ configuration: MQTTConfiguration) {
        var properties: OpaquePointer?
        defer { mosquitto_property_free_all(&properties) }
        // Well above what we hand on, so that a message a little too large is reported and not silently kept back.
        let packetLimit = UInt32(clamping: max(configuration.payloadLimit * 8, 1_048_576))
        mosquitto_property_add_int32(&properties, Int32(MQTT_PROP_MAXIMUM_PACKET_SIZE.rawValue), packetLimit)
        if configuration.sessionExpirySeconds > 0 {
            mosquitto_property_add_int32(
                &properties, Int32(MQTT_PROP_SESSION_EXPIRY_INTERVAL.rawValue), configuration.sessionExpirySeconds)
        }
        mosquitto_connect_bind_v5(pointer, "invalid", -1, 5, nil, properties)
    }
}

extension MosquittoHandle {
    fileprivate func installCallbacks() {
        mosquitto_connect_v5_callback_set(pointer) { _, context, code, flags, properties in
            var maximum: UInt16 = 0
            let hasMaximum =
                mosquitto_property_read_int16(
                    properties, Int32(MQTT_PROP_RECEIVE_MAXIMUM.rawValue), &maximum, false) != nil
            var largest: UInt32 = 0
            let hasLargest =
                mosquitto_property_read_int32(
                    properties, Int32(MQTT_PROP_MAXIMUM_PACKET_SIZE.rawValue), &largest, false) != nil
            var keeps: UInt8 = 1
            mosquitto_property_read_byte(
                properties, Int32(MQTT_PROP_RETAIN_AVAILABLE.rawValue), &keeps, false)
            context.inbox?.keepsRetained = keeps != 0
            context.inbox?.leave(
                code == 0
                    ? .accepted(
                        isResumed: flags & 1 != 0, inFlightMaximum: hasMaximum ? maximum : nil,
                        packetMaximum: hasLargest ? largest : nil)
                    : .refused(code: UInt8(clamping: code)))
        }
        mosquitto_message_callback_set(pointer) { _, context, message in
            if let message { context.inbox?.leave(message.pointee) }
        }
        mosquitto_publish_v5_callback_set(pointer) { _, context, packet, reason, _ in
            context.inbox?.leave(.published(packet: packet, reason: UInt8(clamping: reason)))
        }
        mosquitto_subscribe_callback_set(pointer) { _, context, packet, count, grants in
            let codes = UnsafeBufferPointer(start: grants, count: Int(count)).map { $0 }
            context.inbox?.leave(.subscribed(packet: packet, grants: codes))
        }
        mosquitto_disconnect_v5_callback_set(pointer) { _, context, code, _ in
            context.inbox?.leave(.ended(code: code))
        }
        guard isEncrypted else { return }  // The library formats a text for every packet once there is a log callback.
        mosquitto_log_callback_set(pointer) { _, context, level, text in
            guard level & MOSQ_LOG_ERR != 0, let text else { return }
            context.inbox?.complain(String(cString: text))
        }
    }
}

extension UnsafeMutableRawPointer? {
    fileprivate var inbox: MosquittoInbox? {
        map { Unmanaged<MosquittoInbox>.fromOpaque($0).takeUnretainedValue() }
    }
}
