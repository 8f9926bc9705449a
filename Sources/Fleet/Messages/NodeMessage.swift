public import Mesh

/// A node as the fleet agent sees it: what `fleet/node/<node>` says.
public struct NodeMessage: Payload, Hashable {
    /// Who wrote it when.
    public var stamp = Stamp.none
    /// Whether it does its work.
    public var healthStatus = HealthStatus.unobservable
    /// Where it stands.
    public var lifecycleState = LifecycleState.pending
    /// Since when its health status is so, nanoseconds since 1970.
    public var since: Int64 = 0
    /// Since when it is InService, nanoseconds since 1970.
    public var inServiceSince: Int64?
    /// Since when it is Pending in a place, nanoseconds since 1970.
    public var expectedSince: Int64?
    /// Why it is Unhealthy, or what is worth knowing.
    public var cause = ""
    /// Whether an operator said so.
    public var setByOperator = false
    /// Its groups.
    public var groups: [String] = []
    /// Whether it is a spare without a place.
    public var isSpare = false
    /// The steps of the ladder that were taken since it was last surely well.
    @KnownOnly public var tried: [Activity.Step] = []
    /// When the last of them was taken, nanoseconds since 1970.
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
