/// A key that stands twice in one mapping of a file.
public struct RepeatedKey: Sendable, Hashable {
    /// The resource in which it stands, or the part of the file.
    public var owner: String
    /// The key.
    public var key: String
    /// The line of the first.
    public var first: Int
    /// The place of the second, which counts.
    public var second: SourcePlace
}
