/// What one bar does in one zone from now on, as far as known: a function of time.
public struct BarPlan: Sendable, Hashable {
    let zone: Zone
    let clock: CivilClock
    let period: LitPeriod?
    var zoneOverride: Override?
    var barOverride: Override?

    /// The cue in force at `instant`.
    public func cue(at instant: MeshInstant) -> Cue {
        let command = command(at: instant)
        if let (override, since) = command.inForce { return cue(for: override, since: since, at: instant) }
        var cue = motionCue(at: instant)
        if let released = command.released, released > cue.at {
            // The bar comes from what the command had it show, at the end of that.
            cue.at = released
            cue.from = self.cue(at: released - .nanoseconds(1)).target
        }
        return cue
    }

    /// The next instant after `instant` at which another cue comes into force; nil if none is planned.
    public func nextChange(after instant: MeshInstant) -> MeshInstant? {
        var instants = [period?.on, period?.off, zoneOverride?.start, zoneOverride?.until]
        instants += [barOverride?.start, barOverride?.until]
        if cue(at: instant).reason != .idle {
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
    }

    private func motionCue(at instant: MeshInstant) -> Cue {
        let (look, lookSince) = zone.look(at: instant, clock: clock)
        let dark = Light.dark(look.colour)
        guard let period, period.on <= instant else {
            return Cue(
                at: .distantPast, target: dark, from: dark, ease: look.easeOut, curve: look.curve, reason: .idle)
        }
        if period.off <= instant {
            let off = period.off
            let lit = zone.look(at: off, clock: clock).look.light
            return Cue(
                at: off, target: dark, from: lit, ease: look.easeOut, curve: look.curve, reason: .idle,
                along: period.run.off, isReversed: period.run.offIsReversed)
        }
        var cue = Cue(
            at: period.on, target: look.light, from: dark, ease: look.easeIn, curve: look.curve,
            reason: .motion(period.activation), along: period.run.on, isReversed: period.run.onIsReversed)
        if let lookSince, lookSince > period.on {
            cue.at = lookSince
            cue.from = zone.look(at: lookSince - .nanoseconds(1), clock: clock).look.light
        }
        return cue
    }

    private func cue(for override: Override, since: MeshInstant, at instant: MeshInstant) -> Cue {
        let look = zone.look(at: instant, clock: clock).look
        let before = motionCue(at: since - .nanoseconds(1)).target
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

    /// The command that decides at `instant` and since when it does; or when the last one let go.
    ///
    /// The latest command wins, the zone's or the bar's. A bar's that has ended leaves the word to the zone's;
    /// the zone's `auto` ends older ones of the bar too.
    private func command(at instant: MeshInstant) -> (inForce: (Override, MeshInstant)?, released: MeshInstant?) {
        var released: MeshInstant?
        let begun = [zoneOverride, barOverride].compactMap { $0 }.filter { $0.start <= instant }
        for override in begun.sorted(by: { $0.start > $1.start }) {
            if override.isInForce(at: instant) {
                return ((override, max(override.start, released ?? override.start)), nil)
            }
            released = max(
                released ?? .distantPast, override.mode == .auto ? override.start : override.until ?? override.start)
            if override.mode == .auto, override == zoneOverride { break }
        }
        return (nil, released)
    }
}
