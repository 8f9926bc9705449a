internal import Glibc

/// Where a server listens.
public struct ListenAddress: Sendable, Hashable {
    /// What it may be, for an error message.
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
            guard host.contains(":"), ListenAddress.isNumeric(host, AF_INET6) else { return nil }
        } else {
            // A name, or an IPv4 address: what looks like one and isn't, is neither.
            guard host.utf8.allSatisfy({ ListenAddress.isInHostName($0) }), host.first != "-", host.first != ".",
                host.contains(where: { !"0123456789.".contains($0) }) || ListenAddress.isNumeric(host, AF_INET)
            else { return nil }
        }
        guard !host.isEmpty, host.utf8.count <= 253 else { return nil }
        self.host = String(host)
        self.port = Int(port)
    }

    private static func isInHostName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
        default: false
        }
    }

    private static func isNumeric(_ text: Substring, _ family: Int32) -> Bool {
        var address = in6_addr()
        // A scope (fe80::1%eth0) is for getaddrinfo.
        return inet_pton(family, String(text.prefix { $0 != "%" }), &address) == 1
    }
}
