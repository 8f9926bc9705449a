internal import Lighting
internal import Mesh

extension World {
    /// Somebody comes: if the zone is calm and dark, what follows is known in every detail.
    func beginWalk(_ index: Int) {
        let truth = zones[walks[index].plan.zone]
        tell("— a walk through \(truth.name)")
        guard let zone = truth.current, truth.overriddenSince == nil, truth.variants.count == 1, !truth.limited,
            zone.follow == nil
        else { return }
        let stand = [walks[index].plan.from, walks[index].plan.to]
        guard stand.allSatisfy({ sensor in truth.sensors.contains { $0.sensor == sensor } }) else { return }
        for member in truth.members {
            guard isReady(member.node, since: now), shareClock(member.node, sensors[walks[index].plan.from].node),
                member.configuredSince != nil
            else { return }
            guard nodes[member.node].bars.allSatisfy({ $0.level == 0 }) else { return }
        }
        walks[index].zone = zone
        walks[index].firstEdge = now
        walks[index].clocks = nodes[sensors[walks[index].plan.from].node].clocks
        noteBounds(of: index)
        for member in truth.members {
            nodes[member.node].heard = [:]
            nodes[member.node].heardSince = now
            for bar in nodes[member.node].bars.indices {
                nodes[member.node].bars[bar].litAt = nil
                nodes[member.node].bars[bar].dimmedAt = nil
            }
        }
    }

    /// The walk is over and the zone dark again: did each bar come and go when it should have?
    func checkWalk(_ index: Int) {
        let walk = walks[index]
        let truth = zones[walk.plan.zone]
        // Each sensor's node chooses its own lead: what is behind a Wi-Fi that sleeps gives the others more time.
        guard let zone = walk.zone, let ownLead = lead(of: walk.plan.from, zone, truth),
            let otherLead = lead(of: walk.plan.to, zone, truth)
        else { return }
        // Whoever came since lit the bars anew, and so did a trigger, which counts for ten seconds.
        let isAlone = truth.sensors.allSatisfy { place in
            let sensor = sensors[place.sensor]
            return sensor.seen.last.map { $0.from <= walk.lastMotion } ?? true
                && sensor.triggeredUntil <= walk.lastMotion + .seconds(10)
        }
        guard isAlone else { return }
        var base: BarTruth?
        for member in truth.members {
            for (bar, place) in member.bars where isIn(truth, bar, of: member.node) {
                guard let first = away(place, from: walk.plan.from, truth, zone),
                    let second = away(place, from: walk.plan.to, truth, zone)
                else { return }
                let on = walk.firstEdge + ownLead + first
                let other = walk.secondEdge + otherLead + second
                checkFirstLight(walk, member.node, bar, on: on, other: other)
                checkGoingOff(walk, zone, member.node, bar, away: first, base: &base)
            }
        }
    }

    private func checkFirstLight(
        _ walk: WalkTruth, _ node: Int, _ bar: Int, on: MeshInstant, other: MeshInstant
    ) {
        let shown = nodes[node].bars[bar]
        let rate = runOff(other - walk.firstEdge)
        let tolerance = walk.bound + (shown.litBound ?? .seconds(1)) + rate + .microseconds(5)
        // What was planned by a clock that was stepped since moves along with it.
        guard shown.litAt == nil || shown.litSince <= walk.firstEdge else { return }
        guard heard(walk.plan.from, node) <= on - tolerance, shown.litAt == nil || walk.shares(shown.litBy) else {
            return
        }
        guard on <= other - tolerance || heard(walk.plan.to, node) <= other - tolerance else { return }
        let expected = walk.plan.from == walk.plan.to ? on : min(on, other)
        guard let lit = shown.litAt else {
            return violate(.firstLight, "\(name(node)) bar \(bar) never lit in the walk")
        }
        checkedFirstLights += 1
        if abs((lit - expected).nanoseconds) > tolerance.nanoseconds {
            violate(
                .firstLight,
                "\(name(node)) bar \(bar) lit \((lit - expected).seconds) s after its instant; the clocks' bounds "
                    + "allow \(tolerance.seconds) s")
        }
    }

