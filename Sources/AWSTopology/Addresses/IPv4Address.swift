/// An IPv4 address.
public struct IPv4Address: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The address as a number, the first octet highest.
    public var bits: UInt32

    /// An address from its number.
    public init(bits: UInt32) { self.bits = bits }

    /// An address from `10.0.0.1`; nil for anything but four decimal octets without leading zeros.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard part.utf8.allSatisfy({ (48...57).contains($0) }), let octet = UInt8(part),
                part.count == 1 || part.first != "0"
            else { return nil }
            bits = bits << 8 | UInt32(octet)
        }
        self.bits = bits
    }

    /// `10.0.0.1`
    public var description: String {
        "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
    }

    /// By number.
    public static func < (a: IPv4Address, b: IPv4Address) -> Bool { a.bits < b.bits }
}
