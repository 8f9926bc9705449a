/// All that is known of a zone: its configuration, its sensors' registers and the commands in force.
///
/// What its bars show follows from this and the time alone.
public struct ZoneState: Sendable {
    /// The zone's configuration.
    public private(set) var zone: Zone
    /// The clock that the profile goes by.
    public var clock: CivilClock { didSet { if zone.profile.hasHolds || zone.follow != nil { merge() } } }
    /// The manual command over the whole zone.
    public var override: Override?
    /// Manual commands over single bars, by the bar's name in the zone.
    public var barOverrides: [String: Override] = [:]
    /// A flash over the whole zone or a bar (by its name in the zone), which takes nothing away: ``Override/until`` is its end.
    public var flash: (bar: String?, light: Override)?
    /// Whether it is dark enough for the guide light, and since when that is known.
    private var darkness = StandbyState(isShown: true)
    /// The latest activation.
    public private(set) var activation: Activation?
    /// What became of it, where the configuration has changed since it began.
    private var settled: SettledPeriods?
    /// The ones before, oldest first, which a bar may still be lit by or fading out of.
    private var earlier: [(activation: Activation, settled: SettledPeriods?)] = []
    /// The registers without a hold of their own that were over when the configuration changed: their last motion, and
    /// when they ended.
    private var ended: [String: (lastMotion: MeshInstant, end: MeshInstant)] = [:]
    /// How many of them. A sensor whose node begins anew may say its motion again and again, as its clock gets right.
    private static let remembered = 4
    private let motionLease: Duration
    private var registers: [String: SensorRegister] = [:]
    /// Which of the sensors see nobody.
    private var blind: Set<String> = []
    /// Where the zone follows people: what no register tells of their stays any more.
    private var stays = StayMemory()
    /// Where the zone follows people: each stay before a sensor, and how light walks on from there.
    private var walks: [(Stay, FollowPath)] = []

    /// A zone of which nothing but the configuration is known.
    ///
    /// - Parameter motionLease: how long motion counts that isn't renewed.
    public init(zone: Zone, clock: CivilClock = .utc, motionLease: Duration = Activation.motionLease) {
        self.zone = zone
        self.motionLease = motionLease
        self.clock = clock
    }

    /// Takes up a changed configuration at `now`; the light goes on. What is over stays over, as it was planned then.
    public mutating func reconfigure(_ zone: Zone, at now: MeshInstant) {
        for (sensor, register) in registers where ended[sensor]?.lastMotion != register.lastMotion {
            let end = end(of: register, from: sensor)
            ended[sensor] = end <= now && register.hold == nil ? (register.lastMotion, end) : nil
        }
        ended = ended.filter { registers[$0.key] != nil }
        if let activation {
            var known: [String: [LitPeriod]] = [:]
            for (index, bar) in self.zone.bars.enumerated() { known[bar] = periods(of: index, bar) }
            settled = SettledPeriods(at: now, isOver: activation.lapse <= now, periods: known, span: periods)
        }
        self.zone = zone
        merge()
    }

    /// Takes up what the zone's sensors say, all of them together. Sensors that aren't the zone's don't count.
    ///
    /// - Parameter blind: those that see nobody now, as far as is known: their nodes are away.
    public mutating func setRegisters(_ registers: [String: SensorRegister], blind: Set<String> = []) {
        if zone.follow != nil {
            for (sensor, old) in self.registers {
                stays.remember(old, of: sensor, end: end(of: old, from: sensor), before: registers[sensor])
            }
        }
        self.registers = registers
        self.blind = blind
        merge()
    }

    private func end(of register: SensorRegister, from sensor: String) -> MeshInstant {
        knownEnd(of: register, from: sensor)
            ?? register.end(hold: zone.hold(at: register.lastMotion, clock: clock), lease: motionLease)
    }

    /// The end of a register that says no hold and was over when the configuration changed; nil: of any other.
    private func knownEnd(of register: SensorRegister, from sensor: String) -> MeshInstant? {
        guard register.hold == nil, let over = ended[sensor], over.lastMotion == register.lastMotion else { return nil }
        return over.end
    }

