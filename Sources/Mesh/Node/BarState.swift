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
        /// Where the light comes along the bar.
        var trail = Trail()
        /// When the next cue comes into force.
        var nextChange: MeshInstant?
        /// Whether the bar isn't in the zone any more, and goes out.
        var isLeaving = false
    }

    let name: String
    var parts: [Part] = []
    var light = Light.dark(.warmWhite)
    var drawnAt = MeshInstant.distantPast
    /// What it shows until the node knows what it should.
    var interim: InterimLight?
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

    /// Takes up what became of a zone that it stays in.
    mutating func replan(_ name: String, _ zone: ZoneState) {
        for index in parts.indices where parts[index].zone == name && !parts[index].isLeaving {
            parts[index].plan = zone.plan(of: parts[index].place)
        }
    }

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
            parts[index].trail.follow(cue, after: part.fader, at: now, fresh: fresh)
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
    var restsAt: MeshInstant {
        var rest = identifyUntil
        for part in parts { rest = max(rest, part.fader.restsAt + part.trail.along) }
        if let interim { rest = max(rest, interim.end) }
        return rest
    }

    /// Whether all its pixels show the same since it was last drawn.
    var isUniform: Bool {
        drawnAt < identifyUntil
            || light.farColour == nil
                && parts.allSatisfy { $0.trail.along == .zero || $0.fader.restsAt + $0.trail.along <= drawnAt }
    }

    /// What the pixel at `place` (0…1 along the bar) shows since it was last drawn.
    func light(at place: Double) -> Light {
        guard let first = parts.first, drawnAt >= identifyUntil else { return light.pixel(at: place) }
        var light = first.trail.light(at: drawnAt, place: place, fader: first.fader)
        for part in parts.dropFirst() {
            light = .together(light, part.trail.light(at: drawnAt, place: place, fader: part.fader))
        }
        if let interim { light = .together(light, interim.light(at: drawnAt)) }
        return light.pixel(at: place)
    }

    /// Calculates what it shows at `instant`.
    mutating func draw(at instant: MeshInstant) {
        drawnAt = instant
        if instant < identifyUntil {
            let phase = (identifyUntil - instant).nanoseconds / 500_000_000 % 2
            light = Light(lightness: phase == 0 ? .dark : .full, colour: .warmWhite)
            return
        }
        light = parts.first?.fader.light(at: instant) ?? .dark(.warmWhite)
        for part in parts.dropFirst() { light = .together(light, part.fader.light(at: instant)) }
        if let interim {
            light = .together(light, interim.light(at: instant))
            if interim.until != nil, interim.end <= instant { self.interim = nil }
        }
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
