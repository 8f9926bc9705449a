/// An S3 bucket with its policy.
public struct Bucket: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::S3::Bucket" }
    /// Where a topology keeps them.
    public static var collection: WritableKeyPath<Topology, [Bucket]> { \.buckets }

    /// The logical name.
    public var name: String
    /// Its own name in S3; nil for one that AWS makes.
    public var bucketName: String?
    /// Whether old versions are kept.
    public var versioning = false
    /// How it is encrypted by default, `AES256` or `aws:kms`; nil where nothing is said (S3 then uses AES256).
    public var encryption: String?
    /// Whether all four blocks on public access are on.
    public var blocksPublicAccess = false
    /// Whether objects can't be overwritten or deleted for a time; nil for no.
    public var objectLock: ObjectLock?
    /// What becomes of objects as they age.
    public var lifecycleRules: [LifecycleRule] = []
    /// Where its own access logs go; nil for nowhere.
    public var accessLogging: LogDestination?
    /// Who may do what; nil for no policy.
    public var policy: PolicyDocument?
    /// What becomes of it when the stack goes: `Delete` or `Retain`; nil for AWS's (`Delete`).
    public var deletionPolicy: String?
}
