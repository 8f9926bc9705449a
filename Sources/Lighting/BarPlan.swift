/// The plan of one bar in one zone from now on, as far as known: a function of time.
public struct BarPlan: Sendable, Hashable {
    let zone: Zone
    let clock: CivilClock
    /// When motion has it lit, in the order of time, none that overlap.
    let periods: [LitPeriod]
    var zoneOverride: Override?
    var barOverride: Override?
    var flash: Override?
    var standby = StandbyState.none

    /// True if its zone's `off` puts out the bar whatever other zones say.
    public var isMaster: Bool { zone.isMaster }

    /// The cue in force at `instant`.
    public func cue(at instant: MeshInstant) -> Cue {
        guard let flash, flash.start <= instant, let until = flash.until else { return steadyCue(at: instant) }
        if instant < until { return flashCue(flash, at: instant) }
        // Then all is as it would have been.
        var cue = steadyCue(at: instant)
        if until > cue.at {
            cue.from = flashCue(flash, at: until - .nanoseconds(1)).target
            cue.at = until
        }
        return cue
    }

    private func steadyCue(at instant: MeshInstant) -> Cue {
        let command = command(at: instant)
        if let (override, since) = command.inForce { return cue(for: override, since: since, at: instant) }
        var cue = motionCue(at: instant)
        if let (released, ease) = command.released, released > cue.at {
            // The bar comes from what the command had it show, at the end of that.
            cue.at = released
            cue.from = steadyCue(at: released - .nanoseconds(1)).target
            cue.ease = ease ?? cue.ease
        }
        return cue
    }

    /// The next instant after `instant` at which another cue comes into force; nil if none is planned.
    public func nextChange(after instant: MeshInstant) -> MeshInstant? {
        var instants: [MeshInstant?] = []
        for period in periods { instants += [period.on, period.off] }
        for override in [zoneOverride, barOverride, flash] { instants.append(override?.nextChange(after: instant)) }
        if let flash, let until = flash.until, flash.start <= instant, instant < until {
            let turns = (instant - flash.start).nanoseconds / Override.flashTurn.nanoseconds + 1
            instants.append(flash.start + Override.flashTurn * Int(turns))
        }
        if cue(at: instant).reason != .idle || standby != .none {
            instants.append(zone.profile.nextChange(after: instant, clock: clock))
        }
        return instants.compactMap { $0 }.filter { $0 > instant }.min()
    }

    /// Goes dark at `instant`, whatever was planned.
    ///
    /// - Parameter limit: how long that may take; nil: as long as its look says.
    public mutating func end(at instant: MeshInstant, within limit: Duration? = nil) {
        let ease = limit.map { min(zone.look(at: instant, clock: clock).look.easeOut, $0) }
        zoneOverride = Override(mode: .off, start: instant, ease: ease)
        barOverride = nil
        flash = nil
    }

    private func motionCue(at instant: MeshInstant) -> Cue {
        let (look, lookSince) = zone.look(at: instant, clock: clock)
        guard let period = periods.last(where: { $0.on <= instant }) else { return idleCue(at: instant, look) }
        if period.off <= instant {
            let off = period.off
            let idle = idleCue(at: instant, look)
            // The guide light is another since.
            if idle.at > off { return idle }
            let lit = zone.look(at: off, clock: clock).look.light
            return Cue(
                at: off, target: idle.target, from: lit, ease: look.easeOut, curve: look.curve, reason: .idle,
                along: period.run.off, isReversed: period.run.offIsReversed)
        }
        var cue = Cue(
            at: period.on, target: look.light, from: idleLight(at: period.on, look),
            ease: look.easeIn, curve: look.curve,
            reason: .motion(period.activation), along: period.run.on, isReversed: period.run.onIsReversed)
        if let lookSince, lookSince > period.on {
            cue.at = lookSince
            cue.from = zone.look(at: lookSince - .nanoseconds(1), clock: clock).look.light
        }
        return cue
    }

