internal import Lighting

/// What a sensor saw in truth, and what its node witnessed.
struct SensorTruth: Sendable {
    let node: Int
    let stuckLimit: Duration
    /// How many people (or heaters) are before it.
    var people = 0
    /// What a node saw without a pause.
    struct Span: Sendable {
        var from: MeshInstant
        /// Nil: it sees it still.
        var to: MeshInstant?
        /// Whether it was stuck before this start of the node, and so still is; nil: perhaps.
        var wasStuck: Bool? = false
        /// The zones with a limit of brightness that it certainly lights, and those that it certainly doesn't.
        var lights: Set<Int> = []
        var spares: Set<Int> = []
    }

    /// When the node saw it high.
    private(set) var seen: [Span] = []
    /// When a trigger that reached the node ends.
    var triggeredUntil = MeshInstant.distantPast

    /// What it saw until then doesn't count any more.
    private var failedUntil = MeshInstant.distantPast
    /// Whether its node died while it was stuck, and nobody has seen it pause since; nil: perhaps.
    private var diedStuck: Bool? = false

    init(node: Int, stuckLimit: Duration) {
        self.node = node
        self.stuckLimit = stuckLimit
    }

    mutating func rise(at now: MeshInstant) {
        if let last = seen.last, last.to == nil { return }
        if seen.count > 40 { seen.removeFirst(20) }
        seen.append(Span(from: now, wasStuck: diedStuck))
        diedStuck = false
    }

    /// It pauses; or, `byDeath`, its node is gone.
    mutating func fall(at now: MeshInstant, byDeath: Bool = false) {
        guard let last = seen.indices.last, seen[last].to == nil else {
            if !byDeath { diedStuck = false }
            return
        }
        seen[last].to = now
        let isOver = now - seen[last].from > stuckLimit - margin
        // A stuck sensor is as if it had never been.
        if isOver || seen[last].wasStuck != false { failedUntil = now }
        guard byDeath else { return }
        diedStuck = seen[last].wasStuck
        if diedStuck == false, isOver { diedStuck = now - seen[last].from > stuckLimit + .seconds(1) ? true : nil }
    }

    /// Its node begins anew, and finds it low: what was stuck works.
    mutating func isLow() { diedStuck = false }

    /// A trigger that still lasted when somebody came began what the limit is counted from.
    private var margin: Duration {
        triggeredUntil > seen.last?.from ?? .distantPast ? .seconds(11) : .seconds(1)
    }

    var isHigh: Bool { seen.last.map { $0.to == nil } ?? false }

    /// The last time that it saw somebody which began not after `instant`; none that it failed in or before.
    func span(notAfter instant: MeshInstant) -> Span? {
        seen.last { $0.from <= instant && $0.from >= failedUntil && $0.wasStuck == false }
    }

    /// Since when it has counted as stuck.
    func stuckSince(at now: MeshInstant) -> MeshInstant? {
        guard let last = seen.last, last.to == nil else { return nil }
        if last.wasStuck != false { return last.from }
        guard now - last.from > stuckLimit - margin else { return nil }
        return last.from + stuckLimit - margin
    }

    /// The last instant up to `now` at which it may have lit a zone: stuck ones count until their limit.
    func lastLighting(at now: MeshInstant, zone: Int? = nil) -> MeshInstant {
        let span = seen.last { $0.wasStuck != true && !(zone.map($0.spares.contains) ?? false) }
        let last = span.map { min($0.to ?? now, $0.from + stuckLimit + .seconds(1)) } ?? .distantPast
        return max(last, min(triggeredUntil, now))
    }

    /// Whether what it sees or has just seen certainly lights a zone with a limit, or certainly doesn't.
    mutating func judge(lights: Bool, zone: Int) {
        guard let last = seen.indices.last else { return }
        if lights { seen[last].lights.insert(zone) } else { seen[last].spares.insert(zone) }
    }

    /// A zone doesn't go by it any more: should it do so again, what is seen then is judged anew.
    mutating func leaves(zone: Int) {
        for index in seen.indices {
            seen[index].lights.remove(zone)
            seen[index].spares.remove(zone)
        }
    }

    /// What it sees, or saw since `instant`, may light the zones after all.
    mutating func doubtSparing(since instant: MeshInstant) {
        for index in seen.indices where seen[index].to.map({ $0 >= instant }) ?? true { seen[index].spares = [] }
    }

    /// What it sees since `instant` may be taken back: day has come before there was light.
    mutating func doubtLighting(since instant: MeshInstant) {
        for index in seen.indices where seen[index].from >= instant { seen[index].lights = [] }
    }

    /// Whether somebody it saw, or sees, has certainly lit a zone with a limit for as long as until `instant`. What was seen for
    /// so long that the sensor counted as stuck holds nothing from then on.
    func hasLit(_ zone: Int, until instant: MeshInstant, hold: Duration) -> Bool {
        seen.contains {
            let to = $0.to ?? instant
            return $0.lights.contains(zone) && to + hold > instant && to - $0.from <= stuckLimit - margin
        }
    }
}
