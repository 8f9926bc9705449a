/// An EBS volume of an instance.
public struct Volume: Sendable, Hashable {
    /// `/dev/xvda`
    public var device: String
    /// In GiB; nil for the image's.
    public var size: Int?
    /// `gp3`
    public var volumeType = "gp3"
    /// True if it is encrypted; nil for the account's default.
    public var encrypted: Bool?
}
