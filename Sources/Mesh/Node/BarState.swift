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
        /// Whether its plan is another than the one whose cue it follows.
        var isReplanned = true
        /// The command in force over it.
        fileprivate var command: Override?
        /// What a master zone's `off` leaves of it; nil: all.
        fileprivate var shade: Shade?

        /// Whether it is out by a command, so that the bar is dark whatever other zones say.
        fileprivate var putsOut: Bool { plan.isMaster && !isLeaving && command?.mode == .off }

        // Inlined: else the whole part is copied to be asked, for each frame.

        /// What it shows at an instant, at a place along the bar or (nil) as a whole.
        @inline(__always) fileprivate func light(at instant: MeshInstant, place: Double? = nil) -> Light {
            let light = place.map { trail.light(at: instant, place: $0, fader: fader) } ?? fader.light(at: instant)
            return shade?.shading(light, at: instant) ?? light
        }

        /// When it comes to rest.
        @inline(__always) fileprivate var restsAt: MeshInstant {
            max(fader.restsAt + trail.along, shade?.restsAt ?? .distantPast)
        }

        /// What it is on its way to.
        fileprivate var target: Light {
            let target = fader.cue?.target ?? .dark(.warmWhite)
            return shade?.isClosed ?? false ? .dark(target.colour) : target
        }

        /// From when on it is dark, and stays so until its next cue.
        fileprivate var quietAt = MeshInstant.distantPast

        /// When its cue leaves it dark.
        fileprivate var darkness: MeshInstant {
            fader.cue?.target.lightness ?? .dark == .dark ? fader.restsAt + trail.along : .distantFuture
        }
    }

    let name: String
    /// In the order of their zones' names. A bar may have a thousand, nearly all of them dark and without a plan: what is done
    /// for each frame and each message looks at few.
    private(set) var parts: [Part] = []
    /// Those that may show anything but the dark, and the first, which lends the dark its colour.
    private var awake: [Int] = []
    /// When the first of the next cues comes into force.
    private(set) var nextCue: MeshInstant?
    var light = Light.dark(.warmWhite)
    var drawnAt = MeshInstant.distantPast
    /// What it shows until the node knows what it should.
    var interim: InterimLight?
    /// Blinks until then.
    private(set) var identifyUntil = MeshInstant.distantPast
    /// Whether the node ends: whatever its zones say now, the bar goes on to what it shows afterwards.
    private(set) var isEnding = false
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

    // MARK: - Its zones

    /// Where the zone's part is, or would be.
    private func index(of zone: String) -> (index: Int, isThere: Bool) {
        var (low, high) = (0, parts.count)
        while low < high {
            let middle = (low + high) / 2
            if parts[middle].zone < zone { low = middle + 1 } else { high = middle }
        }
        return (low, low < parts.count && parts[low].zone == zone)
    }

    /// Takes up its place in a zone, and the plan for it.
    mutating func take(_ zone: String, place: String, plan: BarPlan) {
        guard !isEnding else { return }
        let (index, isThere) = index(of: zone)
        guard isThere else {
            parts.insert(Part(zone: zone, place: place, plan: plan), at: index)
            for place in awake.indices where awake[place] >= index { awake[place] += 1 }
            return
        }
        parts[index].place = place
        parts[index].plan = plan
        parts[index].isLeaving = false
        parts[index].isReplanned = true
    }

    /// Takes up what became of a zone that it stays in.
    mutating func replan(_ zone: String, _ state: ZoneState) {
        let (index, isThere) = index(of: zone)
        guard isThere, !isEnding, !parts[index].isLeaving else { return }
        parts[index].plan = state.plan(of: parts[index].place)
        parts[index].isReplanned = true
    }

    /// It has no place any more in a zone: it fades out, it doesn't jump.
    mutating func leave(_ zone: String, at now: MeshInstant) {
        let (index, isThere) = index(of: zone)
        guard isThere else { return }
        leave(at: index, at: now)
        dropDark(at: now)
    }

    /// The same for all zones but those of `zones`.
    mutating func leave(allBut zones: Set<String>, at now: MeshInstant) {
        for index in parts.indices where !zones.contains(parts[index].zone) { leave(at: index, at: now) }
        dropDark(at: now)
    }

    private mutating func leave(at index: Int, at now: MeshInstant) {
        guard !isEnding, !parts[index].isLeaving else { return }
        parts[index].plan.end(at: now)
        parts[index].isLeaving = true
        parts[index].isReplanned = true
    }

    /// Drops what it has left and is out.
    private mutating func dropDark(at now: MeshInstant) {
        guard parts.contains(where: { $0.isLeaving && $0.fader.light(at: now).lightness == .dark }) else { return }
        parts.removeAll { $0.isLeaving && $0.fader.light(at: now).lightness == .dark }
        shade(at: now, fresh: false)
        gather(at: now)
    }

    /// Ends all that was planned: it fades out within `limit`, and nothing lights it any more.
    mutating func end(at now: MeshInstant, within limit: Duration) {
        isEnding = true
        identifyUntil = min(identifyUntil, now)
        if let until = interim?.until { interim?.until = min(until, now) }
        for index in parts.indices {
            parts[index].plan.end(at: now, within: limit)
            parts[index].isReplanned = true
        }
        follow(at: now, fresh: false)
    }

    /// Ends all that was planned: it shows a light from now on, nil: the one that it shows.
    mutating func end(at now: MeshInstant, staying shown: Light?) {
        isEnding = true
        identifyUntil = min(identifyUntil, now)
        parts = []
        awake = []
        nextCue = nil
        interim = InterimLight(shown: shown ?? light, until: nil)
    }

    /// Blinks until an instant.
    mutating func identify(until: MeshInstant) {
        if !isEnding { identifyUntil = until }
    }

    /// Moves all its instants: time itself jumped.
    mutating func shift(by step: Duration) {
        for index in parts.indices {
            parts[index].fader.shift(by: step)
            parts[index].trail.shift(by: step)
            parts[index].shade?.shift(by: step)
            parts[index].nextChange = parts[index].nextChange.map { $0 + step }
            parts[index].quietAt = parts[index].darkness
        }
        nextCue = nextCue.map { $0 + step }
        identifyUntil = identifyUntil + step
        if let until = interim?.until { interim?.until = until + step }
        reportDue = reportDue.map { $0 + step }
        // Instants in two times can't be compared.
        pending = nil
        firstLight = nil
    }

    /// Takes up the cues that are in force at `now`.
    mutating func follow(at now: MeshInstant, fresh: Bool) {
        var hasChanged = false
        for index in parts.indices {
            guard parts[index].isReplanned || parts[index].nextChange.map({ $0 <= now }) ?? false else { continue }
            follow(index, at: now, fresh: fresh)
            hasChanged = true
        }
        guard hasChanged else { return }
        shade(at: now, fresh: fresh)
        gather(at: now)
    }

    /// A master zone that is put out by a command puts out the bar: what its other zones light isn't seen, unless by a later
    /// command.
    private mutating func shade(at now: MeshInstant, fresh: Bool) {
        guard !isEnding else { return }
        let out = parts.indices.filter { parts[$0].putsOut }
        for index in parts.indices where !out.isEmpty || parts[index].shade != nil {
            let part = parts[index]
            let since = part.command.map(\.start) ?? .distantPast
            let other = out.last { $0 != index && parts[$0].command?.start ?? .distantPast > since }
            if let other, let cue = parts[other].fader.cue {
                // What is dark and stays so needs none.
                guard part.shade != nil || part.quietAt > now else { continue }
                let isUnseen = fresh || part.fader.light(at: now).lightness == .dark
                if part.shade == nil { parts[index].shade = Shade(at: now) }
                if part.shade?.isClosed != true { parts[index].shade?.close(with: cue, at: now, fresh: isUnseen) }
                if pending?.zone == part.zone { pending = nil }
            } else if let shade = part.shade {
                if shade.isOpen(at: now) {
                    parts[index].shade = nil
                } else if shade.isClosed, let cue = part.fader.cue {
                    // That is when the last of the others' commands ended, or this zone's own began.
                    let ends = parts.lazy.compactMap { $0.fader.cue?.at }.filter { $0 <= now }
                    parts[index].shade?.open(from: ends.max() ?? now, with: cue, at: now)
                }
            }
        }
    }

    private mutating func follow(_ index: Int, at now: MeshInstant, fresh: Bool) {
        parts[index].isReplanned = false
        defer { parts[index].quietAt = parts[index].darkness }
        let cue = parts[index].plan.cue(at: now)
        parts[index].command = parts[index].plan.command(inForceAt: now)
        parts[index].nextChange = parts[index].plan.nextChange(after: now)
        let before = parts[index].fader
        guard cue != before.cue else { return }
        if case .motion(let activation) = cue.reason, !fresh, before.cue?.reason != cue.reason,
            before.light(at: now).lightness < cue.target.lightness,
            firstLight.map({ $0.zone != parts[index].zone || $0.activation != activation.nanoseconds }) ?? true
        {
            pending = BarMessage.FirstLight(
                zone: parts[index].zone, activation: activation.nanoseconds, planned: cue.at.nanoseconds, actual: 0)
        }
        parts[index].trail.follow(cue, after: before, at: now, fresh: fresh)
        parts[index].fader.follow(cue, at: now, fresh: fresh)
        if before.cue?.target != cue.target {
            // Told once it is at rest, so that telling doesn't disturb the animation of others.
            reportDue = min(max(parts[index].fader.restsAt, now), now + .seconds(1))
        }
    }

    private mutating func gather(at now: MeshInstant) {
        awake.removeAll(keepingCapacity: true)
        var next = MeshInstant.distantFuture
        for index in parts.indices {
            if index == 0 || parts[index].quietAt > now { awake.append(index) }
            if let change = parts[index].nextChange { next = min(next, change) }
        }
        nextCue = next == .distantFuture ? nil : next
    }

    // MARK: - What it shows

    /// Whether a cue comes into force by `now` that hasn't been taken up.
    func isDue(at now: MeshInstant) -> Bool { nextCue.map { $0 <= now } ?? false }

    /// When it comes to rest.
    var restsAt: MeshInstant {
        var rest = identifyUntil
        for index in awake { rest = max(rest, parts[index].restsAt) }
        if let interim { rest = max(rest, interim.end) }
        return rest
    }

    /// Whether it shows no more than what it does while nobody is there.
    var isIdle: Bool {
        interim == nil && drawnAt >= restsAt && awake.allSatisfy { parts[$0].fader.cue?.reason ?? .idle == .idle }
    }

    /// Whether all its pixels show the same since it was last drawn.
    var isUniform: Bool {
        drawnAt < identifyUntil
            || light.farColour == nil
                && awake.allSatisfy {
                    parts[$0].trail.along == .zero || parts[$0].restsAt <= drawnAt
                }
    }

    /// What the pixel at `place` (0…1 along the bar) shows since it was last drawn.
    func light(at place: Double) -> Light {
        guard let first = awake.first, drawnAt >= identifyUntil else { return light.pixel(at: place) }
        var light = parts[first].light(at: drawnAt, place: place)
        for index in awake.dropFirst() { light = .together(light, parts[index].light(at: drawnAt, place: place)) }
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
        light = awake.first.map { parts[$0].light(at: instant) } ?? .dark(.warmWhite)
        for index in awake.dropFirst() { light = .together(light, parts[index].light(at: instant)) }
        if let interim {
            light = .together(light, interim.light(at: instant))
            if interim.until != nil, interim.end <= instant { self.interim = nil }
        }
    }

    /// The report of its light.
    var message: BarMessage {
        let target = awake.reduce(Light.dark(.warmWhite)) { .together($0, parts[$1].target) }
        return BarMessage(
            on: target.lightness > .dark, level: target.lightness.value, colour: target.colour.text,
            firstLight: firstLight,
            deviations: deviations.isEmpty ? nil : deviations, failed: failure)
    }
}
