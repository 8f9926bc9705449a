public import Mesh

/// A node as the fleet agent sees it: what `fleet/node/<node>` says.
public struct NodeMessage: Payload, Hashable {
    /// The term and the revision of the record.
    public var stamp = Stamp.none
    /// The judgement of its work.
    public var healthStatus = HealthStatus.unobservable
    /// Its state in its group.
    public var lifecycleState = LifecycleState.pending
    /// The instant at which its health status last changed, nanoseconds since 1970.
    public var since: Int64 = 0
    /// The instant at which it came InService, nanoseconds since 1970.
    public var inServiceSince: Int64?
    /// The instant from which it has been Pending in a place, nanoseconds since 1970.
    public var expectedSince: Int64?
    /// The reason why it is Unhealthy, or a remark.
    public var cause = ""
    /// True if an operator set its health status.
    public var setByOperator = false
    /// Its groups.
    public var groups: [String] = []
    /// True if it is a spare without a place.
    public var isSpare = false
    /// The steps of the ladder that were taken since it was last surely well.
    @KnownOnly public var tried: [Activity.Step] = []
    /// The instant of the last of these steps, nanoseconds since 1970.
    public var triedAt: Int64 = 0
    /// The places that it had before they were given away: it may get them back as a spare.
    public var formerPlaces: [String] = []
    /// The contract of who wrote it, ``Version/contract``; nil: the first.
    public var contract: Int?

    private enum CodingKeys: String, CodingKey {
        case stamp, healthStatus, lifecycleState, since, inServiceSince, expectedSince, cause, setByOperator, groups
        case isSpare, tried, triedAt, formerPlaces
        case contract = "protocol"
    }

    /// A node of which nothing is known.
    init() {}

    /// - Throws: ``MessageError`` for what no leader writes.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {
        try stamp.check()
        for (field, at) in [
            ("since", since), ("inServiceSince", inServiceSince ?? 0), ("expectedSince", expectedSince ?? 0),
            ("triedAt", triedAt),
        ] {
            _ = try checkInstant(at, field: field)
        }
    }
}
