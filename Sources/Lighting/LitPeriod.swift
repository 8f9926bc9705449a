/// When one bar is lit in one activation.
struct LitPeriod: Sendable, Hashable {
    /// When it begins to come on.
    var on: MeshInstant
    /// When it begins to go off.
    var off: MeshInstant
    /// The start of the activation that lit it.
    var activation: MeshInstant
}

extension Zone {
    /// How long after a wave's first bar the bar at `index` lights, in a wave from `sensor`. Zero where the order is
    /// another each time, or there is no wave.
    public func waveDelay(of index: Int, from sensor: String) -> Duration {
        guard let wave, wave.order != .random else { return .zero }
        let origin = sensors[sensor]?.index(in: bars) ?? 0
        return wave.delay * wave.order.distance(of: index, count: bars.count, origin: origin, seed: 0)
    }
}

extension Activation {
    /// When the bar at `index` of the zone is lit.
    func period(of index: Int, in zone: Zone) -> LitPeriod {
        guard let wave = zone.wave else {
            return LitPeriod(on: waves.map(\.at).min() ?? start, off: lapse, activation: start)
        }
        let on = waves.map { $0.at + wave.delay * distance(of: index, from: $0.sensor, in: zone) }.min() ?? start

        // A slow wave may still run when the hold ends. Going off the way it came, every bar gets its whole hold;
        // any other way, the wave is let through first.
        let span = maximumDistance(from: offOrigin, in: zone)
        let sameWay = wave.off == .follow && (offOrigin == origin || wave.order != .fromSensor)
        let through = waves.map { $0.at + wave.delay * maximumDistance(from: $0.sensor, in: zone) }.min() ?? start
        let base = sameWay ? lapse : max(lapse, through + zone.look.easeIn)
        let off: MeshInstant
        switch wave.off {
        case .together: off = base
        case .follow:
            off = base + wave.delay * distance(of: index, from: offOrigin, in: zone)
        case .reverse:
            off = base + wave.delay * (span - distance(of: index, from: offOrigin, in: zone))
        }
        return LitPeriod(on: on, off: off, activation: start)
    }

    private func distance(of index: Int, from sensor: String, in zone: Zone) -> Int {
        zone.wave?.order.distance(
            of: index, count: zone.bars.count, origin: zone.sensors[sensor]?.index(in: zone.bars) ?? 0, seed: seed) ?? 0
    }

    private func maximumDistance(from sensor: String, in zone: Zone) -> Int {
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

    /// What a random order follows from: the same for all who know the activation.
    ///
    /// - Source: FNV-1a, 64 bits (G. Fowler, L. C. Noll, K.-P. Vo).
    private var seed: UInt64 {
        origin.utf8.reduce(UInt64(bitPattern: start.nanoseconds) ^ 0xcbf2_9ce4_8422_2325) {
            ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3
        }
    }
}
