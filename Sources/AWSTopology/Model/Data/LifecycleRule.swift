/// A rule by which objects go as they age.
public struct LifecycleRule: Sendable, Hashable {
    /// A move to another storage class.
    public struct Transition: Sendable, Hashable {
        /// `STANDARD_IA`, `GLACIER`, …
        public var storageClass: String
        /// The number of days after which they do.
        public var days: Int
    }

    /// Its name.
    public var id: String
    /// The beginning of the objects' names that it is for; all when empty.
    public var prefix = ""
    /// Moves to other storage classes.
    public var transitions: [Transition] = []
    /// The number of days after which objects go; nil for never.
    public var expirationDays: Int?
    /// The number of days after which old versions go; nil for never.
    public var noncurrentExpirationDays: Int?
    /// The number of days after which what was never wholly uploaded goes; nil for never.
    public var abortIncompleteUploadDays: Int?
}
