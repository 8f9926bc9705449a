internal import Lighting

/// Reads a zone out of a message, field by field as ``ZoneFields`` has them.
struct ZoneReader {
    private typealias Container = KeyedDecodingContainer<ZoneKey>

    private(set) var tolerance: Tolerance
    private let bars: [String]

    init(_ contract: Int?, bars: [String]) {
        tolerance = Tolerance(contract)
        self.bars = bars
    }

    /// The zone's bars, which no contract has otherwise.
    func checkedBars() throws(MessageError) -> [String] {
        guard bars.count <= Zone.maximumBars else {
            throw MessageError(.outOfRange, field: "bars", reason: "\(bars.count) are more than \(Zone.maximumBars)")
        }
        for (index, bar) in bars.enumerated() where Name.place(bar) == nil {
            throw MessageError(
                .outOfRange, field: "bars.[\(index)]", reason: "is not node or node/bar, each \(Name.rule)")
        }
        return bars
    }

    /// Where the sensors stand.
    mutating func positions(_ texts: [String: String]) throws(MessageError) -> [String: SensorPosition] {
        let names = Set(bars)
        var positions: [String: SensorPosition] = [:]
        for (sensor, text) in texts {
            guard Name.place(sensor)?.part != nil else {
                throw MessageError(
                    .outOfRange, field: "sensors", reason: "\"\(sensor.prefix(140))\" is not node/sensor")
            }
            positions[sensor] = try tolerance.read(ZoneReader.position(text, of: sensor, among: names), or: .first)
        }
        return positions
    }

    private static func position(
        _ text: String, of sensor: String, among bars: Set<String>
    ) throws(MessageError) -> SensorPosition {
        if let end = [SensorPosition.first, .last].first(where: { $0.text == text }) { return end }
        guard bars.contains(text) else {
            throw MessageError(
                .outOfRange, field: "sensors.\(sensor)",
                reason: "\"\(text.prefix(140))\" is neither first, last nor a bar of this zone")
        }
        return .bar(text)
    }

    /// The entries of a profile, at times of their own.
    mutating func profile(_ list: inout any UnkeyedDecodingContainer) throws -> Profile {
        var entries: [Profile.Entry] = []
        while !list.isAtEnd {
            _ = try check(entries.count + 1, within: ZoneFields.profileRange, field: ZoneFields.profile)
            let container = try list.nestedContainer(keyedBy: ZoneKey.self)
            var entry = ZoneFields.freshEntry
            guard try read(ZoneFields.entry, from: container, into: &entry) else { continue }
            let others = entries
            let time = try tolerance.read(ZoneReader.own(entry.from, of: others, container), or: nil)
            if time != nil { entries.append(entry) }
        }
        return Profile(entries)
    }

    private static func own(
        _ time: ProfileTime, of others: [Profile.Entry], _ container: Container
    ) throws(MessageError) -> ProfileTime? {
        guard !others.contains(where: { $0.from == time }) else {
            throw notATime(time.text, field: path(ZoneKey("from"), in: container))
        }
        return time
    }

    private static func notATime(_ text: String, field: String) -> MessageError {
        MessageError(
            .outOfRange, field: field,
            reason:
                "\"\(text.prefix(20))\" is not a time of its own from 00:00 to 23:59, sunrise or sunset, or up to 6h "
                + "before or after one of these")
    }

    /// Reads the fields that are there.
    ///
    /// - Returns: Whether there is enough of the part to be one.
    mutating func read<Part>(
        _ fields: [ZoneField<Part>], from container: KeyedDecodingContainer<ZoneKey>, into part: inout Part
    ) throws -> Bool {
        for field in fields {
            switch field.content {
            case .value(let value):
                guard let (raw, key) = try ZoneReader.raw(field, value.kind, in: container) else { continue }
                let path = ZoneReader.path(key, in: container)
                let count = bars.count
                if let read = try tolerance.read(ZoneReader.made(raw, value.kind, path, bars: count), or: nil) {
                    value.set(&part, read)
                } else if field.need != .optional {
                    return false
                }
            case .group(let group):
                let key = ZoneKey(field.key)
                guard container.contains(key), try !container.decodeNil(forKey: key) else { continue }
                let nested = try container.nestedContainer(keyedBy: ZoneKey.self, forKey: key)
                group.begin(&part)
                if try !read(group.fields, from: nested, into: &part) { group.drop(&part) }
            }
        }
        return true
    }

    private static func path(_ key: ZoneKey, in container: Container) -> String {
        (container.codingPath + [key]).map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    }

