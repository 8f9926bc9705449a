/// A set of subnets by their index, up to 128 of them.
struct TokenSet: Hashable {
    private var bits: UInt128 = 0

    /// The most that there can be.
    static let capacity = 128

    init() {}

    init(_ indices: some Sequence<Int>) { for index in indices { insert(index) } }

    var isEmpty: Bool { bits == 0 }
    var count: Int { bits.nonzeroBitCount }

    mutating func insert(_ index: Int) { bits |= 1 << UInt128(index) }
    mutating func remove(_ index: Int) { bits &= ~(1 << UInt128(index)) }
    func contains(_ index: Int) -> Bool { bits & (1 << UInt128(index)) != 0 }

    static func | (a: TokenSet, b: TokenSet) -> TokenSet { TokenSet(bits: a.bits | b.bits) }
    static func & (a: TokenSet, b: TokenSet) -> TokenSet { TokenSet(bits: a.bits & b.bits) }
    static func - (a: TokenSet, b: TokenSet) -> TokenSet { TokenSet(bits: a.bits & ~b.bits) }

    private init(bits: UInt128) { self.bits = bits }

    /// The indices, in order.
    var indices: [Int] {
        var rest = bits
        var all: [Int] = []
        while rest != 0 {
            all.append(rest.trailingZeroBitCount)
            rest &= rest - 1
        }
        return all
    }
}
