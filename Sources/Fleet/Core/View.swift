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

    /// The agent itself was away for a while: stopped, or without a processor.
    mutating func wasAway(at now: MeshInstant) {
        score = min(View.highestScore, score + 2)
        lastPoor = now
    }

    /// The connection is there, or gone.
    mutating func connected(_ isConnected: Bool, at now: MeshInstant) {
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

    /// Remembers that it is poor.
    mutating func note(problem: String?, at now: MeshInstant) { if problem != nil { lastPoor = now } }

    /// By how much timeouts are stretched.
    var stretch: Int { 1 + score }

    /// `4.2 s`
    static func text(_ duration: Duration) -> String {
        let tenths = duration.nanoseconds / 100_000_000
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
