/// How much of a document is read before it is refused, so that no file can exhaust memory or stack.
public struct YAMLLimits: Sendable {
    /// How deep nodes may nest.
    public var depth: Int
    /// How many nodes there may be, aliases counted by what they stand for.
    public var nodes: Int

    /// Limits; the defaults are far above what people write and far below what hurts.
    public init(depth: Int = 64, nodes: Int = 2_000_000) {
        self.depth = depth
        self.nodes = nodes
    }
}