    private func checkGoingOff(
        _ walk: WalkTruth, _ zone: Zone, _ node: Int, _ bar: Int, away: Duration,
        base: inout BarTruth?
    ) {
        guard let dimmed = nodes[node].bars[bar].dimmedAt else {
            return violate(.goingOff, "\(name(node)) bar \(bar) never went off after the walk")
        }
        // Two sensors' motions nearer to each other than their clocks can tell: nobody knows which end the person came from.
        guard walk.plan.from == walk.plan.to || (walk.secondEdge - walk.firstEdge).magnitude > walk.bound * 2 else {
            return
        }
        // One that was still coming on is seen to dim a frame later.
        guard walk.shares(nodes[node].bars[bar].dimmedBy) else { return }
        checkedBars += 1
        let bound = nodes[node].bars[bar].dimmedBound ?? .seconds(1)
        var tolerance = bound + .microseconds(5)
        if dimmed - nodes[node].bars[bar].roseAt < scenario.nodes[node].frame * 3 {
            tolerance += scenario.nodes[node].frame * 2
        }
        let mine: MeshInstant
        switch zone.wave?.off {
        case .follow: mine = dimmed - away
        case .reverse: mine = dimmed + away
        case .together, nil: mine = dimmed
        }
        if zone.wave == nil || zone.wave?.off == .follow {
            let expected = walk.lastMotion + zone.hold
            let rate = runOff(dimmed - walk.firstEdge)
            if (mine - expected).magnitude > tolerance + walk.bound + rate {
                violate(
                    .goingOff,
                    "\(name(node)) bar \(bar) went off \((mine - expected).seconds) s after its instant, seen from the end "
                        + "that the person came from")
            }
        }
        // Two bars are in step because they go by the same words of the sensor's and by the same clock. Where either isn't so,
        // each is within its own bound of what the sensor's node had as its time, and that may be off by its bound.
        let clocks = nodes[node].bars[bar].dimmedBy
        let isOneClock = base.map { $0.clocks.contains { clocks.contains($0) } } ?? true
        let isSaidAnew = [walk.plan.from, walk.plan.to].contains {
            nodes[sensors[$0].node].clockSince > walk.firstEdge
        }
        let between = isOneClock && !isSaidAnew ? Duration.zero : walk.bound * 2 + runOff(dimmed - walk.firstEdge)
        if let base, (mine - base.expected).magnitude > tolerance + base.bound + runOff(away - base.away) + between {
            violate(
                .goingOff,
                "\(name(node)) bar \(bar) went off \((mine - base.expected).seconds) s out of step with "
                    + "\(name(base.node))")
        }
        if base == nil { base = BarTruth(expected: mine, bound: tolerance, away: away, node: node, clocks: clocks) }
    }

    private func heard(_ sensor: Int, _ node: Int) -> MeshInstant {
        let owner = sensors[sensor].node
        if owner == node { return .distantPast }
        let topic = Topic.sensor(node: scenario.nodes[owner].name, sensor: scenario.sensors[sensor].name)
        return nodes[node].heard[topic.name(site: nodes[node].site)] ?? .distantFuture
    }

    /// Whether the bar is in this zone alone, so that nothing else moves it.
    func isIn(_ zone: ZoneTruth, _ bar: Int, of node: Int) -> Bool {
        zones.allSatisfy { other in
            guard other.index != zone.index, other.site == zone.site, let member = other.memberIndex[node] else {
                return true
            }
            return !other.members[member].bars.contains { $0.bar == bar }
        }
    }

    /// How far the clocks of the sensors' nodes may be off now counts for what they say now.
    func noteBounds(of index: Int) {
        for sensor in [walks[index].plan.from, walks[index].plan.to] {
            let clocks = nodes[sensors[sensor].node].clocks
            walks[index].clocks.removeAll { !clocks.contains($0) }
            let bound = nodes[sensors[sensor].node].bound(at: now) ?? .seconds(1)
            walks[index].bound = max(walks[index].bound, bound)
        }
    }

    /// The lead that the sensor's node chose, as its register says; the zone's, if that has one.
    private func lead(of sensor: Int, _ zone: Zone, _ truth: ZoneTruth) -> Duration? {
        if let lead = zone.lead { return lead }
        let owner = sensors[sensor].node
        let topic = Topic.sensor(node: scenario.nodes[owner].name, sensor: scenario.sensors[sensor].name)
        guard let payload = retained(of: truth.site)[topic.name(site: truth.site)],
            let seconds = try? JSON.decode(SensorMessage.self, from: payload).zones[truth.name]?.leadSeconds
        else { return nil }
        return .nanoseconds(Int64((seconds * 1e9).rounded()))
    }

    /// How long after a sensor's wave begins the bar at `place` has its turn; nil where chance decides.
    private func away(_ place: Int, from sensor: Int, _ truth: ZoneTruth, _ zone: Zone) -> Duration? {
        guard let steps = distance(place, from: sensor, truth, zone) else { return nil }
        guard let wave = zone.wave else { return .zero }
        let twice = 2 * place - (zone.bars.count - 1)
        let isBackward: Bool
        switch wave.order {
        case .fromSensor: isBackward = place < truth.sensors.first { $0.sensor == sensor }?.place ?? 0
        case .backward: isBackward = true
        case .centreOut: isBackward = twice < 0
        case .edgesIn: isBackward = twice > 0
        case .forward, .positions, .random: isBackward = false
        }
        return (isBackward ? wave.delayBackward ?? wave.delay : wave.delay) * steps
    }

    /// How many delays after a sensor's wave begins the bar at `place` has its turn; nil where chance decides.
    ///
    /// Written anew from the documentation, not called: the product's own is what is tested.
    private func distance(_ place: Int, from sensor: Int, _ truth: ZoneTruth, _ zone: Zone) -> Int? {
        let last = zone.bars.count - 1
        guard let wave = zone.wave else { return 0 }
        switch wave.order {
        case .fromSensor:
            guard let stand = truth.sensors.first(where: { $0.sensor == sensor })?.place else { return nil }
            return abs(place - stand)
        case .forward: return place
        case .backward: return last - place
        case .centreOut:
            let half = last / 2
            return place <= half ? half - place : place - (last + 1) / 2
        case .edgesIn: return min(place, last - place)
        case .positions(let positions): return positions[place]
        case .random: return nil
        }
    }
}
