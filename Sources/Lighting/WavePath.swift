/// The way that light takes through a zone's bars from one sensor.
struct WavePath {
    private let wave: Wave
    private let count: Int
    private let origin: Int
    private let seed: UInt64
    private let isAtOnce: Bool

    /// The way of a wave from a sensor of the zone.
    ///
    /// - Parameter seed: what makes `random` the same for all who know the activation.
    init(_ wave: Wave, from sensor: String, in zone: Zone, seed: UInt64) {
        self.wave = wave
        count = zone.bars.count
        // Looked for once: a zone may have ten thousand bars.
        origin = zone.origin(of: sensor)
        self.seed = seed
        isAtOnce = sensor == WireSensor.together.rawValue
    }

    /// How long after the wave's start the bar at `index` lights.
    func delay(of index: Int) -> Duration {
        guard !isAtOnce else { return .zero }
        return wave.delay(reversed: isReversed(at: index))
            * wave.order.distance(of: index, count: count, origin: origin, seed: seed)
    }

    /// How long after the wave's start the first bar lights: only a list of positions may begin late.
    var shortest: Duration {
        guard case .positions(let positions) = wave.order, !isAtOnce else { return .zero }
        return wave.delay * (positions.min() ?? 0)
    }

    /// How long after the wave's start the last bar lights.
    var longest: Duration {
        guard !isAtOnce, count > 0 else { return .zero }
        switch wave.order {
        case .random: return wave.delay * (count - 1)
        case .positions(let positions): return wave.delay * (positions.max() ?? 0)
        case .fromSensor, .forward, .backward, .centreOut, .edgesIn:
            // Light runs one way up to the middle, or the sensor, and one way from there.
            let middle = (count - 1) / 2
            return [0, middle, min(middle + 1, count - 1), count - 1].map { delay(of: $0) }.max() ?? .zero
        }
    }

    /// Whether light runs through the bar at `index` from its last pixel to its first.
    func isReversed(at index: Int) -> Bool { wave.order.isReversed(at: index, count: count, origin: origin) }
}

extension Zone {
    /// Where a sensor stands, in bars from the first.
    func origin(of sensor: String) -> Int { sensors[sensor]?.index(in: bars) ?? 0 }

    /// How light runs through the bars in an activation that began at `instant`; nil: all together.
    func wave(at instant: MeshInstant, clock: CivilClock) -> Wave? {
        guard profile.hasWaves else { return wave }
        return profile.entry(at: instant, clock: clock)?.entry.wave ?? wave
    }

    /// Returns the time after a wave's first bar at which each bar lights, by its index, in a wave from `sensor` that
    /// begins at `instant`; nil: it doesn't. Zero where the order is another each time, or there is no wave.
    public func waveDelay(
        from sensor: String, at instant: MeshInstant, clock: CivilClock
    ) -> (_ index: Int) -> Duration? {
        let wave = wave(at: instant, clock: clock)
        if let follow {
            let path = FollowPath(follow, wave, from: sensor, in: self)
            return { path.isThrough($0) ? path.delay(of: $0) : nil }
        }
        guard let wave, wave.order != .random else { return { _ in .zero } }
        let path = WavePath(wave, from: sensor, in: self, seed: 0)
        return { path.delay(of: $0) }
    }
}
