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
}

extension Zone {
    /// How long after a wave's first bar each bar lights, by its index, in a wave from `sensor`. Zero where the order is
    /// another each time, or there is no wave.
    public func waveDelay(from sensor: String) -> (_ index: Int) -> Duration {
        guard let wave, wave.order != .random else { return { _ in .zero } }
        // Looked for once: a zone may have ten thousand bars.
        let origin = sensors[sensor]?.index(in: bars) ?? 0
        return { wave.delay * wave.order.distance(of: $0, count: bars.count, origin: origin, seed: 0) }
    }
}

extension Activation {
    /// When the bar at `index` of the zone is lit.
    func period(of index: Int, in zone: Zone) -> LitPeriod {
        guard let wave = zone.wave else {
            return LitPeriod(on: waves.map(\.at).min() ?? start, off: lapse, activation: start)
        }
        let on = waves.map { $0.at + wave.delay * distance(of: index, from: $0.sensor, in: zone) }.min() ?? start
        let base = offBase(wave, in: zone)
        let off: MeshInstant
        switch wave.off {
        case .together: off = base
        case .follow:
            off = base + wave.delay * distance(of: index, from: offOrigin, in: zone)
        case .reverse:
            let span = maximumDistance(from: offOrigin, in: zone)
            off = base + wave.delay * (span - distance(of: index, from: offOrigin, in: zone))
        }
        return LitPeriod(on: on, off: off, activation: start, run: run(through: index, in: zone))
    }

    /// When any bar of the zone is lit.
    func period(in zone: Zone) -> LitPeriod {
        // Whose order begins late, begins late: every other one has a bar at its beginning.
        var first = 0
        if case .positions(let positions) = zone.wave?.order { first = positions.min() ?? 0 }
        let delay = zone.wave?.delay ?? .zero
        let on = first == 0 ? start : (waves.map(\.at).min() ?? start) + delay * first
        guard let wave = zone.wave else { return LitPeriod(on: on, off: lapse, activation: start) }
        let span: Int
        switch wave.off {
        case .together: span = 0
        case .follow: span = maximumDistance(from: offOrigin, in: zone)
        case .reverse: span = maximumDistance(from: offOrigin, in: zone) - first
        }
        return LitPeriod(on: on, off: offBase(wave, in: zone) + delay * span, activation: start)
    }

    /// When going off begins.
    private func offBase(_ wave: Wave, in zone: Zone) -> MeshInstant {
        // A slow wave may still run when the hold ends. Going off the way it came, every bar gets its whole hold;
        // any other way, the wave is let through first.
        let sameWay = wave.off == .follow && (offOrigin == origin || wave.order != .fromSensor)
        let through = waves.map { $0.at + wave.delay * maximumDistance(from: $0.sensor, in: zone) }.min() ?? start
        return sameWay ? lapse : max(lapse, through + zone.look.easeIn)
    }

    /// How light comes and goes along the bar at `index` of the zone.
    private func run(through index: Int, in zone: Zone) -> LitPeriod.Run {
        guard let wave = zone.wave, wave.along > .zero else { return LitPeriod.Run() }
        func isReversed(_ sensor: String) -> Bool {
            let origin = zone.sensors[sensor]?.index(in: zone.bars) ?? 0
            return wave.order.isReversed(at: index, count: zone.bars.count, origin: origin)
        }
        func arrival(_ waveOf: (at: MeshInstant, sensor: String)) -> MeshInstant {
            waveOf.at + wave.delay * distance(of: index, from: waveOf.sensor, in: zone)
        }
        let first = waves.map { (at: $0.at, sensor: $0.sensor) }.min { arrival($0) < arrival($1) }
        return LitPeriod.Run(
            on: wave.along, onIsReversed: isReversed(first?.sensor ?? origin),
            off: wave.off == .together ? .zero : wave.along,
            offIsReversed: isReversed(offOrigin) != (wave.off == .reverse))
    }

    private func distance(of index: Int, from sensor: String, in zone: Zone) -> Int {
        guard sensor != WireSensor.together.rawValue else { return 0 }
        return zone.wave?.order.distance(
            of: index, count: zone.bars.count, origin: zone.sensors[sensor]?.index(in: zone.bars) ?? 0, seed: seed) ?? 0
    }

    private func maximumDistance(from sensor: String, in zone: Zone) -> Int {
        guard sensor != WireSensor.together.rawValue else { return 0 }
        let last = max(0, zone.bars.count - 1)
        switch zone.wave?.order {
        case .fromSensor:
            let origin = zone.sensors[sensor]?.index(in: zone.bars) ?? 0
            return max(origin, last - origin)
        case .forward, .backward, .random: return last
        case .centreOut, .edgesIn: return last / 2
        case .positions(let positions): return positions.max() ?? 0
        case nil: return 0
        }
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
