/// When one bar is lit in one activation.
struct LitPeriod: Sendable, Hashable {
    /// When it begins to come on.
    var on: MeshInstant
    /// When it begins to go off.
    var off: MeshInstant
    /// The start of the activation that lit it.
    var activation: MeshInstant
    /// How light comes and goes along it.
    var run = Run()

    /// The inner wave.
    struct Run: Sendable, Hashable {
        /// How long light takes to come along the bar.
        var on = Duration.zero
        /// Whether it comes from the last pixel to the first.
        var onIsReversed = false
        /// How long it takes to go.
        var off = Duration.zero
        /// Whether it goes from the last pixel to the first.
        var offIsReversed = false
    }

    /// The same, by a clock that was set by `step`.
    func shifted(by step: Duration) -> LitPeriod {
        var shifted = self
        shifted.on = on + step
        shifted.off = off + step
        shifted.activation = activation + step
        return shifted
    }
}

extension [LitPeriod] {
    /// The same in the order of time, those that overlap or meet as one.
    func joined() -> [LitPeriod] {
        var joined: [LitPeriod] = []
        for period in sorted(by: { ($0.on, $0.activation) < ($1.on, $1.activation) }) {
            guard let last = joined.last, period.on <= last.off else {
                joined.append(period)
                continue
            }
            guard period.off > last.off else { continue }
            joined[joined.count - 1].off = period.off
            joined[joined.count - 1].run.off = period.run.off
            joined[joined.count - 1].run.offIsReversed = period.run.offIsReversed
        }
        return joined
    }
}

extension Activation {
    /// When the bar at `index` of the zone is lit.
    func period(of index: Int, in zone: Zone, clock: CivilClock) -> LitPeriod {
        guard let wave = zone.wave(at: start, clock: clock) else {
            return LitPeriod(on: waves.map(\.at).min() ?? start, off: lapse, activation: start)
        }
        let paths = waves.map { (at: $0.at, path: path(of: wave, from: $0.sensor, in: zone)) }
        let first = paths.min { $0.at + $0.path.delay(of: index) < $1.at + $1.path.delay(of: index) }
        let offPath = path(of: wave, from: offOrigin, in: zone)
        let base = offBase(wave, in: zone, clock)
        let off: MeshInstant
        switch wave.off {
        case .together: off = base
        case .follow: off = base + offPath.delay(of: index)
        case .reverse: off = base + (offPath.longest - offPath.delay(of: index))
        }
        var period = LitPeriod(
            on: first.map { $0.at + $0.path.delay(of: index) } ?? start, off: off, activation: start)
        if wave.along > .zero {
            period.run = LitPeriod.Run(
                on: wave.along,
                onIsReversed: (first?.path ?? path(of: wave, from: origin, in: zone)).isReversed(at: index),
                off: wave.off == .together ? .zero : wave.along,
                offIsReversed: offPath.isReversed(at: index) != (wave.off == .reverse))
        }
        return period
    }

    /// When any bar of the zone is lit.
    func period(in zone: Zone, clock: CivilClock) -> LitPeriod {
        guard let wave = zone.wave(at: start, clock: clock) else {
            return LitPeriod(on: start, off: lapse, activation: start)
        }
        let path = path(of: wave, from: offOrigin, in: zone)
        // Whose order begins late, begins late: every other one has a bar at its beginning.
        let late = path.shortest
        let span: Duration
        switch wave.off {
        case .together: span = .zero
        case .follow: span = path.longest
        case .reverse: span = path.longest - late
        }
        return LitPeriod(
            on: late == .zero ? start : (waves.map(\.at).min() ?? start) + late,
            off: offBase(wave, in: zone, clock) + span, activation: start)
    }

    /// When going off begins.
    private func offBase(_ wave: Wave, in zone: Zone, _ clock: CivilClock) -> MeshInstant {
        // A slow wave may still run when the hold ends. Going off the way it came, every bar gets its whole hold;
        // any other way, the wave is let through first.
        let sameWay = wave.off == .follow && (offOrigin == origin || wave.order != .fromSensor)
        guard !sameWay else { return lapse }
        let through = waves.map { $0.at + path(of: wave, from: $0.sensor, in: zone).longest }.min() ?? start
        return max(lapse, through + zone.look(at: start, clock: clock).look.easeIn)
    }

    private func path(of wave: Wave, from sensor: String, in zone: Zone) -> WavePath {
        WavePath(wave, from: sensor, in: zone, seed: seed)
    }

    /// What a random order follows from: the same for all who know the activation. Those on a wire know its instant by
    /// clocks of their own, so that it is the same order each time.
    ///
    /// - Source: FNV-1a, 64 bits (G. Fowler, L. C. Noll, K.-P. Vo).
    private var seed: UInt64 {
        let instant = WireSensor(rawValue: origin) == nil ? start.nanoseconds : 0
        return origin.utf8.reduce(UInt64(bitPattern: instant) ^ 0xcbf2_9ce4_8422_2325) {
            ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3
        }
    }
}
