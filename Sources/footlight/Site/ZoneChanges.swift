internal import Documents
internal import Lighting
internal import Mesh

/// A zone's configuration field by field, as the site file writes it.
enum ZoneChanges {
    /// What changes from one configuration to another.
    static func between(_ old: Zone, _ new: Zone) -> [FieldChange] {
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
        var entries = zone.sensors.sorted { $0.key < $1.key }.map { (field: "sensors.\($0.key)", text: $0.value.text) }
        entries += self.entries(zone, ZoneFields.zone, of: "")
        for entry in zone.profile.entries {
            let field = "\(ZoneFields.profile).\(entry.from.text)."
            entries += self.entries(entry, ZoneFields.entry.filter { $0.need != .required }, of: field)
        }
        return entries
    }

    private static func entries<Part>(
        _ part: Part, _ fields: [ZoneField<Part>], of parent: String
    ) -> [(field: String, text: String)] {
        fields.flatMap { field -> [(field: String, text: String)] in
            let name = parent + field.name
            switch field.content {
            case .value(let value):
                let text = value.get(part).map(\.text) ?? field.absence.text
                return text.map { [(name, $0)] } ?? []
            case .group(let group):
                if let word = group.word(part) { return [(name, word)] }
                return group.isPresent(part) ? entries(part, group.fields, of: name + ".") : []
            }
        }
    }
}

extension ZoneAbsence {
    /// What is shown in the stead of a value; nil: nothing.
    fileprivate var text: String? {
        switch self {
        case .nothing: nil
        case .word(let text), .shown(let text): text
        }
    }
}

extension ZoneValue {
    /// The value as the site file has it.
    fileprivate var text: String {
        switch self {
        case .duration(let time), .ending(.after(let time)): time.text
        case .level(let level): level.text
        case .colour(let colour): colour.text
        case .word(let text), .lightSensor(let text): text
        case .count(let count): "\(count)"
        case .lux(let lux): DarkLimit(sensor: "", lux: lux).text
        case .flag(let flag): "\(flag)"
        case .time(let time): time.text
        case .order(.positions(let positions)): "[\(positions.map { "\($0)" }.joined(separator: ", "))]"
        case .order(let order): order.name ?? ""
        case .ending(let ending): ending.name ?? ""
        }
    }
}
