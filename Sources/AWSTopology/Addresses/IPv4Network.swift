/// A block of IPv4 addresses in CIDR notation; its host bits are always zero.
public struct IPv4Network: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The first address.
    public let first: IPv4Address
    /// The length of the prefix, 0…32.
    public let prefix: Int

    /// The network of length `prefix` (0…32) that `address` lies in.
    public init(containing address: IPv4Address, prefix: Int) {
        precondition((0...32).contains(prefix), "a prefix is 0…32, not \(prefix)")
        self.prefix = prefix
        first = IPv4Address(bits: address.bits & Self.mask(prefix))
    }

    /// A network from `10.0.0.0/20`.
    ///
    /// - Throws: ``TopologyError`` with code `malformed`, and the network that was probably meant.
    public init(_ text: some StringProtocol) throws(TopologyError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPv4Address(parts[0]),
            let prefix = parts[1].utf8.allSatisfy({ (48...57).contains($0) }) ? Int(parts[1]) : nil,
            (0...32).contains(prefix)
        else {
            throw TopologyError(
                .malformed, found: "\"\(text)\"", allowed: "a network in CIDR notation, such as 10.0.0.0/20",
                remedy: "write four numbers 0 to 255 and a prefix length 0 to 32")
        }
        self.init(containing: address, prefix: prefix)
        guard first == address else {
            throw TopologyError(
                .malformed, found: "\(text), an address inside of the network \(self)",
                allowed: "the first address of the network", remedy: "write \(self)")
        }
    }

    /// `10.0.0.0/20`
    public var description: String { "\(first)/\(prefix)" }

    /// The last address.
    public var last: IPv4Address { IPv4Address(bits: first.bits | ~Self.mask(prefix)) }

    /// The number of addresses, 1…2³².
    public var size: Int { 1 << (32 - prefix) }

    /// The number of addresses that AWS leaves free when this is a subnet: it keeps the first four and the last.
    ///
    /// - Source: Amazon VPC User Guide, "Subnet CIDR blocks".
    public var usable: Int { max(0, size - 5) }

    /// Returns whether all of `other` lies in here.
    public func contains(_ other: IPv4Network) -> Bool { prefix <= other.prefix && contains(other.first) }

    /// Returns whether `address` lies in here.
    public func contains(_ address: IPv4Address) -> Bool { address.bits & Self.mask(prefix) == first.bits }

    /// Returns whether an address lies in both. Of two networks that overlap, one always contains the other.
    public func overlaps(_ other: IPv4Network) -> Bool { contains(other.first) || other.contains(first) }

    /// The `index`th network of length `prefix` within this one, from 0; nil where there is none.
    public func subnet(_ index: Int, prefix: Int) -> IPv4Network? {
        guard (self.prefix...32).contains(prefix), index >= 0, index < 1 << (prefix - self.prefix) else { return nil }
        return IPv4Network(containing: IPv4Address(bits: first.bits + UInt32(index << (32 - prefix))), prefix: prefix)
    }

    /// Returns the rest of this network when `taken` are out of it, as the fewest and largest networks, in order.
    public func subtracting(_ taken: [IPv4Network]) -> [IPv4Network] {
        let within = taken.filter(overlaps)
        if within.isEmpty { return [self] }
        guard !within.contains(where: { $0.contains(self) }),
            let low = subnet(0, prefix: prefix + 1), let high = subnet(1, prefix: prefix + 1)
        else { return [] }
        return low.subtracting(within) + high.subtracting(within)
    }

    /// By first address, then the larger first.
    public static func < (a: IPv4Network, b: IPv4Network) -> Bool { (a.first, a.prefix) < (b.first, b.prefix) }

    private static func mask(_ prefix: Int) -> UInt32 { prefix == 0 ? 0 : ~0 << UInt32(32 - prefix) }
}
