internal import Lighting
internal import Mesh

extension World {
    /// The name of the site's light sensor.
    static let window = "window"
    /// How bright a zone with a limit makes it at its full light, in lux.
    private static let ownLux = 200.0

    /// How bright the light sensor of a scenario that has one finds it: the day's light, and the zone's own.
    private var reading: Double {
        let own =
            zones.filter { $0.site == "home" && $0.limited }.flatMap(\.members).flatMap { member in
                member.bars.map { nodes[member.node].bars[$0.bar].level }
            }.max() ?? 0
        return daylight + own * World.ownLux
    }

    /// Day or night comes, all at once.
    func turn(to lux: Double) {
        daylight = lux
        daylightSince = now
        tell("— it is \(lux) lx")
        for sensor in sensors.indices {
            sensors[sensor].doubtSparing(since: now - .seconds(3))
            sensors[sensor].doubtLighting(since: now - .milliseconds(300))
        }
        measure()
    }

    /// The light sensor's node hears how bright it is.
    func measure() {
        guard let node = scenario.light, nodes[node].machine != nil, !nodes[node].isStopping else { return }
        occur(.light(sensor: World.window, lux: reading, fault: nil), to: node)
    }

    /// Somebody begins to be seen: does that light the zones that are lit in the dark only?
    func judge(_ sensor: Int) {
        guard let light = scenario.light else { return }
        for index in zones.indices where zones[index].site == scenario.nodes[light].site && zones[index].limited {
            let zone = zones[index]
            guard zone.sensors.contains(where: { $0.sensor == sensor }), zone.variants.count == 1,
                zone.overriddenSince == nil, isCertain(of: light, sensors[sensor].node, zone)
            else { continue }
            let isLit = isLit(zone)
            let node = sensors[sensor].node
            let known = zone.memberIndex[node].map { zone.members[$0].known }
            // By one that is cut off other bars may be lit, of which it knows nothing.
            let isHeld = zone.sensors.enumerated().contains { place, other in
                sensors[other.sensor].hasLit(index, until: now + newsTime(zone), hold: zone.shortestHold)
                    && (sensors[other.sensor].node == node
                        || known.map { $0[place] + zone.shortestHold > now + newsTime(zone) } ?? false)
            }
            let isRested = !isLit && now > zone.litUntil + .seconds(10) + scenario.longestDelay * 4
            if daylight < Scenario.limit, isHeld || isRested {
                sensors[sensor].judge(lights: true, zone: index)
            } else if daylight > Scenario.limit, isRested {
                sensors[sensor].judge(lights: false, zone: index)
            }
        }
    }

    /// Whether a sensor's node has certainly heard how bright it is now.
    private func isCertain(of light: Int, _ node: Int, _ zone: ZoneTruth) -> Bool {
        let instant = now - newsTime(zone) - .seconds(4)
        guard daylightSince < instant, let member = zone.memberIndex[node],
            zone.members[member].configuredSince.map({ $0 < instant }) == true
        else { return false }
        if node == light { return nodes[node].machine != nil && nodes[node].bootedAt < instant }
        return isReady(node, since: instant) && isReady(light, since: instant) && shareBroker(node, light)
            && now > max(nodes[node].changedAt, nodes[light].changedAt, shakenAt) + .seconds(30)
    }

    /// Something changed that nodes may judge by: what lit nothing may do so now.
    func doubtSparing() {
        guard scenario.light != nil else { return }
        for sensor in sensors.indices { sensors[sensor].doubtSparing(since: now - .seconds(3)) }
    }

    /// Whether a zone gives more light than a guide light.
    func isLit(_ zone: ZoneTruth) -> Bool {
        zone.members.contains { member in member.bars.contains { isLit($0.bar, of: member.node) } }
    }

    /// Takes note of which zones with a limit give light.
    func noteLit() {
        guard scenario.light != nil else { return }
        for index in zones.indices where zones[index].limited {
            if isLit(zones[index]) { zones[index].litUntil = now }
        }
    }
}
