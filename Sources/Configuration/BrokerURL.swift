/// Where a broker is: `mqtt://host:port`, or `mqtts://host:port` for TLS.
public struct BrokerURL: Sendable, Hashable, CustomStringConvertible {
    /// Whether the connection is by TLS.
    public var isTLS: Bool
    /// A name, or an address; that of IPv6 without its brackets.
    public var host: String
    /// The port; 1883, or 8883 for TLS, where the text has none.
    public var port: UInt16

    /// What ``init(text:)`` takes, for an error message.
    public static let textForms = "a broker is mqtt://host, mqtt://host:port, or the same with mqtts for TLS"

    /// The broker that `text` names; nil for anything else than ``textForms``.
    public init?(text: String) {
        let rest: Substring
        if text.hasPrefix("mqtt://") {
            isTLS = false
            rest = text.dropFirst(7)
        } else if text.hasPrefix("mqtts://") {
            isTLS = true
            rest = text.dropFirst(8)
        } else {
            return nil
        }
        let end: Substring.Index
        if rest.hasPrefix("[") {
            guard let bracket = rest.firstIndex(of: "]") else { return nil }
            host = String(rest[rest.index(after: rest.startIndex)..<bracket])
            end = rest.index(after: bracket)
            guard host.contains(":"), host.utf8.count <= 45, host.utf8.allSatisfy(BrokerURL.isOfIPv6) else {
                return nil
            }
        } else {
            end = rest.firstIndex(of: ":") ?? rest.endIndex
            host = String(rest[..<end])
            guard let first = host.utf8.first, first != 0x2d, first != 0x2e, host.utf8.count <= 253,
                host.utf8.allSatisfy(BrokerURL.isOfName)
            else { return nil }
        }
        let tail = rest[end...]
        if tail.isEmpty {
            port = isTLS ? 8883 : 1883
        } else {
            let digits = tail.dropFirst()
            guard tail.first == ":", digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = UInt16(digits), number > 0
            else { return nil }
            port = number
        }
    }

    /// The broker as ``init(text:)`` reads it, always with its port: `mqtt://127.0.0.1:1883`.
    public var description: String {
        "\(isTLS ? "mqtts" : "mqtt")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: true
        default: false
        }
    }

    private static func isOfIPv6(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66, 0x3a, 0x2e: true
        default: false
        }
    }
}
