internal import Lighting
internal import Mesh

/// What the fleet agent knows of a node.
struct NodeRecord: Sendable {
    /// A check under way.
    struct Round: Sendable {
        var number: Int
        var began: MeshInstant
        var isProbed = false
    }

    /// What everybody may know.
    var message = NodeMessage()
    /// What was published of it.
    var published: NodeMessage?
    var counter = VerdictCounter()
    var round: Round?
    var roundNumber = 0
    /// Whether its next check has been put down.
    var isQueued = false
    /// Checks in a row that mean nothing, because the agent's own view was poor.
    var voids = 0
    /// Checks in a row that it answered and failed.
    var faulty = 0
    /// When it last said anything.
    var lastHeard: MeshInstant?
    /// When it last said anything before it fell silent; nil while it answers.
    var silentSince: MeshInstant?
    /// When it last wasn't checked, asleep or awaited: that it said nothing until then means nothing.
    var uncheckedAt = MeshInstant.distantPast
    /// When its last health report came.
    var reportAt: MeshInstant?
    /// Its clock less the agent's as its last reports came: too small by the time that each took.
    var clockOffsets: [Duration] = []
    /// Its clock less the agent's, by the report that took the least time.
    var clockOffset: Duration { clockOffsets.max() ?? .zero }
    /// Whether it was asleep when its groups were last told of.
    var wasAsleep = false
    /// When it last passed a check.
    var passedAt: MeshInstant?
    /// What that report says.
    var checks: [HealthMessage.Check] = []
    /// What is the matter by that report.
    var faults: [String] = []
    /// What is worth knowing by that report.
    var notes: [CheckFault] = []
    /// How many reports in a row told of another revision of a zone's configuration than the one that was published.
    var outdatedReports = 0
    /// The revision of its configuration in force, as it reports it.
    var configurationInForce: Int64?
    /// When its agent started without being asked.
    var unexpectedBoots: [MeshInstant] = []
    /// The boots that it has been heard with, the latest last.
    var boots: [String] = []
    /// When an earlier boot came back, which no agent's start does: two agents go by its name.
    var boreTwinsAt: MeshInstant?
    /// Its groups.
    var zones: [String] = []
    /// Who stands beside it in any of them.
    var neighbours: Set<String> = []

    /// Whether it is to be at work, and is counted: InService, or awaited in vain.
    var isCounted: Bool {
        switch message.lifecycleState {
        case .inService: true
        case .pending: message.healthStatus == .unhealthy
        case .enteringStandby, .standby, .terminating, .terminated: false
        }
    }

    /// Whether it has to do with us: it has a place, had one, or is a spare.
    var isOurs: Bool {
        !zones.isEmpty || message.isSpare || message.lifecycleState == .terminating
            || message.lifecycleState == .terminated
    }

    /// For how long two agents of a name are told of after they were last seen to be two: as long as the one that leaves the
    /// broker to the other may stay away, and a little longer.
    private static let twinMemory = Duration.seconds(1200)

    /// Takes up the boot that it is heard with. One that came before is no start of an agent's: they are two.
    mutating func hear(boot: String, at now: MeshInstant) {
        guard boots.last != boot else { return }
        if boots.contains(boot) {
            boreTwinsAt = now
            unexpectedBoots = []
        }
        boots = boots.filter { $0 != boot }.suffix(7) + [boot]
    }

    /// The boots of other agents of its name; nil: there is one agent only, as far as it can be told.
    func twins(at now: MeshInstant) -> [String]? {
        guard let seen = boreTwinsAt, now - seen < NodeRecord.twinMemory else { return nil }
        return Array(boots.dropLast().suffix(1))
    }

    /// Since when it has had the time that a start takes: it came InService, or it is awaited.
    var graceSince: MeshInstant? {
        (message.lifecycleState == .pending ? message.expectedSince : message.inServiceSince)
            .map(MeshInstant.init(nanoseconds:))
    }

    /// Counts anew, from what it counts as.
    mutating func restart() {
        round = nil
        isQueued = false
        voids = 0
        faulty = 0
        counter = VerdictCounter(status: message.healthStatus)
    }

    /// It has the time that a start takes once more.
    mutating func beginGrace(at now: MeshInstant) {
        if message.lifecycleState == .pending {
            message.expectedSince = now.nanoseconds
        } else {
            message.inServiceSince = now.nanoseconds
        }
    }

    /// It came, or came back, into service.
    mutating func enterService(at now: MeshInstant) {
        message.lifecycleState = .inService
        message.inServiceSince = now.nanoseconds
        message.expectedSince = nil
    }

    /// It is awaited anew: after a start that was asked for, what was counted before says nothing.
    mutating func expect(at now: MeshInstant) {
        message.lifecycleState = .pending
        message.inServiceSince = nil
        message.expectedSince = now.nanoseconds
        faulty = 0
        setStatus(.unobservable, cause: "", at: now)
    }

    /// Sets what it counts as, from now on.
    mutating func setStatus(_ status: HealthStatus, cause: String, at now: MeshInstant, byOperator: Bool = false) {
        counter = VerdictCounter(status: status)
        note(status, cause: cause, at: now, byOperator: byOperator)
    }

    /// Notes what the counter came to.
    mutating func note(_ status: HealthStatus, cause: String, at now: MeshInstant, byOperator: Bool = false) {
        if message.healthStatus != status { message.since = now.nanoseconds }
        message.healthStatus = status
        message.cause = cause
        message.setByOperator = byOperator
    }
}