    /// Nobody is there: the dark, or the guide light since it is as it is.
    private func idleCue(at instant: MeshInstant, _ look: Look) -> Cue {
        let target = idleLight(at: instant, look)
        var cue = Cue(
            at: .distantPast, target: target, from: target, ease: look.easeOut, curve: look.curve, reason: .idle)
        guard standby != .none else { return cue }
        let changed = zone.standby(at: instant, clock: clock).since ?? .distantPast
        let since = standby.since <= instant ? max(changed, standby.since) : changed
        guard since > .distantPast else { return cue }
        let before = idleLight(at: since - .nanoseconds(1), look)
        guard before.lightness != target.lightness else { return cue }
        cue.at = since
        cue.from = before
        cue.ease = max(Standby.shortestEase, look.easeOut)
        return cue
    }

    /// What the bar shows at `instant` if nobody is there.
    private func idleLight(at instant: MeshInstant, _ look: Look) -> Light {
        standby != .none && standby.isShown(at: instant)
            ? zone.standby(at: instant, clock: clock).light : .dark(look.colour)
    }

    private func cue(for override: Override, since: MeshInstant, at instant: MeshInstant) -> Cue {
        let look = zone.look(at: instant, clock: clock).look
        let before = steadyCue(at: since - .nanoseconds(1)).target
        switch override.mode {
        case .on(let brightness, let colour):
            let light = Light(
                lightness: brightness ?? look.brightness, colour: colour ?? look.colour,
                farColour: colour == nil ? look.gradient : nil)
            return Cue(
                at: since, target: light, from: before, ease: override.ease ?? look.easeIn, curve: look.curve,
                reason: .manual)
        case .off, .auto:
            return Cue(
                at: since, target: .dark(look.colour), from: before, ease: override.ease ?? look.easeOut,
                curve: look.curve, reason: .manual)
        }
    }

    /// Dark and lit in turn, and first the other of what it was.
    private func flashCue(_ flash: Override, at instant: MeshInstant) -> Cue {
        let turn = (instant - flash.start).nanoseconds / Override.flashTurn.nanoseconds
        let begin = flash.start + Override.flashTurn * Int(turn)
        let wasLit = steadyCue(at: flash.start - .nanoseconds(1)).target.lightness > .dark
        var on = flash
        on.ease = .zero
        var cue = cue(for: on, since: begin, at: instant)
        if (turn % 2 == 0) == wasLit { cue.target = .dark(cue.target.colour) }
        return cue
    }

    /// The command that decides at `instant`; nil: motion does.
    public func command(inForceAt instant: MeshInstant) -> Override? { command(at: instant).inForce?.0 }

    /// The command that decides at `instant` and since when it does; or when the last one let go, and how fast.
    ///
    /// The latest command wins, the zone's or the bar's. A bar's that has ended leaves the word to the zone's;
    /// the zone's `auto` ends older ones of the bar too.
    private func command(
        at instant: MeshInstant
    ) -> (inForce: (Override, MeshInstant)?, released: (at: MeshInstant, ease: Duration?)?) {
        guard zoneOverride != nil || barOverride != nil else { return (nil, nil) }
        var begun: [(command: Override, isZones: Bool)] = []
        for command in zoneOverride?.all ?? [] where command.start <= instant { begun.append((command, true)) }
        for command in barOverride?.all ?? [] where command.start <= instant { begun.append((command, false)) }
        var released: (at: MeshInstant, ease: Duration?)?
        for (override, isZones) in begun.sorted(by: { $0.command.start > $1.command.start }) {
            if override.isInForce(at: instant) {
                return ((override, max(override.start, released?.at ?? override.start)), nil)
            }
            let isAuto = override.mode == .auto
            let end = isAuto ? override.start : override.until ?? override.start
            if released.map({ end > $0.at }) ?? true { released = (end, end == override.start ? override.ease : nil) }
            if isAuto, isZones { break }
        }
        return (nil, released)
    }
}
