internal import Lighting

/// How well the agent itself sees and hears: what it makes of others is worth no more.
///
/// - Source: A. Dadgar, J. Phillips, J. Currey, "Lifeguard: Local Health Awareness for More Accurate Failure Detection",
///   DSN 2018: a member that hears its own messages late counts itself as the suspect, and stretches its timeouts by
///   1 + score.
struct View: Sendable {
    static let highestScore = 8
    /// An echo sooner than this lowers the score, one later than twice this raises it.
    static let prompt = Duration.milliseconds(500)
    /// How many spells of blindness are remembered; who is silent for longer than these is so for long enough.
    private static let spellLimit = 32

    let echoLimit: Duration
    let systemSilence: Duration
    var isConnected = false
    /// 0: nothing is the matter.
    private(set) var score = 0
    private(set) var lastEchoDelay = Duration.zero
    /// When the broker last said something of its own; nil: it never does.
    private(set) var systemHeard: MeshInstant?
    /// When the view was last poor.
    private(set) var lastPoor: MeshInstant
    /// When it saw nothing, the last few times, in order.
    private var blindSpells: [(began: MeshInstant, ended: MeshInstant)] = []
    /// Since when it sees nothing; nil: it does.
    private var blindSince: MeshInstant?

    init(echoLimit: Duration, systemSilence: Duration, at now: MeshInstant) {
        self.echoLimit = echoLimit
        self.systemSilence = systemSilence
        lastPoor = now
    }

    /// A message of its own came back.
    mutating func echo(after delay: Duration) {
        lastEchoDelay = delay
        if delay <= View.prompt {
            score = max(0, score - 1)
        } else if delay > View.prompt * 2 {
            score = min(View.highestScore, score + 1)
        }
    }

    /// The broker said something of its own.
    mutating func heardSystem(at now: MeshInstant) { systemHeard = now }

    /// The agent itself was away since then: stopped, or without a processor.
    mutating func wasAway(since last: MeshInstant, at now: MeshInstant) {
        score = min(View.highestScore, score + 2)
        lastPoor = now
        blindSince = min(blindSince ?? last, last)
    }

    /// The connection is there, or gone.
    mutating func connected(_ isConnected: Bool, at now: MeshInstant) {
        if isConnected { seesAgain(at: now) } else { blindSince = blindSince ?? now }
        self.isConnected = isConnected
        systemHeard = nil
        lastPoor = now
    }

    /// What is the matter with the view; nil: nothing. `awaited`: since when an echo is.
    func problem(awaited: MeshInstant?, at now: MeshInstant) -> String? {
        if !isConnected { return "no broker" }
        if let awaited, now - awaited > echoLimit {
            return "its own message has been on its way for \(Self.text(now - awaited))"
        }
        if lastEchoDelay > echoLimit { return "its own message came back only after \(Self.text(lastEchoDelay))" }
        if let systemHeard, now - systemHeard > systemSilence {
            return "the broker has not said anything of its own ($SYS) for \(Self.text(now - systemHeard))"
        }
        return nil
    }

    /// Remembers that it is poor, or no longer so.
    mutating func note(problem: String?, at now: MeshInstant) {
        guard problem != nil else { return seesAgain(at: now) }
        lastPoor = now
        blindSince = blindSince ?? now
    }

    private mutating func seesAgain(at now: MeshInstant) {
        guard let began = blindSince else { return }
        blindSince = nil
        if blindSpells.count == View.spellLimit { blindSpells.removeFirst() }
        blindSpells.append((began, now))
    }

    /// For how long somebody last heard at `since` has been silent while it would have been heard.
    func silence(since: MeshInstant, at now: MeshInstant) -> Duration {
        let blind = blindSpells + (blindSince.map { [($0, now)] } ?? [])
        return blind.reduce(now - since) { silence, spell in
            silence - max(.zero, spell.ended - max(spell.began, since))
        }
    }

    /// By how much timeouts are stretched.
    var stretch: Int { 1 + score }

    /// `4.2 s`
    static func text(_ duration: Duration) -> String {
        let tenths = duration.nanoseconds / 100_000_000
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
