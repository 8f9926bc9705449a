internal import Lighting

/// Who of the fleet agents leads: a lease on retained claims, in a total order, in terms that only rise.
///
/// The broker is the arbiter, which hands each client what comes in the order in which it came:
/// - A claim counts once it has come back. Who hears of another's lead before that withdraws: that one was first.
/// - A leader acts only for two thirds of a lease after the sending of a sign of life that came back, and others claim no
///   sooner than that after they last heard it lead (a whole lease, unless its will came): so at most one acts.
/// - A higher term ends a lower one, and any other's an overdue one of the same: who was stopped or cut off hears of its
///   successor before its own sign of life comes back.
/// - Two brokers that a bridge joins have no order in common, and while it is broken each side has a leader, perhaps in one
///   term: once they hear each other both withdraw, and one claims the next term, in which it writes all records anew.
struct Election: Sendable {
    enum State: Sendable, Hashable {
        case follower
        /// It has claimed a term, and awaits that the claim comes back.
        case candidate
        case leader
    }

    struct Other: Sendable {
        var claim: AgentClaim
        var heard: MeshInstant
        /// When it was last heard to lead; nil: it doesn't.
        var led: MeshInstant?
        /// When it was first heard to lead in the term of its claim.
        var ledSince: MeshInstant?
    }

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
    /// Whether its lead ended because somebody else led too: what brokers keep may be either's word.
    private(set) var wasContested = false
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
        return now - confirmed < grip
    }

    /// For how long a sign of life that came back lets a leader act.
    private var grip: Duration { lease * 2 / 3 }

    /// When the oldest beat that hasn't come back was sent.
    var awaitedSince: MeshInstant? { sent.first?.at }

    /// The agent that leads by what is known: itself, or another.
    func leader(at now: MeshInstant) -> String? {
        if state == .leader { return id }
        return alive(at: now).filter { $0.value.claim.leads }.max { $0.value.claim.term < $1.value.claim.term }?.key
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
        let known = others[other]
        // The broker says again what it keeps.
        guard known?.claim != claim else { return }
        var led = known?.led
        if claim.online {
            led = claim.leads ? now : nil
        } else if known == nil {
            // It may have led until just now.
            led = now
        }
        let isSameTerm = known?.claim.leads == true && known?.claim.term == claim.term
        let ledSince = claim.leads ? isSameTerm ? known?.ledSince : now : nil
        others[other] = Other(claim: claim, heard: now, led: led, ledSince: ledSince)
        if state == .candidate, confirmed == nil, claim.online, claim.leads { stepDown() }
    }

    /// A record was written in this term. Of a dead leader's terms a will tells only those up to its connecting: who leads
    /// next comes after what it wrote, too.
    /// A leader that hears of a higher term than its own was alone on its side of a broken bridge.
    mutating func heard(recordOf term: Int64) {
        highestTerm = max(highestTerm, term)
        guard state == .leader, term > self.term else { return }
        wasContested = true
        stepDown()
    }

    /// All that is known has been written in this term.
    mutating func wroteAnew() { wasContested = false }

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
        let isOverdue = state == .leader && !mayAct(at: now)
        // On one broker a rival of the same term hears of this one's lead, and withdraws.
        func stays(_ rival: Other) -> Bool { state == .leader && rival.ledSince.map { now - $0 > grip } ?? false }
        let ends = leaders.contains { _, rival in
            rival.claim.term > term || rival.claim.term == term && (isOverdue || stays(rival))
        }
        if state != .follower, ends {
            wasContested = wasContested || state == .leader
            stepDown()
        }
        if let problem, now - problem.since > lease, alive(at: now).contains(where: { $0.value.claim.problem == nil }) {
            stepDown()
        }
        switch state {
        case .follower:
            guard problem == nil, let quietUntil, now >= quietUntil, leaders.isEmpty else { break }
            let rivals = alive(at: now).filter { $0.value.claim.problem == nil }
            let isFirst = rivals.allSatisfy { (-priority, id) < (-$0.value.claim.priority, $0.key) }
            guard isFirst, others.values.allSatisfy({ $0.led.map { now - $0 >= grip } ?? true }) else { break }
            // After the last term there is no higher one: it is led in again, so that no claim can end all leading.
            term = min(highestTerm + 1, Stamp.lastTerm)
            highestTerm = term
            confirmed = nil
            state = .candidate
        case .candidate: if confirmed != nil { state = .leader }
        case .leader:
            // Nobody has taken over, but it can't know that for sure: it claims a new term when it can see again.
            if let confirmed, now - confirmed > lease * 2 { stepDown() }
        }
        return state != before
    }

    /// When it wants to decide anew.
    func nextDue(after now: MeshInstant) -> MeshInstant? {
        guard state == .follower else { return nil }
        let ends = others.values.flatMap { other in
            [other.claim.online ? other.heard + lease : nil, other.led.map { $0 + grip }]
        }
        return (ends + [quietUntil]).compactMap { $0 }.filter { $0 > now }.min()
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
}
