internal import Lighting

extension Scenario {
    /// What this seed has in store.
    init(seed: UInt64) {
        self.init(seed: seed, nodes: [])
        var random = SplitMix64(seed: seed)
        isCluster = random.chance(0.25)
        acknowledgesFirst = random.chance(0.5)
        duplicates = random.chance(0.4) ? random.real(0.01...0.3) : 0
        savesEvery = random.seconds(2...120)
        let size = random.chance(0.004) ? random.integer(60...300) : random.chance(0.15) ? random.integer(10...30) : 0
        add(site: "home", size: size > 0 ? size : random.integer(1...8), &random)
        addZones(to: "home", count: random.chance(0.35) ? random.integer(2...3) : 1, &random)
        if random.chance(0.25) {
            add(site: "other", size: random.integer(1...3), &random)
            addZones(to: "other", count: 1, &random)
        }
        schedule(&random)
        // From numbers of their own: the rest of a seed's history stays as it was.
        var more = SplitMix64(seed: seed ^ 0x27d4_eb2f_1656_67c5)
        addBrokers(&more)
        var spares = SplitMix64(seed: seed ^ 0x7370_6172_6573_0001)
        addSpares(&spares)
        var late = SplitMix64(seed: seed ^ 0x6c62_272e_07bb_0142)
        addLateLoss(&late)
        mixReleases()
        var light = SplitMix64(seed: seed ^ 0x6c75_785f_6461_726b)
        addLight(&light)
        var boards = SplitMix64(seed: seed ^ 0x3139_3730_2d30_3102)
        addBoardsWithoutClocks(&boards)
        var household = SplitMix64(seed: seed ^ 0x686f_7573_6568_6f6c)
        addHousehold(&household)
    }

    /// In a fifth of the seeds about half of the nodes are of the last release. By chance of its own: what else happens is as
    /// it was before there were any.
    private mutating func mixReleases() {
        var random = SplitMix64(seed: seed ^ 0x6d69_7865_6421)
        guard random.chance(0.2) else { return }
        for node in nodes.indices { nodes[node].isOfLastRelease = random.chance(0.5) }
    }

    private mutating func add(site: String, size: Int, _ random: inout SplitMix64) {
        let common = random.pick(LinkQuality.allCases)
        let isKept = random.real(0...1)
        let stuckLimit = random.chance(0.3) ? random.seconds(15...60) : .seconds(3600)
        for index in 0..<size {
            let frame = Duration.milliseconds(random.pick([8, 16, 20, 33]))
            let isSynchronised = random.chance(isKept)
            var node = Node(
                site: site, name: "n\(index)",
                bars: random.chance(0.15) ? (random.chance(0.5) ? [] : ["bar", "rail"]) : ["bar"],
                link: random.chance(0.8) ? common : random.pick(LinkQuality.allCases),
                clock: clock(isSynchronised, &random), frame: frame, bootsAt: random.seconds(0...3),
                priority: random.chance(0.2) ? random.integer(0...100) : 0)
            if index == 0 || random.chance(size > 30 ? 4 / Double(size) : 0.3) {
                for name in random.chance(0.15) ? ["ir", "radar"] : ["ir"] {
                    node.sensors.append(sensors.count)
                    sensors.append(Sensor(node: nodes.count, name: name, stuckLimit: stuckLimit))
                }
            }
            if index == 0 { node.bars = ["bar"] }
            nodes.append(node)
        }
    }

    /// A crystal that is off by up to 200 ppm, and a system clock that is off by milliseconds, or by up to an hour.
    func clock(_ isSynchronised: Bool, _ random: inout SplitMix64) -> NodeClock {
        let oscillator = Oscillator(
            partsPerMillion: random.real(-185...185), period: random.real(300...3000), phase: random.real(0...1),
            epoch: random.chance(0.5) ? 0 : random.seconds(0...1e6).nanoseconds, start: Scenario.beginning)
        let reach = isSynchronised ? 0.02 : random.pick([0.5, 5, 3600])
        return NodeClock(oscillator, systemError: random.seconds(-reach...reach), isSynchronised: isSynchronised)
    }

    private mutating func addZones(to site: String, count: Int, _ random: inout SplitMix64) {
        for index in 0..<count {
            zones.append(ZonePlan(site: site, name: "z\(index)", zone: zone(of: site, whole: index == 0, &random)))
        }
    }