    /// Moves what it remembers along with a clock that was set by `step`; registers are to be set anew, as they are then.
    public mutating func shift(by step: Duration) {
        registers = registers.mapValues { $0.shifted(by: step) }
        activation = activation?.shifted(by: step)
        settled = settled?.shifted(by: step)
        earlier = earlier.map { ($0.activation.shifted(by: step), $0.settled?.shifted(by: step)) }
        ended = ended.mapValues { ($0.lastMotion + step, $0.end + step) }
        stays.shift(by: step)
        findWalks()
        if darkness.since > .distantPast { darkness.since = darkness.since + step }
    }

    /// Takes up whether it is dark enough for the guide light, at `now`.
    ///
    /// - Returns: whether that changes what bars show.
    public mutating func setDark(_ isDark: Bool, at now: MeshInstant) -> Bool {
        guard darkness.isShown != isDark else { return false }
        darkness = StandbyState(isShown: isDark, since: now)
        return zone.hasStandby
    }

    private mutating func merge() {
        let areOurs = registers.keys.allSatisfy { zone.sensors[$0] != nil }
        var ends: [String: MeshInstant] = [:]
        for sensor in ended.keys { ends[sensor] = registers[sensor].flatMap { knownEnd(of: $0, from: sensor) } }
        let merged = Activation.merging(
            areOurs ? registers : registers.filter { zone.sensors[$0.key] != nil }, lease: motionLease, ends: ends
        ) { zone.hold(at: $0, clock: clock) }
        if let merged {
            earlier.removeAll { $0.activation.start >= merged.start }
            // Also where it forgets how it began (a sensor's node was started anew): what is lit stays lit.
            if let old = activation, merged.start > old.start { remember(old, before: merged.start) }
            // What was over, and goes on: somebody was there whom nobody had heard of.
            if let known = settled, merged.start > known.at || known.isOver && merged.lapse > known.at { settled = nil }
        }
        activation = merged
        findWalks()
    }

    private mutating func findWalks() {
        walks = []
        guard let follow = zone.follow else { return }
        let now = registers.filter { zone.sensors[$0.key] != nil }.map {
            stays.stay(of: $0.key, $0.value, end: end(of: $0.value, from: $0.key))
        }
        for stay in stays.past + now {
            // Whose hold was over when the configuration changed is known from then, as the light was going.
            if let settled, stay.off <= settled.at { continue }
            let wave = zone.wave(at: stay.activation, clock: clock)
            walks.append((stay, FollowPath(follow, wave, from: stay.sensor, in: zone, blind: blind)))
        }
    }

    private mutating func remember(_ old: Activation, before start: MeshInstant) {
        earlier.append((old, settled))
        // What had gone dark before the next began, and all before that, is joined by nothing any more.
        var next = earlier.dropFirst().map(\.activation.start) + [start]
        let isOver = zip(earlier, next).map { span($0.activation, $0.settled).last.map(\.off) ?? .distantPast <= $1 }
        let over = isOver.lastIndex(of: true).map { $0 + 1 } ?? 0
        earlier.removeFirst(over)
        next.removeFirst(over)
        guard earlier.count > ZoneState.remembered else { return }
        // The one that was soonest followed by another tells least of how long anything has been lit.
        let shortest = zip(earlier, next).enumerated().min {
            $0.element.1 - $0.element.0.activation.start < $1.element.1 - $1.element.0.activation.start
        }
        if let shortest { earlier.remove(at: shortest.offset) }
    }

    /// Returns true if anybody moved within the hold time before `instant`.
    public func isHeld(at instant: MeshInstant) -> Bool { activation?.isHeld(at: instant) ?? false }

