internal import Lighting

extension Scenario {
    /// A disturbance of one of the kinds that the seed has chosen, or somebody who moves.
    func disturbance(at: Duration, _ kinds: [Bool], _ random: inout SplitMix64) -> [Disturbance] {
        let home = nodes.indices.filter { nodes[$0].site == "home" }
        let node = random.pick(home)
        func one(_ kind: Disturbance.Kind, _ lasts: Duration = .zero) -> [Disturbance] {
            [Disturbance(at: at, lasts: lasts, kind: kind)]
        }
        switch random.integer(0...9) {
        case 0 where kinds[0]:
            let some = home.filter { _ in random.chance(0.5) }
            let chosen = random.pick([[node], some, home.filter { $0 != node }])
            return one(
                random.chance(0.5) ? .partition(chosen) : .breakConnections(chosen), random.seconds(0.1...60))
        case 1 where kinds[1]:
            return one(
                .broker(0, losingMemory: random.chance(0.5), powerLoss: random.chance(0.3)), random.seconds(0.1...40))
        case 2 where kinds[2]:
            let lasts = random.seconds(0.1...30)
            return one(random.pick([.kill(node: node), .powerLoss(node: node), .stop(node: node)]), lasts)
        case 3 where kinds[3]:
            let reach = random.pick([0.5, 20, 3600])
            let seconds = random.real(-reach...reach)
            return one(.clockStep(node: node, by: .nanoseconds(Int64(seconds * 1e9))), random.seconds(1...30))
        case 4 where kinds[4]: return edit(at: at, &random)
        case 5 where kinds[5]:
            let zone = random.integer(0...(zones.count - 1))
            let bar = zones[zone].zone.bars.first ?? ""
            let payload = random.pick([
                "on", "off", "auto", "toggle", #"{"state":"off","for":"ever"}"#, #"{"state":"off","for":"visit"}"#,
                #"{"state":"on","until":"empty"}"#,
                #"{"state":"ON","brightness":\#(random.integer(0...255)),"transition":1}"#,
                #"{"state":"off","bar":"\#(bar)","forSeconds":\#(random.integer(1...20))}"#,
                #"{"state":"on","level":0.3,"easeSeconds":0,"forSeconds":5}"#,
            ])
            return one(.command(zone: zone, payload: payload))
        case 6: return one(.garbage(number: random.next()))
        default: return people(at: at, home, &random)
        }
    }

    private func people(at: Duration, _ home: [Int], _ random: inout SplitMix64) -> [Disturbance] {
        let mine = sensors.indices.filter { nodes[sensors[$0].node].site == "home" }
        func stand(_ sensor: Int, _ at: Duration, _ lasts: Duration) -> Disturbance {
            Disturbance(at: at, lasts: lasts, kind: .motion(sensor: sensor))
        }
        let sensor = random.pick(mine)
        switch random.integer(0...9) {
        case 0: return [stand(sensor, at, random.seconds(10...60))]
        case 1:
            let seconds = random.chance(0.5) ? 0 : random.real(0...10)
            return [
                Disturbance(
                    at: at, lasts: .nanoseconds(Int64(seconds * 1e9)), kind: .trigger(sensor: sensor, seconds: seconds))
            ]
        case 2 where sensors[sensor].stuckLimit < .seconds(100):
            return [stand(sensor, at, sensors[sensor].stuckLimit + random.seconds(1...10))]
        case 3:  // Both ends at once.
            return mine.map { stand($0, at, random.seconds(0.1...5)) }
        default:
            var all: [Disturbance] = []
            var when = at
            let way = random.chance(0.5) ? mine : mine.reversed()
            for stop in way.prefix(6) {
                all.append(stand(stop, when, random.seconds(0.1...4)))
                when += random.seconds(0.3...8)
            }
            return all
        }
    }

    /// The operator applies a site file in which a zone is another, or isn't any more.
    private func edit(at: Duration, _ random: inout SplitMix64) -> [Disturbance] {
        let index = random.integer(0...(zones.count - 1))
        guard zones[index].site == "home" else { return [] }
        if random.chance(0.2) {
            return [Disturbance(at: at, lasts: random.seconds(1...30), kind: .remove(zone: index))]
        }
        var zone = zones[index].zone
        switch random.integer(0...3) {
        case 0: zone.hold = random.seconds(5...25)
        case 1:
            zone.look.brightness = Lightness(random.real(0.05...1))
            zone.look.easeOut = random.seconds(0.2...3)
        case 2: zone.bars.reverse()
        default: zone = self.zone(of: "home", whole: random.chance(0.5), &random)
        }
        return [Disturbance(at: at, lasts: .zero, kind: .apply(zone: index, zone))]
    }
}
