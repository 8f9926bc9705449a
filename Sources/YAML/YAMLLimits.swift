/// The limits within which a document is read, so that no file can exhaust memory or stack.
public struct YAMLLimits: Sendable {
    /// The greatest depth to which nodes may nest.
    public var depth: Int
    /// The largest number of nodes, aliases counted by what they stand for.
    public var nodes: Int

    /// Limits; the defaults are far above what people write and far below what hurts.
    public init(depth: Int = 64, nodes: Int = 2_000_000) {
        self.depth = depth
        self.nodes = nodes
    }
}
