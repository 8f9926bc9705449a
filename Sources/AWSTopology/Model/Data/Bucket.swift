/// An S3 bucket with its policy.
public struct Bucket: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::S3::Bucket" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [Bucket]> { \.buckets }

    /// The logical name.
    public var name: String
    /// Its own name in S3; nil for one that AWS makes.
    public var bucketName: String?
    /// True if old versions are kept.
    public var versioning = false
    /// The encryption by default, `AES256` or `aws:kms`; nil where nothing is said (S3 then uses AES256).
    public var encryption: String?
    /// True if all four blocks on public access are on.
    public var blocksPublicAccess = false
    /// The lock under which objects can't be overwritten or deleted for a time; nil for none.
    public var objectLock: ObjectLock?
    /// The rules by which objects go as they age.
    public var lifecycleRules: [LifecycleRule] = []
    /// The bucket that its own access logs go to; nil for none.
    public var accessLogging: LogDestination?
    /// The policy on who may do what; nil for none.
    public var policy: PolicyDocument?
    /// The policy for when the stack goes: `Delete` or `Retain`; nil for AWS's (`Delete`).
    public var deletionPolicy: String?
    /// The canned access list, in CloudFormation's words: `PublicRead`; nil for none.
    public var accessControl: String?
    /// True if access lists that let everyone in are ignored.
    public var ignoresPublicACLs = false
}
