internal import Documents

/// Where sensors of a zone can stand, for finding each at once among ten thousand.
struct Places {
    private let bars: [String]
    private let names: Set<String>
    /// The first bar of each node.
    private let ofNode: [Substring: String]

    init(bars: [String]) {
        self.bars = bars
        names = Set(bars)
        ofNode = Dictionary(bars.map { (Places.node(of: $0), $0) }) { first, _ in first }
    }

    func has(_ bar: String) -> Bool { names.contains(bar) }

    /// The place that was probably meant by one that isn't there.
    func nearest(to place: String) -> String? {
        ofNode[Places.node(of: place)] ?? Spelling.nearest(to: place, in: bars + ["first", "last"])
    }

    private static func node(of name: String) -> Substring { name.prefix { $0 != "/" } }
}
