public import Lighting

/// A watch for another program by this one's name, where the two take each other's session over without end.
///
/// A broker ends a connection as soon as another comes with the same client id, which MQTT calls "session taken over", and
/// not every broker says why. It is known by what follows: the connection was lost, and after the next connect there is,
/// on the topic that is one's own, a sign of life of another start that wasn't there before. What a broker that lost its
/// memory brings back is known already, and counts once at most. After three such losses the later start gives way: it
/// stays away, longer each time, and looks again, so that it is back by itself when the other is gone.
public struct TakeoverWatch: Sendable {
    /// A sign of life under a name.
    public struct Claim: Sendable, Hashable {
        /// A text that is another after each start.
        public var bootId: String
        /// The instant at which it started, nanoseconds since 1970. Of two, the later gives way; of equal ones, the
        /// higher boot id.
        public var started: Int64
        /// Counts up in one life: with each connection, say.
        public var serial: Int64

        /// A sign of life.
        public init(bootId: String, started: Int64, serial: Int64) {
            self.bootId = bootId
            self.started = started
            self.serial = serial
        }

        /// The boot id as it may be shown, whatever a stranger put into it.
        public var shownBootId: String { Excerpt.of(bootId, limit: 64) }

        /// Whether this was there first, which both find alike, whatever their clocks.
        func isEarlier(than other: Claim) -> Bool {
            (started, bootId) < (other.started, other.bootId)
        }
    }

    /// The conclusion from a sign of life.
    public enum Verdict: Sendable, Hashable {
        /// No conclusion yet.
        case nothing
        /// Another goes by the name, and came later: it is to give way.
        case contested
        /// Another goes by the name, and was there first: leave the connection, and don't come back for so long.
        case giveWay(for: Duration)
    }

    /// The number of takeovers within ``window`` that make a conflict.
    public static let limit = 3
    /// The time within which they count, and for which a connection must last to be undisturbed.
    public static let window = Duration.seconds(120)
    /// The time for which whoever gives way stays away at first; each further time it is twice as long.
    public static let firstRetry = Duration.seconds(60)
    /// The longest that it stays away.
    public static let longestRetry = Duration.seconds(900)
    /// The time after the last takeover for which a conflict is told of: longer than whoever gave way stays away.
    public static let memory = Duration.seconds(1200)
    /// How soon after a connect what the broker keeps has come.
    private static let patience = Duration.seconds(10)

    private let own: Claim
    private var known: Claim?
    private var takeovers: [MeshInstant] = []
    private var connectedSince: MeshInstant?
    /// Whether the connection before this one was lost, and it isn't known yet to what.
    private var isUnexplained = false
    /// How many times it has given way since it was last undisturbed.
    private var retries = 0
    private var contested: (by: Claim, at: MeshInstant)?

    /// A watch over the name of a program that started so.
    public init(bootId: String, started: Int64) {
        own = Claim(bootId: bootId, started: started, serial: 0)
    }

    /// The broker took the connection.
    public mutating func connected(at now: MeshInstant) {
        connectedSince = now
    }

    /// The connection was lost, or given up.
    public mutating func lost(at now: MeshInstant) {
        guard let since = connectedSince else { return }
        connectedSince = nil
        if now - since >= TakeoverWatch.window { becomeUndisturbed() }
        isUnexplained = true
    }

    /// Somebody gave a sign of life under the name: what the broker kept, or live. One's own are passed over.
    public mutating func heard(_ claim: Claim, at now: MeshInstant) -> Verdict {
        guard claim.bootId != own.bootId else { return .nothing }
        let isNew = known.map { $0.bootId != claim.bootId || $0.serial < claim.serial } ?? true
        if isNew { known = claim }
        guard isNew, isUnexplained, let since = connectedSince, now - since < TakeoverWatch.patience else {
            return .nothing
        }
        isUnexplained = false
        takeovers = takeovers.filter { now - $0 < TakeoverWatch.window }.suffix(TakeoverWatch.limit - 1) + [now]
        guard takeovers.count >= TakeoverWatch.limit || retries > 0 || conflict(at: now) != nil else { return .nothing }
        contested = (claim, now)
        guard claim.isEarlier(than: own) else { return .contested }
        let doubled = TakeoverWatch.firstRetry * (1 << min(retries, 8))
        retries += 1
        takeovers = []
        // It leaves by itself, and what it then finds when it looks again isn't what drove it away.
        connectedSince = nil
        return .giveWay(for: min(doubled, TakeoverWatch.longestRetry))
    }

    /// Returns the sign of life of who else goes by the name, as far as is known; nil: nobody, or no longer.
    public func conflict(at now: MeshInstant) -> Claim? {
        guard let contested, now - contested.at < TakeoverWatch.memory else { return nil }
        // Whoever came back and is left in peace is alone.
        if retries > 0, let since = connectedSince, now - since >= TakeoverWatch.window { return nil }
        return contested.by
    }

    /// The clock that instants are of was set by this.
    public mutating func shift(by step: Duration) {
        takeovers = takeovers.map { $0 + step }
        connectedSince = connectedSince.map { $0 + step }
        contested = contested.map { ($0.by, $0.at + step) }
    }

    private mutating func becomeUndisturbed() {
        takeovers = []
        guard retries > 0 else { return }
        retries = 0
        contested = nil
    }
}
