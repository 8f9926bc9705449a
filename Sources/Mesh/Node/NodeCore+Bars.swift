public import Lighting

extension NodeCore {
    /// Brings the bars' plans in line with all zones.
    mutating func replan(at now: MeshInstant) {
        let there = isAsleep ? [] : Set(zones.keys)
        for index in bars.indices { bars[index].leave(allBut: there, at: now) }
        for name in there { place(in: name, at: now) }
        for index in bars.indices { bars[index].follow(at: now, fresh: isFresh) }
    }

    /// Brings the bars' plans in line with one zone, which is new, another, or gone.
    mutating func replan(zone name: String, at now: MeshInstant) {
        place(in: name, at: now)
        for index in bars.indices { bars[index].follow(at: now, fresh: isFresh) }
    }

    private mutating func place(in name: String, at now: MeshInstant) {
        let state = isAsleep ? nil : zones[name]?.state
        for index in bars.indices {
            if let state, let place = place(ofBar: index, in: state.zone) {
                bars[index].take(name, place: place, plan: state.plan(of: place))
            } else {
                bars[index].leave(name, at: now)
            }
        }
    }

    /// The node is to end: its bars fade out, but for those that are to show something else without it.
    mutating func stop(at now: MeshInstant) {
        for index in bars.indices {
            if let shown = description.stopLights[bars[index].name] {
                bars[index].end(at: now, staying: shown == .last ? nil : .full)
            } else {
                bars[index].end(at: now, within: NodeCore.longestFarewell)
            }
        }
    }

    private func place(ofBar index: Int, in zone: Zone) -> String? {
        let full = "\(description.node)/\(bars[index].name)"
        if zone.bars.contains(full) { return full }
        return bars.count == 1 && zone.bars.contains(description.node) ? description.node : nil
    }

    /// Calculates what the bars show in a frame that is drawn at `now` and stands for `interval`.
    ///
    /// - Returns: when the next frame is due; nil while all bars are at rest.
    public mutating func draw(at now: MeshInstant, interval: Duration) -> MeshInstant? {
        var next: MeshInstant?
        for index in bars.indices {
            if bars[index].isDue(at: now) { bars[index].follow(at: now, fresh: isFresh) }
            let restsAt = bars[index].restsAt
            // What stands for an interval is drawn as of its middle.
            bars[index].draw(at: restsAt > now ? now + interval / 2 : now)
            guard restsAt > now else { continue }
            next = min(next ?? .distantFuture, now + interval)
        }
        return next
    }

    /// Returns whether a bar is on its way from one light to another at `now`.
    public func isMoving(at now: MeshInstant) -> Bool { bars.contains { $0.restsAt > now } }

    /// The instant at which the next of the bars' cues comes into force, as far as known.
    public var nextCue: MeshInstant? {
        bars.lazy.compactMap(\.nextCue).min()
    }

    /// Returns the light that the bar at `index` shows since it was last drawn.
    public func light(ofBar index: Int) -> Light { bars[index].light }

    /// True if anything is lit for anybody: more than guide lights.
    public var isLit: Bool { bars.contains { $0.light.lightness > .dark && !$0.isIdle } }

    /// Returns whether all pixels of the bar at `index` show the same since it was last drawn.
    public func isUniform(bar index: Int) -> Bool { bars[index].isUniform }

    /// Returns the light that the pixel at `place` (0…1 along it) of the bar at `index` shows since it was last drawn.
    public func light(ofBar index: Int, at place: Double) -> Light { bars[index].light(at: place) }

    /// Returns the light that the pixel at a place (0…1 along it) of the bar at `index` shows since it was last drawn; nil:
    /// all show the same.
    public func pixels(ofBar index: Int) -> (@Sendable (Double) -> Light)? {
        guard !bars[index].isUniform else { return nil }
        return { [bar = bars[index]] in bar.light(at: $0) }
    }

    /// The number of bars.
    public var barCount: Int { bars.count }

    /// The frame that was drawn has been written at `instant`.
    public mutating func written(at instant: MeshInstant) {
        for index in bars.indices {
            guard var first = bars[index].pending, bars[index].light.lightness > .dark else { continue }
            first.actual = instant.nanoseconds
            bars[index].firstLight = first
            let deviation = BarMessage.Deviation(
                activation: first.activation, nanoseconds: first.actual &- first.planned, zone: first.zone)
            bars[index].deviations = bars[index].deviations.suffix(BarMessage.maximumDeviations - 1) + [deviation]
            bars[index].pending = nil
        }
    }
}
