internal import CMosquitto
internal import Glibc

/// Why an attempt to connect came to nothing, and what to do.
extension MQTTConnection {
    /// Nobody took the connection.
    func unreached(_ failure: MosquittoHandle.Failure) -> MQTTError {
        let remedy = "start one, or name another (--broker; brokers in an agent's file)"
        return failure.isRefusedConnection
            ? MQTTError(.unreachable, "no broker at \(address) (connection refused): nobody listens there; \(remedy)")
            : MQTTError(.unreachable, "no broker at \(address) (\(failure.reason)); \(remedy)")
    }

    /// The two sides came to no terms about TLS.
    func disagreement(_ complaint: TLSComplaint) -> MQTTError {
        complaint.isNoTLS
            ? MQTTError(
                .tls,
                "what listens at \(address) doesn't speak TLS (\(complaint.text)); name its mqtts port, usually 8883, or "
                    + "write mqtt:// where it is to go without")
            : MQTTError(
                .tls,
                "\(address) and we don't accept each other's certificates (\(complaint.text)); check the authority, "
                    + "certificate and key files and the host name")
    }

    func unresolved(_ reason: String) -> MQTTError {
        MQTTError(
            .unresolved,
            "can't find the host \"\(address.host)\" of \(address) (\(reason.lowercasedFirst)); check the "
                + "name, or give its number")
    }

    func silent(isReaching: Bool) -> MQTTError {
        let limit = configuration.connectTimeout
        return isReaching
            ? MQTTError(
                .unreachable, "no answer from \(address) within \(limit); check the address, the network and firewalls")
            : MQTTError(
                .unreachable,
                "\(address) takes connections but did not answer within \(limit); check that it is an "
                    + "MQTT broker, and mqtt:// or mqtts:// as it wants")
    }

    static func reason(_ code: UInt8, _ version: MQTTVersion) -> (text: String, remedy: String) {
        let remedy =
            switch code {
            case 0x01, 0x84: "allow another version of MQTT, or use another broker"
            case 0x02, 0x85: "choose another client id"
            case 0x9A: "it keeps no retained messages, without which a mesh doesn't work: allow them, or use mosquitto"
            case 0x9B: "it takes no messages of QoS 1, without which a mesh doesn't work: allow them, or use mosquitto"
            case 0x04, 0x05, 0x86, 0x87, 0x8A: "check user name, password and the broker's access list"
            default: "see the broker's log"
            }
        let text = String(
            cString: version == .v5 ? mosquitto_reason_string(Int32(code)) : mosquitto_connack_string(Int32(code)))
        return (text.withoutFullStop.lowercasedFirst, remedy)
    }
}

/// What OpenSSL says of a handshake that failed, as libmosquitto passes it on.
struct TLSComplaint {
    let text: String

    /// Whether the other side just went.
    ///
    /// - Source: OpenSSL 3, SSL_R_UNEXPECTED_EOF_WHILE_READING.
    var isHangUp: Bool { text.contains("unexpected eof") }

    /// Whether what it answered was no TLS.
    ///
    /// - Source: OpenSSL 3, ssl/record/methods: SSL_R_WRONG_VERSION_NUMBER, SSL_R_PACKET_LENGTH_TOO_LONG.
    var isNoTLS: Bool { text.contains("wrong version number") || text.contains("packet length too long") }
}

extension MosquittoHandle.Failure {
    /// The reason in the midst of a sentence.
    var reason: String { text.lowercasedFirst }

    /// Whether there was nobody to take the connection.
    var isRefusedConnection: Bool { code == MOSQ_ERR_ERRNO.rawValue && systemError == ECONNREFUSED }
}

extension String {
    /// As it reads in the midst of a sentence. An abbreviation keeps its capitals.
    var lowercasedFirst: String {
        guard let first, let second = dropFirst().first, second.isLowercase || second == " " else { return self }
        return first.lowercased() + dropFirst()
    }

    var withoutFullStop: String {
        hasSuffix(".") ? String(dropLast()) : self
    }
}
