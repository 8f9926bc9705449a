public import Mesh

/// A zone as an Auto Scaling group: what `fleet/group/<zone>` says.
public struct GroupMessage: Payload, Hashable {
    /// The term and the revision of the record.
    public var stamp: Stamp
    /// The fewest nodes that it is to have.
    public var minSize = 0
    /// The most.
    public var maxSize = 0
    /// The number of nodes that the group is to have: one for each place to fill; 0 while it sleeps.
    public var desiredCapacity = 0
    /// The number of nodes InService.
    public var inService = 0
    /// The number of nodes InService and Healthy.
    public var healthy = 0
    /// The nodes that are Unhealthy: at most a hundred names, as in the lists below.
    public var unhealthy: [String] = []
    /// The number of Unhealthy nodes.
    public var unhealthyCount = 0
    /// The nodes that are Pending.
    public var pending: [String] = []
    /// The number of Pending nodes.
    public var pendingCount = 0
    /// The nodes that an operator has put into Standby.
    public var standby: [String] = []
    /// The number of nodes in Standby.
    public var standbyCount = 0
    /// The places that no node fills.
    public var vacant: [String] = []
    /// The number of vacant places.
    public var vacantCount = 0
    /// True while the group sleeps.
    public var sleeping = false
    /// The reason why replacement or refresh is held back at present; nil: it isn't.
    public var holding: String?
    /// The beginning of holding back, nanoseconds since 1970.
    public var holdingSince: Int64?
    /// A matter that a person must see to; nil: none.
    public var attention: String?
    /// The processes that an operator has suspended.
    @KnownOnly public var suspendedProcesses: [SuspendableProcess] = []
    /// An operator's wish that the group sleep (true) or wake (false); it holds until the next scheduled action.
    public var manualSleep: Bool?
    /// The instant of that wish, nanoseconds since 1970.
    public var manualSleepAt: Int64?
    /// The actions that the group's schedule has; absent: none.
    public var scheduledActions: [ScheduledActionMessage]?
    /// The activities that go on, and the last ones that ended.
    @KnownOnly public var activities: [Activity] = []
    /// The instance refresh that goes on, or the last one.
    public var refresh: RefreshMessage?
    /// The contract of who wrote it, ``Version/contract``; nil: the first.
    public var contract: Int?

    private enum CodingKeys: String, CodingKey {
        case stamp, minSize, maxSize, desiredCapacity, inService, healthy, unhealthy, unhealthyCount, pending
        case pendingCount, standby, standbyCount, vacant, vacantCount, sleeping, holding, holdingSince, attention
        case suspendedProcesses, manualSleep, manualSleepAt, scheduledActions, activities, refresh
        case contract = "protocol"
    }

    /// How many ended activities are kept.
    static let historyLimit = 20

    /// A group of which nothing is known.
    init(stamp: Stamp = .none) { self.stamp = stamp }

    /// - Throws: ``MessageError`` for what no leader writes.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {
        try stamp.check()
        for (field, at) in [("manualSleepAt", manualSleepAt), ("holdingSince", holdingSince)] {
            if let at { _ = try checkInstant(at, field: field) }
        }
        for activity in activities { try activity.check() }
        try refresh?.check()
    }
}
