/// What becomes of objects as they age.
public struct LifecycleRule: Sendable, Hashable {
    /// A move to another storage class.
    public struct Transition: Sendable, Hashable {
        /// `STANDARD_IA`, `GLACIER`, …
        public var storageClass: String
        /// After how many days.
        public var days: Int
    }

    /// Its name.
    public var id: String
    /// Which objects; all when empty.
    public var prefix = ""
    /// Moves to other storage classes.
    public var transitions: [Transition] = []
    /// After how many days objects go; nil for never.
    public var expirationDays: Int?
    /// After how many days old versions go; nil for never.
    public var noncurrentExpirationDays: Int?
    /// After how many days what was never wholly uploaded goes; nil for never.
    public var abortIncompleteUploadDays: Int?
}
