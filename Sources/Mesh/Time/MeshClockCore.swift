public import Lighting

/// A node's mesh time: from its monotonic clock, by exchanges with the mesh's reference. Pure; the edge tells it of
/// messages, presence and the system's clock, and does what it asks for. The rules: docs/mesh-time.md.
///
/// All instants that aren't ``MeshInstant`` are nanoseconds of the node's monotonic clock.
public struct MeshClockCore: Sendable {
    let node: String
    let site: String

    var mapping: TimeMapping
    /// The progress of the node in learning the mesh's time.
    public internal(set) var state = MeshClockState.unsynchronised
    /// Whose time it goes by: not the node itself. While it acts as reference: whose it took over, for a while.
    var source: ClockSource?
    /// The first of the order, if that isn't the source: what it answered when probed.
    var candidate: ClockSource?
    /// Who is online, in total order.
    var order: [String] = []
    /// Since when that is known, on this connection.
    var orderedSince: Int64?
    /// Who has been told that this node doesn't know the time, before it was known that they are online.
    var strangers: Set<String> = []
    /// Whom others name as the reference, for one that knows nothing.
    var hint: String?
    var isConnected = false
    /// Since when the node's mesh time has gone on unbroken, nanoseconds of mesh time.
    var since: Int64 = 0
    /// Since when it has been in its state.
    var stateSince: Int64
    /// Until when a reference that comes back from a broken connection first hears whether another acts.
    var returningUntil: Int64?
    /// Who leaves questions unanswered, and until when that is held against them.
    var silent: [String: Int64] = [:]
    var polls: [String: ClockPoll] = [:]
    var sequence = 0
    /// The system's clock less the monotonic one.
    var systemOffset: Int64
    var isSystemSynchronised: Bool
    /// By how much mesh time is ahead of the monotonic clock at least, by what was said before.
    var saidOffset: Int64?
    /// What is to be added for the time of day, and what of that the edge was told last.
    var civil = CivilTime()
    var toldCorrection: Int64 = 0
    /// Since when none of the node's lights has been on.
    var darkSince: Int64?
    /// When they will have been dark for long enough to step over an error that is known.
    var darkStepDue: Int64?
    /// When a reference's rate is looked at again.
    var steerDue: Int64?
    var refused = 0
    var actions: [MeshClockAction] = []

    /// A clock that knows only the system's.
    ///
    /// - Parameters:
    ///   - systemOffset: the system's clock less the monotonic one, nanoseconds.
    ///   - synchronised: whether NTP or the like keeps it.
    ///   - monotonic: now.
    public init(node: String, site: String, systemOffset: Int64, synchronised: Bool, at monotonic: Int64) {
        self.node = node
        self.site = site
        self.systemOffset = systemOffset
        isSystemSynchronised = synchronised
        mapping = TimeMapping(offset: systemOffset, at: monotonic)
        stateSince = monotonic
    }

    /// Takes up an event that happened at `monotonic`.
    ///
    /// - Returns: what is to be done, in this order.
    public mutating func handle(_ event: MeshClockEvent, at monotonic: Int64) -> [MeshClockAction] {
        switch event {
        case .connected: connected(at: monotonic)
        case .disconnected:
            isConnected = false
            polls = [:]
            candidate = nil
            orderedSince = nil
        case .presence(let order):
            // Whose reference goes asks for the next at once, also those whom it asked now and then.
            if let name = source?.name, self.order.contains(name), !order.contains(name) { polls = [:] }
            self.order = order
            strangers.subtract(order)
            if orderedSince == nil {
                orderedSince = monotonic
                if returningUntil != nil { returningUntil = monotonic + MeshClockCore.returnTime }
                // What it said of the time of day while it was away nobody heard.
                if state == .reference { repeatCivil() }
            }
            silent = silent.filter { order.contains($0.key) }
            if let name = candidate?.name, !order.contains(name) { candidate = nil }
        case .returned(let name): silent[name] = nil
        case .message(let topic, let payload): take(topic: topic, payload: payload, at: monotonic)
        case .system(let offset, let synchronised):
            let before = ownCivil(at: monotonic)
            systemOffset = offset
            isSystemSynchronised = synchronised
            tellCivil(before: before, at: monotonic)
            if state == .unsynchronised { guess(at: monotonic) }
        case .said(let instant):
            guard instant <= MeshClockCore.latestFounding else { break }
            saidOffset = max(saidOffset ?? .min, instant.nanoseconds &- monotonic)
            if state == .unsynchronised { guess(at: monotonic) }
        case .lit(let lit):
            darkSince = lit ? nil : darkSince ?? monotonic
            stepIfDark(at: monotonic)
        case .tick: if let due = darkStepDue, due <= monotonic { stepIfDark(at: monotonic) }
        }
        elect(at: monotonic)
        settleCivil(at: monotonic)
        steerAsReference(at: monotonic)
        ask(at: monotonic)
        defer { actions.removeAll(keepingCapacity: true) }
        return actions
    }

