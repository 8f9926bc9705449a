/// A bucket and prefix that access logs go to.
public struct LogDestination: Sendable, Hashable {
    /// The bucket.
    public var bucket: Reference<Bucket>
    /// The beginning of the objects' names. A bucket's server access logs want it to end in "/" ; a load balancer's
    /// must not.
    public var prefix: String
}
