public import Mesh

/// A zone as an Auto Scaling group: what `fleet/group/<zone>` says.
public struct GroupMessage: Payload, Hashable {
    /// Who wrote it when.
    public var stamp: Stamp
    /// The fewest nodes that it is to have.
    public var minSize = 0
    /// The most.
    public var maxSize = 0
    /// How many it is to have: as many as it has places to fill; none while it sleeps.
    public var desiredCapacity = 0
    /// How many are InService.
    public var inService = 0
    /// How many of these are Healthy.
    public var healthy = 0
    /// Those that are Unhealthy: at most a hundred, as in the lists below.
    public var unhealthy: [String] = []
    /// How many are.
    public var unhealthyCount = 0
    /// Those that are awaited.
    public var pending: [String] = []
    /// How many are.
    public var pendingCount = 0
    /// Those out of service by an operator's wish.
    public var standby: [String] = []
    /// How many are.
    public var standbyCount = 0
    /// The places that no node fills.
    public var vacant: [String] = []
    /// How many there are.
    public var vacantCount = 0
    /// Whether it sleeps.
    public var sleeping = false
    /// What holds replacement or refresh back at present.
    public var holding: String?
    /// Since when, nanoseconds since 1970.
    public var holdingSince: Int64?
    /// What a person must see to.
    public var attention: String?
    /// The processes that an operator has suspended.
    @KnownOnly public var suspendedProcesses: [SuspendableProcess] = []
    /// What an operator said of sleeping, and when: it holds until the next scheduled action.
    public var manualSleep: Bool?
    /// When the operator said it, nanoseconds since 1970.
    public var manualSleepAt: Int64?
    /// What it does by the clock; absent: nothing.
    public var scheduledActions: [ScheduledActionMessage]?
    /// What is being done, and the last that was.
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
