internal import Lighting

extension Scenario {
    /// How bright guide lights are: less than any zone's look, and not so much that a light sensor takes it for day.
    static let guideLight = Lightness(0.02)

    /// In a fifth of the seeds one zone has what households ask for: a guide light, light that walks along, other delays up
    /// than down; or it is the master of its bars, which others have, too.
    mutating func addHousehold(_ random: inout SplitMix64) {
        guard random.chance(0.2) else { return }
        let home = zones.indices.filter { zones[$0].site == "home" }
        let index = random.pick(home)
        let standby =
            random.chance(0.5) ? Standby(level: Scenario.guideLight, bars: random.chance(0.5) ? .all : .ends) : nil
        let follow =
            random.chance(0.5) ? Follow(reach: random.integer(1...4), pace: random.seconds(0.1...1)) : nil
        let backward = random.chance(0.5) ? random.seconds(0.01...0.3) : nil
        let isMaster = home.count > 1 && random.chance(0.3)
        hasGuideLight = standby != nil
        func furnish(_ zone: inout Zone) {
            zone.standby = standby
            zone.follow = follow
            zone.isMaster = isMaster
            // No walk takes longer than was reckoned when it was planned, but for less than was left over.
            let longest = (zone.wave?.delay ?? .zero) + .seconds(8) / (3 * zone.bars.count)
            zone.wave?.delayBackward = backward.map { min($0, longest) }
            guard follow != nil else { return }
            zone.wave?.order = .fromSensor
            zone.wave?.off = .follow
        }
        furnish(&zones[index].zone)
        for disturbance in disturbances.indices {
            guard case .apply(index, var zone) = disturbances[disturbance].kind, random.chance(0.8) else { continue }
            furnish(&zone)
            disturbances[disturbance].kind = .apply(zone: index, zone)
        }
    }
}
