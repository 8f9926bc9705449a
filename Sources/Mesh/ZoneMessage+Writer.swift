internal import Lighting

/// Writes a zone into a message, field by field as ``ZoneFields`` has them.
enum ZoneWriter {
    /// A part as it is when it has been written and read.
    static func asWritten<Part>(_ part: Part, _ fields: [ZoneField<Part>]) -> Part {
        var part = part
        for field in fields {
            switch field.content {
            case .value(let value):
                guard case .colour(let colour) = value.get(part), let written = Colour(text: colour.text) else {
                    continue
                }
                value.set(&part, .colour(written))
            case .group(let group): if group.isPresent(part) { part = asWritten(part, group.fields) }
            }
        }
        return part
    }

    static func write<Part>(
        _ part: Part, _ fields: [ZoneField<Part>], to container: inout KeyedEncodingContainer<ZoneKey>
    ) throws {
        for field in fields {
            let key = ZoneKey(field.key)
            switch field.content {
            case .value(let value): try value.get(part).map { try write($0, key, to: &container) }
            case .group(let group):
                guard group.isPresent(part), !group.isUsual(part) else { continue }
                var nested = container.nestedContainer(keyedBy: ZoneKey.self, forKey: key)
                try write(part, group.fields, to: &nested)
            }
        }
    }

    private static func write(
        _ value: ZoneValue, _ key: ZoneKey, to container: inout KeyedEncodingContainer<ZoneKey>
    ) throws {
        switch value {
        case .duration(let time): try container.encode(time.seconds, forKey: key)
        case .level(let level): try container.encode(level.value, forKey: key)
        case .colour(let colour): try container.encode(colour.text, forKey: key)
        case .word(let text), .lightSensor(let text): try container.encode(text, forKey: key)
        case .count(let count): try container.encode(count, forKey: key)
        case .lux(let lux): try container.encode(lux, forKey: key)
        case .flag(let flag): try container.encode(flag, forKey: key)
        case .time(let time): try container.encode(time.text, forKey: key)
        case .order(.positions(let positions)): try container.encode(positions, forKey: key)
        case .order(let order): try container.encodeIfPresent(order.name, forKey: key)
        case .ending(.after(let time)):
            let timed = ZoneKey(key.stringValue + ZoneValue.Kind.duration(Ending.range).suffix)
            try container.encode(time.seconds, forKey: timed)
        case .ending(let ending): try container.encodeIfPresent(ending.name, forKey: key)
        }
    }
}