    /// A zone of the site's bars and sensors: of all of them, or of some.
    func zone(of site: String, whole: Bool, _ random: inout SplitMix64) -> Zone {
        var bars: [String] = []
        for node in nodes.indices where nodes[node].site == site {
            for bar in nodes[node].bars.indices {
                if !bars.isEmpty, !whole, random.chance(0.5) { continue }
                let isOnly = nodes[node].bars.count == 1 && random.chance(0.5)
                bars.append(isOnly ? nodes[node].name : place(node: node, bar: bar))
            }
        }
        if random.chance(0.3) { bars.shuffle(using: &random) }
        let mine = sensors.indices.filter { nodes[sensors[$0].node].site == site }
        var chosen: [String: SensorPosition] = [:]
        for sensor in mine where chosen.isEmpty || whole || random.chance(0.5) {
            let position: SensorPosition =
                random.chance(0.2) ? .bar(random.pick(bars)) : chosen.count % 2 == 0 ? .first : .last
            chosen[place(sensor: sensor)] = position
        }
        var zone = Zone(bars: bars, sensors: chosen)
        zone.hold = random.chance(0.04) ? random.seconds(60...600) : random.seconds(5...25)
        zone.look = Look(
            brightness: Lightness(random.chance(0.5) ? 1 : random.real(0.05...1)),
            easeIn: random.chance(0.06) ? .zero : random.chance(0.1) ? random.seconds(1...10) : random.seconds(0.2...1),
            easeOut: random.chance(0.06) ? .zero : random.seconds(0.2...3),
            curve: random.pick(EasingCurve.allCases))
        if random.chance(0.7) {
            var order = random.chance(0.6) ? Wave.Order.fromSensor : random.pick(Wave.Order.named.map(\.order))
            if random.chance(0.05) { order = .positions(bars.indices.map { _ in random.integer(0...bars.count) }) }
            let longest = bars.count > 20 ? 0.05 : random.chance(0.1) ? 1 : 0.2
            zone.wave = Wave(
                delay: random.seconds(0.01...longest), order: order,
                off: random.chance(0.5) ? .follow : random.pick(Wave.Off.allCases))
        }
        if random.chance(0.5) { zone.lead = random.seconds(0...0.5) }
        return zone
    }

    /// The time that the zone needs at most from the last motion until it is dark.
    func darkAfter(_ zone: Zone) -> Duration {
        zone.hold + (zone.wave?.longestDelay ?? .zero) * (3 * zone.bars.count) + zone.look.easeIn + zone.look.easeOut
            + (zone.follow?.pace ?? .zero) * zone.bars.count
    }

    private mutating func schedule(_ random: inout SplitMix64) {
        let longest = zones.map { darkAfter($0.zone) }.max() ?? .zero
        let settled = Duration.seconds(20) + longestDelay * 6
        addWalks(at: settled, &random)
        let begin = settled + (walks.isEmpty ? .zero : .seconds(10) + longest)
        let chaos = random.chance(0.1) ? Duration.zero : random.seconds(20...150)
        let count = chaos == .zero ? 0 : random.integer(2...(nodes.count > 30 ? 12 : 25))
        let kinds = (0..<6).map { _ in random.chance(0.5) }
        for _ in 0..<count {
            let disturbance = self.disturbance(at: begin + random.seconds(0...chaos.seconds), kinds, &random)
            disturbances += disturbance
        }
        disturbances.sort { $0.at < $1.at }
        calmAt = disturbances.map { $0.at + $0.lasts }.reduce(begin + chaos) { max($0, $1) }
        // Keep-alives, wills, pauses before another attempt, and whatever holds.
        let applied = disturbances.compactMap { disturbance -> Duration? in
            if case .apply(_, let zone) = disturbance.kind { return darkAfter(zone) }
            return nil
        }
        // Long enough to find out whether halves that founded mesh times of their own ever meet.
        if random.chance(0.2) { calmAt += .seconds(150) + longestDelay * 10 }
        restAt = calmAt + .seconds(60) + longestDelay * 8 + applied.reduce(longest) { max($0, $1) }
        addWalks(at: restAt + .seconds(1), &random)
        endAt = restAt + .seconds(20) + longestDelay * 4 + longest * 2
        if !applied.isEmpty { endAt += applied.max() ?? .zero }
    }

    private mutating func addWalks(at: Duration, _ random: inout SplitMix64) {
        for (index, plan) in zones.enumerated() where plan.site == "home" {
            let mine = sensors.indices.filter { plan.zone.sensors[place(sensor: $0)] != nil }
            guard let from = mine.randomElement(using: &random), let to = mine.randomElement(using: &random) else {
                continue
            }
            // One zone at a time: a sensor may serve several.
            guard index == 0 || random.chance(0.3) else { continue }
            guard !walks.contains(where: { $0.at == at }) else { continue }
            walks.append(
                Walk(
                    zone: index, from: from, to: to, at: at, takes: random.seconds(0.5...4),
                    seen: random.seconds(0.1...2)))
        }
    }
}
