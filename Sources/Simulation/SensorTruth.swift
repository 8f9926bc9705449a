internal import Lighting

/// What a sensor saw in truth, and what its node witnessed.
struct SensorTruth: Sendable {
    let node: Int
    let stuckLimit: Duration
    /// How many people (or heaters) are before it.
    var people = 0
    /// When the node saw it high: from, to; the last may be open.
    private(set) var seen: [(from: MeshInstant, to: MeshInstant?)] = []
    /// When a trigger that reached the node ends.
    var triggeredUntil = MeshInstant.distantPast

    /// What it saw until then doesn't count any more.
    private var failedUntil = MeshInstant.distantPast

    init(node: Int, stuckLimit: Duration) {
        self.node = node
        self.stuckLimit = stuckLimit
    }

    mutating func rise(at now: MeshInstant) {
        if let last = seen.last, last.to == nil { return }
        if seen.count > 40 { seen.removeFirst(20) }
        seen.append((now, nil))
    }

    mutating func fall(at now: MeshInstant) {
        guard let last = seen.indices.last, seen[last].to == nil else { return }
        seen[last].to = now
        // A stuck sensor is as if it had never been.
        if now - seen[last].from > stuckLimit - .seconds(1) { failedUntil = now }
    }

    var isHigh: Bool { seen.last.map { $0.to == nil } ?? false }

    /// The last time that it saw somebody which began not after `instant`; none that it failed in or before.
    func span(notAfter instant: MeshInstant) -> (from: MeshInstant, to: MeshInstant?)? {
        seen.last { $0.from <= instant && $0.from >= failedUntil }
    }

    /// Since when it has counted as stuck.
    func stuckSince(at now: MeshInstant) -> MeshInstant? {
        guard let last = seen.last, last.to == nil else { return nil }
        // A trigger that still lasted when somebody came began what the limit is counted from.
        let margin = triggeredUntil > last.from ? Duration.seconds(11) : .seconds(1)
        guard now - last.from > stuckLimit - margin else { return nil }
        return last.from + stuckLimit - margin
    }

    /// The last instant up to `now` at which it may have lit a zone: stuck ones count until their limit.
    func lastLighting(at now: MeshInstant) -> MeshInstant {
        var last = min(triggeredUntil, now)
        if let span = seen.last {
            last = max(last, min(span.to ?? now, span.from + stuckLimit + .seconds(1)))
        }
        return last
    }
}
