internal import Lighting

extension Scenario {
    /// The scenario in a few lines.
    var text: String {
        var lines = [
            "seed \(seed): \(nodes.count) nodes, \(zones.count) zones, \(disturbances.count) disturbances, "
                + "calm at \(Story.text(calmAt)), at rest at \(Story.text(restAt))"
                + (isCluster ? ", a cluster of brokers" : "") + (brokerCount > 1 ? ", \(brokerCount) brokers" : "")
                + (duplicates > 0 ? ", \(Int(duplicates * 100)) % come twice" : "")
        ]
        for node in nodes {
            lines.append(
                "  \(node.site):\(node.name) bars \(node.bars) sensors \(node.sensors.map { sensors[$0].name }), "
                    + "\(node.link), system clock off by \(node.clock.systemError.seconds) s\(node.isSynchronised ? " (synchronised)" : "")"
                    + ", frame \(node.frame.seconds) s" + (node.isOfLastRelease ? ", of the last release" : ""))
        }
        for plan in zones { lines.append("  \(plan.site) zone \(plan.name): \(Scenario.text(of: plan.zone))") }
        if let light {
            lines.append(
                "  light sensor at \(nodes[light].name), "
                    + days.map { "\($0.lux) lx from \(Story.text($0.at))" }.joined(separator: ", "))
        }
        for disturbance in disturbances {
            lines.append("  at \(Story.text(disturbance.at)) \(text(of: disturbance))")
        }
        return lines.joined(separator: "\n")
    }

    static func text(of zone: Zone) -> String {
        "\(zone.bars.joined(separator: " ")); sensors "
            + zone.sensors.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            + "; hold \(zone.hold.seconds) s, in \(zone.look.easeIn.seconds) s, out \(zone.look.easeOut.seconds) s, "
            + "\(zone.look.curve), level \(zone.look.brightness.value), "
            + (zone.wave.map { "wave \($0.delay.seconds) s \($0.order) off \($0.off)" } ?? "together")
            + (zone.wave?.delayBackward.map { ", back \($0.seconds) s" } ?? "")
            + (zone.follow.map { ", follows \($0.reach) bars, \($0.pace.seconds) s" } ?? "")
            + (zone.standby.map { ", guide light at \($0.bars)" } ?? "") + (zone.isMaster ? ", master" : "")
            + (zone.lead.map { ", lead \($0.seconds) s" } ?? "")
            + (zone.onlyWhenDark.map { ", below \($0.lux) lx at \($0.sensor)" } ?? "")
    }

    func text(of disturbance: Disturbance) -> String {
        func names(_ some: [Int]) -> String { some.map { nodes[$0].name }.joined(separator: " ") }
        let lasts = "for \(disturbance.lasts.seconds) s"
        switch disturbance.kind {
        case .motion(let sensor): return "somebody before \(place(sensor: sensor)) \(lasts)"
        case .trigger(let sensor, let seconds): return "trigger \(place(sensor: sensor)) for \(seconds) s"
        case .partition(let some): return "cut off: \(names(some)) \(lasts)"
        case .breakConnections(let some): return "connections break: \(names(some))"
        case .broker(let number, let losing, let power):
            return "broker \(number) \(power ? "loses power" : "is killed")\(losing ? " and its memory" : "") \(lasts)"
        case .kill(let node): return "kill -9 \(nodes[node].name), down \(lasts)"
        case .powerLoss(let node): return "\(nodes[node].name) loses power \(lasts)"
        case .stop(let node): return "\(nodes[node].name) is stopped \(lasts)"
        case .clockStep(let node, let amount): return "the clock of \(nodes[node].name) is off by \(amount) \(lasts)"
        case .timeServer(let node, _): return "\(nodes[node].name) hears of a time server"
        case .apply(let zone, let new): return "apply \(zones[zone].name): \(Scenario.text(of: new))"
        case .remove(let zone): return "remove \(zones[zone].name) \(lasts)"
        case .command(let zone, let payload): return "command for \(zones[zone].name): \(payload)"
        case .places(let isTakenBack): return "places of an absent node are \(isTakenBack ? "taken back" : "given")"
        case .fill(let place, let node, let tellsFormer):
            return "the place \(self.place(node: place.node, bar: place.bar)) is given to \(nodes[node].name)"
                + (tellsFormer ? "" : ", which its former node isn't told")
        case .save: return "the broker saves its memory"
        case .garbage: return "nonsense"
        }
    }
}