    /// Returns the register of a sensor that sees motion begin at `now`: part of the activation that runs or a new one.
    ///
    /// - Parameters:
    ///   - own: what it said before.
    ///   - lead: what a new activation is to have as its lead.
    public func register(of sensor: String, own: SensorRegister?, motionAt now: MeshInstant, lead: Duration)
        -> SensorRegister
    {
        let running = activation.flatMap { $0.isHeld(at: now) ? $0 : nil }
        let start = running?.start ?? now
        let already = own.flatMap {
            // Where light follows people, who comes when it has gone dark here is met anew.
            let needed = zone.follow == nil ? start : now
            let end = $0.end(hold: zone.hold(at: $0.lastMotion, clock: clock), lease: .zero)
            return $0.firstMotion >= start && end >= needed ? $0 : nil
        }
        let runningLead = running.flatMap { registers[$0.origin]?.lead }
        return SensorRegister(
            start: start, origin: running?.origin ?? sensor,
            firstMotion: running == nil ? now : already?.firstMotion ?? now, lead: runningLead ?? lead, lastEdge: now,
            lastMotion: now, motion: true)
    }

    /// A register with the hold that the zone has for its last motion.
    public func holding(_ register: SensorRegister) -> SensorRegister {
        var register = register
        register.hold = zone.hold(at: register.lastMotion, clock: clock)
        return register
    }

    /// When the bar of this name is lit by motion, as far as is known.
    func periods(of bar: String) -> [LitPeriod] {
        zone.bars.firstIndex(of: bar).map { periods(of: $0, bar) } ?? []
    }

    private func periods(of index: Int, _ bar: String) -> [LitPeriod] {
        guard zone.follow == nil else {
            let planned = walks.compactMap { stay, path in
                path.isThrough(index)
                    ? LitPeriod(
                        on: stay.on + path.delay(of: index), off: stay.off + path.offDelay(of: index),
                        activation: stay.activation, run: path.run(through: index)) : nil
            }.joined()
            return settled.map { $0.periods(of: bar, walking: planned) } ?? planned
        }
        return periods { activation, settled in
            let planned = [activation.period(of: index, in: zone, clock: clock)]
            return settled.map { $0.periods(of: bar, planned: planned) } ?? planned
        }
    }

    /// When any bar is lit by motion, as far as is known.
    private var periods: [LitPeriod] {
        guard zone.follow == nil else {
            let planned = walks.map { stay, path in
                LitPeriod(on: stay.on, off: stay.off + path.longestOff, activation: stay.activation)
            }.joined()
            return settled.map { $0.periods(walking: planned) } ?? planned
        }
        return periods(in: span)
    }

    /// When any bar is lit by an activation.
    private func span(_ activation: Activation, _ settled: SettledPeriods?) -> [LitPeriod] {
        let planned = [activation.period(in: zone, clock: clock)]
        return settled.map { $0.periods(planned: planned) } ?? planned
    }

    /// The latest activation's periods, the first of them with those of the ones before that it follows without a gap.
    private func periods(in planned: (Activation, SettledPeriods?) -> [LitPeriod]) -> [LitPeriod] {
        guard let activation else { return [] }
        var periods = planned(activation, settled)
        guard !periods.isEmpty else { return [] }
        var start = activation.start
        for old in earlier.reversed() where old.activation.start < start {
            guard let before = planned(old.activation, old.settled).last, before.off > start else { break }
            // The wave of going off had not reached this bar when somebody came: it stays lit.
            periods[0].on = before.on
            periods[0].activation = before.activation
            start = old.activation.start
        }
        return periods
    }

    /// The plan of one bar, to be asked for cues.
    public func plan(of bar: String) -> BarPlan {
        var plan = planWithoutStandby(of: bar)
        let count = zone.bars.count
        if zone.hasStandby, let index = zone.bars.firstIndex(of: bar),
            zone.standby?.isShown(by: index, of: count) ?? true
        {
            plan.standby = darkness
        }
        return plan
    }

    private func planWithoutStandby(of bar: String) -> BarPlan {
        BarPlan(
            zone: zone, clock: clock, periods: periods(of: bar), zoneOverride: override.map { ending($0) },
            barOverride: barOverrides[bar].map { ending($0) },
            flash: flash.flatMap { $0.bar == nil || $0.bar == bar ? $0.light : nil })
    }