    /// What stands in a field, of whatever contract.
    private enum Raw {
        case number(Double)
        case text(String)
        case integer(Int)
        case flag(Bool)
        case positions([Int])
        /// Neither text nor list.
        case other
    }

    /// What stands in a field, and under which name; nil: it isn't there.
    private static func raw<Part>(
        _ field: ZoneField<Part>, _ kind: ZoneValue.Kind, in container: Container
    ) throws -> (Raw, ZoneKey)? {
        let key = ZoneKey(field.key)
        func value<Value: Decodable>(_ type: Value.Type, _ key: ZoneKey) throws -> Value? {
            field.need == .required
                ? try container.decode(type, forKey: key) : try container.decodeIfPresent(type, forKey: key)
        }
        switch kind {
        case .duration, .level, .lux: return try value(Double.self, key).map { (.number($0), key) }
        case .colour, .word, .lightSensor, .time: return try value(String.self, key).map { (.text($0), key) }
        case .count: return try value(Int.self, key).map { (.integer($0), key) }
        case .flag: return try value(Bool.self, key).map { (.flag($0), key) }
        case .ending:
            let timed = ZoneKey(key.stringValue + ZoneValue.Kind.duration(Ending.range).suffix)
            let word = try value(String.self, key)
            if let seconds = try value(Double.self, timed) { return (.number(seconds), timed) }
            return word.map { (.text($0), key) }
        case .order:
            guard container.contains(key), try !container.decodeNil(forKey: key) else { return nil }
            if let name = try? container.decode(String.self, forKey: key) { return (.text(name), key) }
            return ((try? container.decode([Int].self, forKey: key)).map { .positions($0) } ?? .other, key)
        }
    }

    /// The value of a field, checked.
    private static func made(
        _ raw: Raw, _ kind: ZoneValue.Kind, _ path: String, bars: Int
    ) throws(MessageError) -> ZoneValue? {
        switch (kind, raw) {
        case (.duration(let range), .number(let seconds)):
            return .duration(try checkSeconds(seconds, within: range, field: path))
        case (.level, .number(let value)): return .level(Lightness(try check(value, within: 0...1, field: path)))
        case (.lux(let range), .number(let lux)): return .lux(try check(lux, within: range, field: path))
        case (.colour, .text(let text)): return .colour(try checkColour(text, field: path))
        case (.word(let words), .text(let text)):
            return .word(try known(words.contains(text) ? text : nil, text, path, words))
        case (.lightSensor, .text(let text)):
            guard Name.place(text)?.part != nil else {
                throw MessageError(
                    .outOfRange, field: path, reason: "\"\(text.prefix(140))\" is not node/light sensor")
            }
            return .lightSensor(text)
        case (.time, .text(let text)):
            guard let time = ProfileTime(text: text) else { throw ZoneReader.notATime(text, field: path) }
            return .time(time)
        case (.count(let range), .integer(let count)): return .count(try check(count, within: range, field: path))
        case (.flag, .flag(let flag)): return .flag(flag)
        case (.ending, .number(let seconds)):
            return .ending(.after(try checkSeconds(seconds, within: Ending.range, field: path)))
        case (.ending, .text(let word)):
            let ending = Ending.named.first { $0.name == word }?.ending
            return .ending(try known(ending, word, path, Ending.named.map(\.name)))
        case (.order, _): return .order(try order(raw, path, bars: bars))
        default: return nil
        }
    }

    private static func order(_ raw: Raw, _ path: String, bars: Int) throws(MessageError) -> Wave.Order {
        let names = Wave.Order.named.map(\.name)
        switch raw {
        case .text(let name):
            return try known(Wave.Order.named.first { $0.name == name }?.order, name, path, names)
        case .positions(let positions):
            guard positions.count == bars else {
                throw MessageError(
                    .outOfRange, field: path, reason: "\(positions.count) positions for \(bars) bars")
            }
            for position in positions { _ = try check(position, within: 0...Zone.maximumBars, field: path) }
            return .positions(positions)
        default:
            throw MessageError(
                .wrongType, field: path,
                reason: "is neither a list of whole numbers nor one of \(names.joined(separator: ", "))")
        }
    }

    private static func known<Value>(
        _ value: Value?, _ name: String, _ field: String, _ names: [String]
    ) throws(MessageError) -> Value {
        guard let value else {
            throw MessageError(
                .outOfRange, field: field, reason: "\"\(name.prefix(40))\" is none of \(names.joined(separator: ", "))")
        }
        return value
    }
}
