internal import Glibc

/// What a host may be called where people write one: of a broker, or where a server listens.
package enum HostName {
    /// What is wrong with a name or an IPv4 address, `has characters other …`; nil: nothing. What looks like an IPv4
    /// address and isn't is neither.
    package static func fault(of host: some StringProtocol) -> String? {
        guard let first = host.utf8.first else { return "is empty" }
        if !host.utf8.allSatisfy(isAllowed) {
            return "has characters other than letters, digits, \"-\", \"_\" and \".\""
        }
        if first == UInt8(ascii: "-") || first == UInt8(ascii: ".") { return "begins with \"\(host.prefix(1))\"" }
        if host.utf8.count > 253 { return "is longer than 253 bytes" }
        let looksNumeric = host.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        if looksNumeric, !isNumeric(host, AF_INET) {
            return "is not an IPv4 address, which has four numbers of 0 to 255"
        }
        return nil
    }

    /// Whether it is an IPv6 address, without brackets; a scope (`fe80::1%eth0`) may follow.
    package static func isAddress6(_ host: some StringProtocol) -> Bool {
        let parts = host.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        // A scope is a network interface's name.
        if parts.count == 2, parts[1].isEmpty || !parts[1].utf8.allSatisfy(isAllowed) { return false }
        return isNumeric(parts[0], AF_INET6)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
        default: false
        }
    }

    private static func isNumeric(_ text: some StringProtocol, _ family: Int32) -> Bool {
        // A zero byte would end the text early.
        guard !text.utf8.contains(0) else { return false }
        var address = in6_addr()
        return inet_pton(family, String(text), &address) == 1
    }
}
