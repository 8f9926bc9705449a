internal import MQTT

/// An address at which a server listens.
public struct ListenAddress: Sendable, Hashable {
    /// The form of an address, for an error message.
    public static let textForms = "an address to listen at is HOST:PORT, with a port of 1 to 65535; [::1]:PORT for IPv6"

    /// A host's name or its address.
    public var host: String
    /// 1…65535
    public var port: Int

    /// The address of `127.0.0.1:9464`; nil for anything else.
    public init?(text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0,
            text[text.index(after: colon)...].utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard HostName.isAddress6(host) else { return nil }
        } else {
            guard HostName.fault(of: host) == nil else { return nil }
        }
        self.host = String(host)
        self.port = Int(port)
    }
}
