internal import Lighting

/// One bar of a node: its place in each zone, and what it shows.
struct BarState: Sendable {
    /// Its part in one zone.
    struct Part: Sendable {
        var zone: String
        /// The bar's name in the zone: `node` or `node/bar`.
        var place: String
        var plan: BarPlan
        var fader = Fader()
        /// When the next cue comes into force.
        var nextChange: MeshInstant?
        /// Whether the bar isn't in the zone any more, and goes out.
        var isLeaving = false
    }

    let name: String
    var parts: [Part] = []
    var light = Light.dark(.warmWhite)
    /// Blinks until then.
    var identifyUntil = MeshInstant.distantPast
    var failure: String?
    /// Its first light in the last activation.
    var firstLight: BarMessage.FirstLight?
    /// How far the last first lights were off their plans.
    var deviations: [BarMessage.Deviation] = []
    /// A first light that is planned or due and not yet written.
    var pending: BarMessage.FirstLight?
    /// When its report is to be published.
    var reportDue: MeshInstant?

    init(name: String) { self.name = name }

    /// Takes up the cues that are in force at `now`.
    mutating func follow(at now: MeshInstant, fresh: Bool) {
        for index in parts.indices {
            let part = parts[index]
            let cue = part.plan.cue(at: now)
            parts[index].nextChange = part.plan.nextChange(after: now)
            guard cue != part.fader.cue else { continue }
            if case .motion(let activation) = cue.reason, !fresh, part.fader.cue?.reason != cue.reason,
                part.fader.light(at: now).lightness < cue.target.lightness
            {
                pending = BarMessage.FirstLight(
                    zone: part.zone, activation: activation.nanoseconds, planned: cue.at.nanoseconds, actual: 0)
            }
            parts[index].fader.follow(cue, at: now, fresh: fresh)
            if part.fader.cue?.target != cue.target {
                // Told once it is at rest, so that telling doesn't disturb the animation of others.
                reportDue = min(max(parts[index].fader.restsAt, now), now + .seconds(1))
            }
        }
    }

    /// Whether a cue comes into force by `now` that hasn't been taken up.
    func isDue(at now: MeshInstant) -> Bool { parts.contains { $0.nextChange.map { $0 <= now } ?? false } }

    /// When it comes to rest.
    var restsAt: MeshInstant { max(parts.map(\.fader.restsAt).max() ?? .distantPast, identifyUntil) }

    /// Calculates what it shows at `instant`.
    mutating func draw(at instant: MeshInstant) {
        if instant < identifyUntil {
            let phase = (identifyUntil - instant).nanoseconds / 500_000_000 % 2
            light = Light(lightness: phase == 0 ? .dark : .full, colour: .warmWhite)
            return
        }
        guard let first = parts.first else {
            light = .dark(.warmWhite)
            return
        }
        light = first.fader.light(at: instant)
        for part in parts.dropFirst() { light = .together(light, part.fader.light(at: instant)) }
    }

    /// The report of its light.
    var message: BarMessage {
        let target = parts.reduce(Light.dark(.warmWhite)) { .together($0, $1.fader.cue?.target ?? .dark(.warmWhite)) }
        return BarMessage(
            on: target.lightness > .dark, level: target.lightness.value, colour: target.colour.text,
            firstLight: firstLight,
            deviations: deviations.isEmpty ? nil : deviations, failed: failure)
    }
}
