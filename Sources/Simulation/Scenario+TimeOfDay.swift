internal import Lighting

extension Scenario {
    /// In a sixth of the seeds some or all boards have no clock that goes on without power: they begin on 2 January 1970.
    /// Of these some hear of a time server, sooner or later, and one zone is as bright as the time of day wants.
    mutating func addBoardsWithoutClocks(_ random: inout SplitMix64) {
        guard random.chance(0.17) else { return }
        let share = random.pick([0.5, 1])
        let epoch = Duration.nanoseconds(-Scenario.beginning.nanoseconds) + random.seconds(86_400...172_800)
        var known: [Disturbance] = []
        for node in nodes.indices where random.chance(share) {
            nodes[node].clock = NodeClock(nodes[node].clock.oscillator, errorAtStart: epoch + random.seconds(0...30))
            guard random.chance(0.4) else { continue }
            let at = random.seconds(0...calmAt.seconds)
            let error = random.seconds(-0.02...0.02)
            known.append(Disturbance(at: at, lasts: .zero, kind: .timeServer(node: node, error: error)))
        }
        disturbances = (disturbances + known).sorted { $0.at < $1.at }
        let profile = Profile(
            [("06:00", 0.66), ("18:00", 0.33)].compactMap { text, level in
                TimeOfDay(text: text).map { Profile.Entry(from: $0, brightness: Lightness(level)) }
            })
        let zone = random.pick(zones.indices.filter { zones[$0].site == "home" })
        zones[zone].zone.profile = profile
    }
}
