/// A set of subnets by their index, up to 128 of them.
struct TokenSet: Hashable, Sequence {
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
    struct Iterator: IteratorProtocol {
        fileprivate var rest: UInt128

        mutating func next() -> Int? {
            guard rest != 0 else { return nil }
            defer { rest &= rest - 1 }
            return rest.trailingZeroBitCount
        }
    }

    func makeIterator() -> Iterator { Iterator(rest: bits) }

    /// Whether both have one.
    func meets(_ other: TokenSet) -> Bool { bits & other.bits != 0 }
}