    /// The instant of the next tick, in nanoseconds of the monotonic clock; nil for none.
    public var nextDue: Int64? {
        guard isConnected else { return [steerDue, civilDue, darkStepDue].compactMap { $0 }.min() }
        var next = polls.values.map(\.next).min()
        let returnDue = candidate == nil && orderedSince != nil ? returningUntil : nil
        for due in [steerDue, civilDue, darkStepDue, returnDue, electionDue] {
            if let due { next = min(next ?? .max, due) }
        }
        return next
    }

    /// Mesh time at a monotonic instant.
    public func mesh(at monotonic: Int64) -> MeshInstant { MeshInstant(nanoseconds: mapping.mesh(at: monotonic)) }

    /// The first monotonic instant at which it is `instant` or later, as things stand: after each event it may be
    /// another.
    public func monotonic(of instant: MeshInstant) -> Int64 { mapping.monotonic(of: instant.nanoseconds) }

    /// The most by which ``mesh(at:)`` is off the time of the reference that ``reference`` names; nil while
    /// unsynchronised.
    ///
    /// Of a reference itself: the most by which it is off the reference before it, until those who still go by that
    /// one have had time to change over; then zero.
    public func errorBound(at monotonic: Int64) -> Duration? {
        state == .unsynchronised ? nil : .nanoseconds(bound(at: monotonic))
    }

    /// The node whose time it is; nil while unsynchronised.
    public var reference: String? {
        switch state {
        case .unsynchronised: nil
        case .reference: node
        case .synchronising, .synchronised: source?.name
        }
    }

    /// The health report's figures.
    public func figures(at monotonic: Int64) -> MeshClockFigures {
        let offset = mapping.offset(at: monotonic)
        let followed = state == .reference ? nil : source
        let correction = followed.map { $0.filter.estimate(at: monotonic) &- offset } ?? 0
        return MeshClockFigures(
            state: state, reference: reference, offsetSeconds: Double(offset &- systemOffset) / 1e9,
            correctionSeconds: Double(correction) / 1e9,
            errorBoundSeconds: errorBound(at: monotonic)?.seconds, driftPartsPerMillion: mapping.rate * 1e6,
            lowestDelaySeconds: followed?.filter.lowestDelay.map { Double($0) / 1e9 },
            exchanges: followed?.filter.count ?? 0,
            ageSeconds: followed?.filter.exchanges.last.map { Double(monotonic &- $0.t4) / 1e9 }, refused: refused,
            civilSeconds: civilCorrection.seconds, civilSource: civilSource)
    }

    func bound(at monotonic: Int64) -> Int64 {
        guard let source else { return 0 }
        let bound = source.errorBound(of: mapping, at: monotonic)
        guard state == .reference else { return bound }
        return monotonic &- stateSince < MeshClockCore.inheritance ? bound + source.dispersion : 0
    }

    /// The system's clock less mesh time, if that is worth anything.
    func ownCivil(at monotonic: Int64) -> Int64? {
        isSystemSynchronised ? systemOffset &- mapping.offset(at: monotonic) : nil
    }

    mutating func become(_ new: MeshClockState, at monotonic: Int64) {
        guard state != new else { return }
        state = new
        stateSince = monotonic
        actions.append(.changed(new))
    }

    /// Nothing of the mesh is known: the system's clock is the best guess, and a board without a clock that goes on without
    /// power is behind what was said before it went off.
    mutating func guess(at monotonic: Int64) {
        civil.begin()
        let known = isSystemSynchronised ? systemOffset : max(systemOffset, saidOffset ?? systemOffset)
        let step = known &- mapping.offset(at: monotonic)
        guard step != 0 else { return }
        jump(by: step)
    }

    /// Jumps. That comes before all else that the event brings: who hears of the rest plans in the new time.
    mutating func jump(by step: Int64) {
        mapping.step(by: step)
        actions.insert(.stepped(by: .nanoseconds(step)), at: 0)
    }

    private mutating func connected(at monotonic: Int64) {
        isConnected = true
        orderedSince = nil
        hint = nil
        strangers = []
        polls = [:]
        silent = [:]
        candidate = nil
        if state == .reference { returningUntil = monotonic + MeshClockCore.returnTime }
    }
}