    /// Returns the brightness of the guide light at `instant`, where nothing else is shown; dark: there is none.
    public func standbyLevel(at instant: MeshInstant) -> Lightness {
        guard zone.hasStandby, darkness.isShown, asOneLight(at: instant).reason == .idle else { return .dark }
        return zone.standby(at: instant, clock: clock).light.lightness
    }
}

extension ZoneState {
    /// The command that decides at `instant` over a bar, or over the zone; nil: motion does.
    public func command(over bar: String?, at instant: MeshInstant) -> Override? {
        (bar.map { planWithoutStandby(of: $0) } ?? planAsOneLight).command(inForceAt: instant)
    }

    /// Returns the instant at which a command ends by itself, as far as is known; nil: it doesn't.
    public func end(of command: Override) -> MeshInstant? {
        guard let ends = command.ends else { return nil }
        // Where no sensor is, nobody is seen to leave.
        if command.mode == .off, ends == .empty, zone.sensors.isEmpty { return nil }
        var end =
            command.mode == .off && ends == .empty
            ? command.start : command.start + zone.hold(at: command.start, clock: clock)
        // The last bar's end: what is put out must not be lit by the rest of a wave.
        let known =
            zone.follow == nil
            ? (earlier.map(\.activation) + [activation].compactMap { $0 }).map { $0.period(in: zone, clock: clock) }
            : periods
        for period in known where period.activation <= end { end = max(end, period.off) }
        return end
    }

    /// A command with its end, as far as is known.
    private func ending(_ command: Override) -> Override {
        guard command.ends != nil || !command.before.isEmpty else { return command }
        var command = command
        command.before = command.before.map { ending($0) }
        if let end = end(of: command) { command.until = min(command.until ?? .distantFuture, end) }
        return command
    }

    /// Returns true if a bar, or the zone as one light, is on its way to light at `instant`.
    public func isOn(_ bar: String?, at instant: MeshInstant) -> Bool {
        (bar.map { planWithoutStandby(of: $0).cue(at: instant).target } ?? asOneLight(at: instant).light).lightness
            > .dark
    }

    /// Returns the light that the zone as a whole is on its way to at `instant`, and the reason: its look while any of
    /// its bars is to be lit, or what a command says.
    public func asOneLight(at instant: MeshInstant) -> (light: Light, reason: Cue.Reason) {
        let cue = planAsOneLight.cue(at: instant)
        guard !barOverrides.isEmpty else { return (cue.target, cue.reason) }
        let hasAll = zone.bars.allSatisfy { barOverrides[$0] != nil }
        if !hasAll, cue.target.lightness > .dark { return (cue.target, cue.reason) }
        // Bars with commands of their own, the brightest of which is the zone's light.
        let own = barOverrides.keys.map { planWithoutStandby(of: $0).cue(at: instant) }
        let brightest = own.max { ($0.target.lightness, $1.at) < ($1.target.lightness, $0.at) }
        guard let brightest, hasAll || brightest.target.lightness > .dark else { return (cue.target, cue.reason) }
        return (brightest.target, brightest.reason)
    }

    /// Returns true if any bar may be lit at `instant`, or was up to `time` before it.
    public func isLit(at instant: MeshInstant, orWithin time: Duration) -> Bool {
        let fading = zone.look.easeOut + time
        if periods.contains(where: { $0.activation <= instant && instant < $0.off + fading }) { return true }
        // By a command, which may have just ended.
        return [instant, instant - fading].contains { asOneLight(at: $0).light.lightness > .dark }
    }

    /// The next instant after `instant` at which ``asOneLight(at:)`` or ``isHeld(at:)`` may be another; nil if none is planned.
    public func nextChange(after instant: MeshInstant) -> MeshInstant? {
        let own = barOverrides.values.compactMap { ending($0).nextChange(after: instant) }
        let held = [activation?.start, activation?.lapse].compactMap { $0 }.filter { $0 > instant }
        return ([planAsOneLight.nextChange(after: instant)].compactMap { $0 } + held + own).min()
    }

    private var planAsOneLight: BarPlan {
        BarPlan(
            zone: zone, clock: clock, periods: periods, zoneOverride: override.map { ending($0) }, barOverride: nil,
            flash: nil)
    }
}
