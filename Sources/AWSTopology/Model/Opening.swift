/// Something of a file that makes, or may make, what the file doesn't say: a macro, a stack or a module of another file,
/// a custom resource, a loop that can't be run.
///
/// What it is given may have more attached to it than the file shows.
public struct Opening: Sendable, Hashable {
    /// Its name, in the file's words: `the nested stack Network`.
    public var what: String
    /// The resources that are handed to it; nil where it may add to any.
    public var touches: Set<String>?
    /// The place where it stands.
    public var place: SourcePlace?
}
