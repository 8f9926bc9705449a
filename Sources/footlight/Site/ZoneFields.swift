internal import Configuration
internal import Lighting

/// A zone's configuration field by field, as the site file writes it.
enum ZoneFields {
    /// What changes from one configuration to another.
    static func changes(from old: Zone, to new: Zone) -> [FieldChange] {
        var changes: [FieldChange] = []
        if old.bars != new.bars { changes.append(bars(from: old.bars, to: new.bars)) }
        let before = entries(old)
        let after = entries(new)
        let values = Dictionary(after.map { ($0.field, $0.text) }, uniquingKeysWith: { $1 })
        let known = Set(before.map(\.field))
        for (field, text) in before where values[field] != text {
            changes.append(FieldChange(field: field, from: text, to: values[field]))
        }
        for (field, text) in after where !known.contains(field) {
            changes.append(FieldChange(field: field, from: nil, to: text))
        }
        return changes
    }

    private static func bars(from old: [String], to new: [String]) -> FieldChange {
        let (before, after) = (Set(old), Set(new))
        var parts = new.filter { !before.contains($0) }.map { "+ \($0)" }
        parts += old.filter { !after.contains($0) }.map { "- \($0)" }
        if old.filter(after.contains) != new.filter(before.contains) {
            parts.append("now in the order \(new.joined(separator: ", "))")
        }
        return FieldChange(
            field: "bars", from: old.joined(separator: ", "), to: new.joined(separator: ", "),
            note: parts.joined(separator: ", "))
    }

    private static func entries(_ zone: Zone) -> [(field: String, text: String)] {
        var entries: [(field: String, text: String)] = []
        for (sensor, position) in zone.sensors.sorted(by: { $0.key < $1.key }) {
            let text =
                switch position {
                case .first: "first"
                case .last: "last"
                case .bar(let name): name
                }
            entries.append(("sensors.\(sensor)", text))
        }
        entries.append(("hold", zone.hold.text))
        entries.append(("look.brightness", zone.look.brightness.text))
        entries.append(("look.colour", zone.look.colour.text))
        if let gradient = zone.look.gradient { entries.append(("look.gradient", gradient.text)) }
        entries.append(("look.easeIn", zone.look.easeIn.text))
        entries.append(("look.easeOut", zone.look.easeOut.text))
        entries.append(("look.curve", zone.look.curve.rawValue))
        if let wave = zone.wave { entries += self.entries(of: wave, field: "wave") }
        if let follow = zone.follow {
            entries.append(("follow.reach", "\(follow.reach)"))
            entries.append(("follow.pace", follow.pace.text))
        }
        for entry in zone.profile.entries {
            let field = "profile.\(entry.from.text)"
            entries.append((field + ".brightness", entry.brightness?.text ?? "as the look"))
            entries.append((field + ".colour", entry.colour?.text ?? "as the look"))
            if let hold = entry.hold { entries.append((field + ".hold", hold.text)) }
            if let ease = entry.easeIn { entries.append((field + ".easeIn", ease.text)) }
            if let ease = entry.easeOut { entries.append((field + ".easeOut", ease.text)) }
            if let level = entry.standby { entries.append((field + ".standby", level.text)) }
            if let wave = entry.wave { entries += self.entries(of: wave, field: field + ".wave") }
        }
        if let standby = zone.standby {
            entries.append(("standby.level", standby.level.text))
            entries.append(("standby.colour", standby.colour?.text ?? "as the look"))
            entries.append(("standby.bars", standby.bars.rawValue))
        }
        if let limit = zone.onlyWhenDark {
            entries.append(("onlyWhenDark.sensor", limit.sensor))
            entries.append(("onlyWhenDark.below", limit.text))
        }
        for (field, ending) in [("manual.on", zone.manual.on), ("manual.off", zone.manual.off)] {
            if case .after(let time) = ending { entries.append((field, time.text)) }
            if let name = ending.name { entries.append((field, name)) }
        }
        if zone.isMaster { entries.append(("master", "true")) }
        entries.append(("lead", zone.lead?.text ?? "auto"))
        return entries
    }

    private static func entries(of wave: Wave, field: String) -> [(field: String, text: String)] {
        guard wave != .together else { return [(field, "together")] }
        var entries = [(field: field + ".delay", text: wave.delay.text)]
        if let delay = wave.delayBackward { entries.append((field + ".delayBackward", delay.text)) }
        if wave.along > .zero { entries.append((field + ".along", wave.along.text)) }
        entries.append((field + ".order", text(of: wave.order)))
        entries.append((field + ".off", wave.off.rawValue))
        return entries
    }

    private static func text(of order: Wave.Order) -> String {
        if case .positions(let positions) = order { return "[\(positions.map { "\($0)" }.joined(separator: ", "))]" }
        return order.name ?? "fromSensor"
    }
}
