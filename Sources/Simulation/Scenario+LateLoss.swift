internal import Lighting

extension Scenario {
    /// When the operator returns all zones to automatic.
    var automaticAt: Duration { calmAt + .seconds(40) }

    /// In two seeds of five, once the rest is over: words that the broker saves, newer ones that it doesn't, its end, and nodes
    /// that begin anew.
    mutating func addLateLoss(_ random: inout SplitMix64) {
        guard random.chance(0.4) else { return }
        let home = nodes.indices.filter { nodes[$0].site == "home" }
        let mine = zones.indices.filter { zones[$0].site == "home" }
        var late: [Disturbance] = []
        func add(_ at: Duration, _ kind: Disturbance.Kind, lasts: Duration = .zero) {
            late.append(Disturbance(at: at, lasts: lasts, kind: kind))
        }
        // Long enough before the other for the broker to have it, and for all to have heard of it.
        let news = longestDelay * 4 + .seconds(1)
        let saved = automaticAt - .milliseconds(100)
        add(
            saved - news,
            .command(
                zone: random.pick(mine),
                payload: random.pick(["on", #"{"state":"off","for":"ever"}"#, #"{"state":"on","level":0.4}"#])))
        add(saved - news, .places(isTakenBack: false))
        add(saved, .save)
        if random.chance(0.7) { add(automaticAt, .places(isTakenBack: random.chance(0.5))) }
        var longest = zones.map { darkAfter($0.zone) }.max() ?? .zero
        let spare = mine.filter { zone in zone != mine.first && !walks.contains { $0.zone == zone } }
        if let zone = spare.randomElement(using: &random) {
            add(automaticAt, .remove(zone: zone), lasts: .seconds(86_400))
        } else if random.chance(0.3) {
            let zone = random.pick(mine)
            var new = zones[zone].zone
            new.hold = random.seconds(5...25)
            longest = max(longest, darkAfter(new))
            // A new keeper wouldn't hear what is commanded before it knows the zone.
            add(automaticAt + news / 2, .apply(zone: zone, new))
        }
        let end = automaticAt + news + random.seconds(0...5)
        let down = random.seconds(0.1...20)
        add(end, .broker(0, losingMemory: random.chance(0.25), powerLoss: random.chance(0.2)), lasts: down)
        let isPowerCut = random.chance(0.3)
        let some =
            isPowerCut ? home : random.chance(0.8) ? [random.pick(home)] : home.filter { _ in random.chance(0.5) }
        for node in some {
            let at = isPowerCut ? end : end + random.seconds(0...20)
            add(at, isPowerCut ? .powerLoss(node: node) : .kill(node: node), lasts: random.seconds(0.1...10))
        }
        late.sort { $0.at < $1.at }
        disturbances += late
        // The operator's removal for good doesn't end.
        let over = late.map { $0.at + ($0.lasts < .seconds(3600) ? $0.lasts : .zero) }.reduce(end) { max($0, $1) }
        let rest = over + .seconds(60) + longestDelay * 8 + longest
        let later = max(.zero, rest - restAt)
        for index in walks.indices where walks[index].at > restAt { walks[index].at += later }
        restAt += later
        endAt += later + longest * 2
    }
}
