/// All that is known of a zone: its configuration, its sensors' registers and the commands in force.
///
/// What its bars show follows from this and the time alone.
public struct ZoneState: Sendable {
    /// The zone's configuration.
    public private(set) var zone: Zone
    /// The clock that the profile goes by.
    public var clock: CivilClock
    /// The manual command over the whole zone.
    public var override: Override?
    /// Manual commands over single bars, by the bar's name in the zone.
    public var barOverrides: [String: Override] = [:]
    /// The latest activation.
    public private(set) var activation: Activation?
    /// The ones before, oldest first, which a bar may still be lit by or fading out of.
    private var earlier: [Activation] = []
    /// How many of them. A sensor whose node begins anew may say its motion again and again, as its clock gets right.
    private static let remembered = 4
    private let motionLease: Duration
    private var registers: [String: SensorRegister] = [:]

    /// A zone of which nothing but the configuration is known.
    ///
    /// - Parameter motionLease: how long motion counts that isn't renewed.
    public init(zone: Zone, clock: CivilClock = .utc, motionLease: Duration = Activation.motionLease) {
        self.zone = zone
        self.motionLease = motionLease
        self.clock = clock
    }

    /// Takes up a changed configuration; the light goes on.
    public mutating func reconfigure(_ zone: Zone) {
        self.zone = zone
        merge()
    }

    /// Takes up what the zone's sensors say, all of them together. Sensors that aren't the zone's don't count.
    public mutating func setRegisters(_ registers: [String: SensorRegister]) {
        self.registers = registers
        merge()
    }

    /// Moves what it remembers along with a clock that was set by `step`; registers are to be set anew.
    public mutating func shift(by step: Duration) {
        activation = activation?.shifted(by: step)
        earlier = earlier.map { $0.shifted(by: step) }
    }

    private mutating func merge() {
        let areOurs = registers.keys.allSatisfy { zone.sensors[$0] != nil }
        let merged = Activation.merging(
            areOurs ? registers : registers.filter { zone.sensors[$0.key] != nil }, hold: zone.hold, lease: motionLease)
        if let merged {
            earlier.removeAll { $0.start >= merged.start }
            // Also where it forgets how it began (a sensor's node was started anew): what is lit stays lit.
            if let old = activation, merged.start > old.start { remember(old, before: merged.start) }
        }
        activation = merged
    }

    private mutating func remember(_ old: Activation, before start: MeshInstant) {
        earlier.append(old)
        guard earlier.count > ZoneState.remembered else { return }
        // The one that was soonest followed by another tells least of how long anything has been lit.
        let next = earlier.dropFirst().map(\.start) + [start]
        let shortest = zip(earlier, next).enumerated().min {
            $0.element.1 - $0.element.0.start < $1.element.1 - $1.element.0.start
        }
        if let shortest { earlier.remove(at: shortest.offset) }
    }

    /// Whether anybody moved within the hold time before `instant`.
    public func isHeld(at instant: MeshInstant) -> Bool { activation?.isHeld(at: instant) ?? false }

    /// What a sensor is to say that sees motion begin at `now`: part of the activation that runs, or a new one.
    ///
    /// - Parameters:
    ///   - own: what it said before.
    ///   - lead: what a new activation is to have as its lead.
    public func register(of sensor: String, own: SensorRegister?, motionAt now: MeshInstant, lead: Duration)
        -> SensorRegister
    {
        let running = activation.flatMap { $0.isHeld(at: now) ? $0 : nil }
        let start = running?.start ?? now
        let already = own.flatMap { $0.firstMotion >= start && $0.lastMotion + zone.hold >= start ? $0 : nil }
        let runningLead = running.flatMap { registers[$0.origin]?.lead }
        return SensorRegister(
            start: start, origin: running?.origin ?? sensor,
            firstMotion: running == nil ? now : already?.firstMotion ?? now, lead: runningLead ?? lead, lastEdge: now,
            lastMotion: now, motion: true)
    }

    /// When the bar of this name is lit by motion, in the latest activation.
    func period(of bar: String) -> LitPeriod? {
        guard let activation, let index = zone.bars.firstIndex(of: bar) else { return nil }
        var period = activation.period(of: index, in: zone)
        var start = activation.start
        for old in earlier.reversed() where old.start < start {
            let before = old.period(of: index, in: zone)
            guard before.off > start else { break }
            // The wave of going off had not reached this bar when somebody came: it stays lit.
            period.on = before.on
            period.activation = before.activation
            start = old.start
        }
        return period
    }

    /// The plan of one bar, to be asked for cues.
    public func plan(of bar: String) -> BarPlan {
        BarPlan(
            zone: zone, clock: clock, period: period(of: bar), zoneOverride: override,
            barOverride: barOverrides[bar])
    }
}

extension ZoneState {
    /// What the zone as a whole is on its way to at `instant`, and why: its look while it is held, or what a command says.
    public func asOneLight(at instant: MeshInstant) -> (light: Light, reason: Cue.Reason) {
        let cue = planAsOneLight.cue(at: instant)
        return (cue.target, cue.reason)
    }

    /// Whether any bar may be lit at `instant`, or was up to `time` before it.
    public func isLit(at instant: MeshInstant, orWithin time: Duration) -> Bool {
        let fading = zone.look.easeOut + time
        if let activation, activation.start <= instant {
            let wave = zone.bars.indices.lazy.map(zone.waveDelay(from: activation.offOrigin)).max() ?? .zero
            if instant < activation.lapse + wave + fading { return true }
        }
        // By a command, which may have just ended.
        return [instant, instant - fading].contains { asOneLight(at: $0).light.lightness > .dark }
    }

    /// The next instant after `instant` at which ``asOneLight(at:)`` may be another; nil if none is planned.
    public func nextChange(after instant: MeshInstant) -> MeshInstant? {
        planAsOneLight.nextChange(after: instant)
    }

    private var planAsOneLight: BarPlan {
        BarPlan(
            zone: zone, clock: clock,
            period: activation.map { LitPeriod(on: $0.start, off: $0.lapse, activation: $0.start) },
            zoneOverride: override, barOverride: nil)
    }
}
