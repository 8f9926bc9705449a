internal import Lighting

/// Who of the fleet agents leads: a lease on retained claims, in a total order, in terms that only rise.
///
/// An agent leads once its claim of a new term has come back to it through the broker, a while has passed in which
/// nobody better claimed, and as long as its signs of life come back. Whoever hears of a higher term, or of the same in
/// better hands, steps down. An agent that was stopped or cut off hears of its successor before its own sign of life
/// comes back: the broker keeps the order.
struct Election: Sendable {
    enum State: Sendable, Hashable {
        case follower
        /// It has claimed a term.
        case candidate(since: MeshInstant)
        case leader
    }

    struct Other: Sendable {
        var claim: AgentClaim
        var heard: MeshInstant
    }

    /// How long a candidate waits for better ones: more than a message takes.
    static let settling = Duration.seconds(1)
    /// How many agents there may be; others are not heard.
    static let maximumAgents = 16

    let id: String
    let bootId: String
    let version: String
    let priority: Int
    let lease: Duration
    private(set) var state = State.follower
    /// The term that it leads in, or claims.
    private(set) var term: Int64 = 0
    private(set) var highestTerm: Int64 = 0
    private(set) var others: [String: Other] = [:]
    private(set) var beat: Int64 = 0
    /// When the beats that haven't come back were sent.
    private var sent: [(beat: Int64, at: MeshInstant, leads: Bool)] = []
    /// When the last beat that claimed the present term and has come back was sent.
    private var confirmed: MeshInstant?
    /// What is the matter with the agent's view, and since when.
    private var problem: (text: String, since: MeshInstant)?
    /// Before that nothing is claimed: there may be claims that haven't been heard yet.
    private var quietUntil: MeshInstant?

    init(id: String, bootId: String, version: String, priority: Int, lease: Duration) {
        self.id = id
        self.bootId = bootId
        self.version = version
        self.priority = priority
        self.lease = lease
    }

    /// Whether it may act at `now`: it leads, and this was so at the broker less than two thirds of a lease ago.
    func mayAct(at now: MeshInstant) -> Bool {
        guard state == .leader, let confirmed else { return false }
        return now - confirmed <= lease * 2 / 3
    }

    /// When the oldest beat that hasn't come back was sent.
    var awaitedSince: MeshInstant? { sent.first?.at }

    /// The agent that leads by what is known: itself, or another.
    func leader(at now: MeshInstant) -> String? {
        if state == .leader { return id }
        return alive(at: now).filter { $0.value.claim.leads }.min { Self.precedes($0, $1) }?.key
    }

    /// The broker is there, all that it keeps has been read.
    mutating func settled(at now: MeshInstant) {
        sent = []
        // A retained claim may be a dead agent's: it has a lease's time to show that it lives.
        quietUntil = now + .milliseconds(500)
    }

    /// The broker is gone: so is the lease.
    mutating func disconnected() {
        stepDown()
        sent = []
        quietUntil = nil
        others = [:]
    }

    /// Another's claim, or nil: it is gone for good.
    mutating func heard(_ claim: AgentClaim?, of other: String, at now: MeshInstant) {
        guard let claim else {
            others[other] = nil
            return
        }
        guard others[other] != nil || others.count < Election.maximumAgents else { return }
        highestTerm = max(highestTerm, claim.term)
        let isDead = others[other]?.claim == claim
        others[other] = Other(claim: claim, heard: isDead ? others[other]?.heard ?? now : now)
    }

    /// Its own claim came back.
    ///
    /// - Returns: how long it took; nil where it is an old one.
    mutating func echo(_ claim: AgentClaim, at now: MeshInstant) -> Duration? {
        highestTerm = max(highestTerm, claim.term)
        guard claim.bootId == bootId, let index = sent.firstIndex(where: { $0.beat == claim.beat }) else { return nil }
        let beat = sent[index]
        sent.removeFirst(index + 1)
        if beat.leads, claim.leads, claim.term == term { confirmed = beat.at }
        return now - beat.at
    }

    /// Decides anew. `problem`: what is the matter with the agent's view of the fleet; who sees badly leaves the lead to
    /// one who sees well, if there is one.
    ///
    /// - Returns: whether the state changed: a sign of life is due at once.
    mutating func decide(at now: MeshInstant, problem text: String?) -> Bool {
        problem = text.map { ($0, problem?.since ?? now) }
        let before = state
        let leaders = alive(at: now).filter { $0.value.claim.leads }
        if state != .follower, leaders.contains(where: { isBetter($0) }) { stepDown() }
        if let problem, now - problem.since > lease, alive(at: now).contains(where: { $0.value.claim.problem == nil }) {
            stepDown()
        }
        switch state {
        case .follower:
            guard problem == nil, let quietUntil, now >= quietUntil, leaders.isEmpty else { break }
            let me = (key: id, value: Other(claim: claim, heard: now))
            let rivals = alive(at: now).filter { $0.value.claim.problem == nil }
            guard rivals.allSatisfy({ Self.order(me, $0) }) else { break }
            term = highestTerm + 1
            highestTerm = term
            confirmed = nil
            state = .candidate(since: now)
        case .candidate(let since):
            if let confirmed, confirmed >= since, now - since >= Election.settling { state = .leader }
        case .leader:
            // Nobody has taken over, but it can't know that for sure: it claims a new term when it can see again.
            if let confirmed, now - confirmed > lease * 2 { stepDown() }
        }
        return state != before
    }

    /// When it wants to decide anew.
    func nextDue(after now: MeshInstant) -> MeshInstant? {
        switch state {
        case .candidate(let since): max(since + Election.settling, now + .milliseconds(100))
        case .follower:
            ([quietUntil].compactMap { $0 } + others.values.filter { $0.claim.online }.map { $0.heard + lease })
                .filter { $0 > now }.min()
        case .leader: nil
        }
    }

    /// What it says of itself now.
    var claim: AgentClaim {
        AgentClaim(
            online: true, bootId: bootId, version: version, beat: beat, leads: state != .follower,
            term: state == .follower ? highestTerm : term, priority: priority, problem: problem?.text)
    }

    /// Its next sign of life.
    mutating func nextClaim(at now: MeshInstant) -> AgentClaim {
        beat += 1
        sent.append((beat, now, state != .follower))
        if sent.count > 100 { sent.removeFirst() }
        return claim
    }

    private mutating func stepDown() {
        state = .follower
        confirmed = nil
    }

    private func alive(at now: MeshInstant) -> [(key: String, value: Other)] {
        others.filter { $0.value.claim.online && now - $0.value.heard < lease }.map { ($0.key, $0.value) }
    }

    private func isBetter(_ other: (key: String, value: Other)) -> Bool {
        if other.value.claim.term != term { return other.value.claim.term > term }
        return Self.order(other, (key: id, value: Other(claim: claim, heard: other.value.heard)))
    }

    /// Of two that lead: higher term, then the order of all.
    private static func precedes(_ a: (key: String, value: Other), _ b: (key: String, value: Other)) -> Bool {
        a.value.claim.term != b.value.claim.term ? a.value.claim.term > b.value.claim.term : order(a, b)
    }

    /// The total order: higher priority, lower name.
    private static func order(_ a: (key: String, value: Other), _ b: (key: String, value: Other)) -> Bool {
        (-a.value.claim.priority, a.key) < (-b.value.claim.priority, b.key)
    }
}
