internal import Lighting

extension Scenario {
    /// In a sixth of the seeds one zone is lit in the dark only, by the light sensor of any node, and days and nights come
    /// within minutes.
    mutating func addLight(_ random: inout SplitMix64) {
        guard random.chance(0.17) else { return }
        let home = nodes.indices.filter { nodes[$0].site == "home" }
        let node = random.pick(home)
        light = node
        let zone = random.pick(zones.indices.filter { zones[$0].site == "home" })
        let dark = DarkLimit(sensor: "\(nodes[node].name)/\(World.window)", lux: Scenario.limit)
        zones[zone].zone.onlyWhenDark = dark
        for index in disturbances.indices {
            guard case .apply(zone, var new) = disturbances[index].kind, random.chance(0.8) else { continue }
            new.onlyWhenDark = dark
            disturbances[index].kind = .apply(zone: zone, new)
        }
        var isDark = random.chance(0.5)
        var at = Duration.zero
        while at < endAt {
            days.append(Day(at: at, lux: isDark ? 2 : 500))
            isDark.toggle()
            at += random.seconds(15...120)
        }
    }
}
