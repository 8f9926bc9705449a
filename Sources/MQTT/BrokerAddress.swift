/// The address of a broker: `mqtt://host:port`, or `mqtts://host:port` for TLS.
public struct BrokerAddress: Sendable, Hashable, CustomStringConvertible {
    /// A name, or an IPv4 or IPv6 address (without brackets).
    public let host: String
    /// 1…65535; 1883 by default, 8883 with TLS.
    public let port: UInt16
    /// True if the connection is encrypted (`mqtts`).
    public let isEncrypted: Bool
    /// The only protocol to speak there (`?mqttVersion=3.1.1`); nil: what the broker can do is found out.
    public let version: MQTTVersion?

    /// An address of parts. `host` is taken as it is.
    public init(host: String, port: UInt16, isEncrypted: Bool = false, version: MQTTVersion? = nil) {
        self.host = host
        self.port = port
        self.isEncrypted = isEncrypted
        self.version = version
    }

    /// Reads `mqtt://host`, `mqtt://host:port`, `mqtts://host:port`, `mqtt://[::1]:port`, or a bare `host:port`; each
    /// may end in `?mqttVersion=auto`, `=5` or `=3.1.1`.
    /// - Throws: ``MQTTError`` (`addressInvalid`) that quotes the text and says what is wrong.
    public init(_ text: String) throws(MQTTError) {
        func refuse(_ why: String) -> MQTTError {
            MQTTError(
                .addressInvalid,
                "\"\(text)\" is not a broker address: \(why). Write mqtt://host:port, mqtts://host:port for TLS, "
                    + "or mqtt://[::1]:1883 for IPv6.")
        }
        var rest = Substring(text)
        var encrypted = false
        if let mark = text.firstSchemeMark {
            switch text[..<mark].lowercased() {
            case "mqtt": break
            case "mqtts": encrypted = true
            default: throw refuse("the scheme \"\(text[..<mark])\" is neither mqtt nor mqtts")
            }
            rest = text[mark...].dropFirst(3)
        }
        if let mark = rest.firstIndex(of: "?") {
            version = try BrokerAddress.version(in: rest[rest.index(after: mark)...], refuse)
            rest = rest[..<mark]
        } else {
            version = nil
        }
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        if rest.contains("@") { throw refuse("user and password are given apart from the address") }
        var portText: Substring?
        if rest.hasPrefix("[") {
            guard let end = rest.firstIndex(of: "]") else { throw refuse("the bracket isn't closed") }
            host = String(rest[rest.index(after: rest.startIndex)..<end])
            guard HostName.isAddress6(host) else {
                throw refuse("\"\(host)\" in brackets is not an IPv6 address")
            }
            let tail = rest[rest.index(after: end)...]
            if !tail.isEmpty {
                guard tail.hasPrefix(":") else { throw refuse("\"\(tail)\" follows the bracket") }
                portText = tail.dropFirst()
            }
        } else {
            let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count <= 2 else { throw refuse("an IPv6 address goes in brackets") }
            host = parts.first.map { String($0) } ?? ""
            if parts.count == 2 { portText = parts[1] }
            guard !host.isEmpty else { throw refuse("there is no host") }
            if let fault = HostName.fault(of: host) { throw refuse("the host \"\(host)\" \(fault)") }
        }
        if let portText {
            guard let number = UInt16(portText), number > 0, portText.utf8.allSatisfy(\.isDigit) else {
                throw refuse("the port \"\(portText)\" is not a number from 1 to 65535")
            }
            port = number
        } else {
            port = encrypted ? 8883 : 1883
        }
        isEncrypted = encrypted
    }

    /// The address as it is written, with its port.
    public var description: String {
        let name = host.contains(":") ? "[\(host)]" : host
        let ending = version.map { "?mqttVersion=\($0.number)" } ?? ""
        return "\(isEncrypted ? "mqtts" : "mqtt")://\(name):\(port)\(ending)"
    }

    /// The same place, where any protocol may be spoken.
    public var place: BrokerAddress { BrokerAddress(host: host, port: port, isEncrypted: isEncrypted) }

    private static func version(
        in query: Substring, _ refuse: (String) -> MQTTError
    ) throws(MQTTError) -> MQTTVersion? {
        switch query {
        case "mqttVersion=auto": return nil
        case "mqttVersion=5": return .v5
        case "mqttVersion=3.1.1": return .v311
        default:
            throw refuse("\"?\(query)\" is none of ?mqttVersion=auto, ?mqttVersion=5 and ?mqttVersion=3.1.1")
        }
    }
}

extension String {
    /// The place of the first `://`.
    fileprivate var firstSchemeMark: Index? {
        var place = startIndex
        while place < endIndex {
            if self[place...].hasPrefix("://") { return place }
            place = index(after: place)
        }
        return nil
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool {
        self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9")
    }
}
