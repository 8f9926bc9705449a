import Lighting
import TestSupport
import Testing

@testable import Mesh

/// What docs/protocol.md says of a zone's fields.
@Suite struct ZoneFieldsTests {
    /// A field that holds a value, by its whole name in a message.
    private struct Leaf {
        var name: String
        var kind: ZoneValue.Kind
        /// What a message that says nothing else of its part has.
        var usual: ZoneValue?
    }

    private static func leaves<Part>(_ fields: [ZoneField<Part>], of parent: String, in part: Part) -> [Leaf] {
        fields.flatMap { field -> [Leaf] in
            switch field.content {
            case .value(let value):
                return [
                    Leaf(
                        name: parent + field.key, kind: value.kind,
                        usual: field.need == .required ? nil : value.get(part))
                ]
            case .group(let group):
                var part = part
                group.begin(&part)
                return leaves(group.fields, of: parent + field.key + ".", in: part)
            }
        }
    }

    private static let zone = leaves(ZoneFields.zone, of: "", in: Zone(bars: ["a"], sensors: [:]))
    private static let entry = leaves(ZoneFields.entry, of: "", in: Profile.Entry(from: .sun(.sunset, offset: .zero)))

    private static func number(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }

    /// What the table says is allowed.
    private static func allowed(_ kind: ZoneValue.Kind) -> [String] {
        switch kind {
        case .duration(let range): ["\(number(range.lowerBound.seconds))…\(number(range.upperBound.seconds))"]
        case .lux(let range): ["\(number(range.lowerBound))…\(number(range.upperBound))"]
        case .count(let range): ["\(range.lowerBound)…\(range.upperBound)"]
        case .level: ["0…1"]
        case .word(let words): words
        case .order: Wave.Order.named.map(\.name)
        case .ending: Ending.named.map(\.name) + ["1…604800"]
        case .flag: ["true"]
        case .colour, .lightSensor, .time: []
        }
    }

    private static func text(_ value: ZoneValue) -> String {
        switch value {
        case .duration(let time): number(time.seconds)
        case .level(let level): number(level.value)
        case .lux(let lux): number(lux)
        case .colour(let colour): colour.text
        case .word(let word): word
        case .count(let count): "\(count)"
        case .flag(let flag): "\(flag)"
        case .lightSensor(let sensor): sensor
        case .order(let order): order.name ?? "?"
        case .ending(let ending): ending.name ?? "?"
        case .time(let time): time.text
        }
    }

    @Test func `every field of a zone has a row, with what is allowed and what holds without it`() throws {
        let rows = try Repository.rows("docs/protocol.md", section: "config/zone/\\<zone\\>")
        for leaf in Self.zone {
            let row = try #require(
                rows.first { Repository.code($0[0]).contains(leaf.name) }, "docs/protocol.md has no row of \(leaf.name)"
            )
            for part in Self.allowed(leaf.kind) { #expect(row[1].contains(part), "\(leaf.name): \(row[1])") }
            if let usual = leaf.usual { #expect(row[2].contains(Self.text(usual)), "\(leaf.name): \(row[2])") }
        }
        let profile = try #require(rows.first { Repository.code($0[0]) == [ZoneFields.profile] })
        for leaf in Self.entry where !leaf.name.contains(".") {
            #expect(Repository.code(profile[1]).contains(leaf.name), "\(leaf.name) isn't among what an entry has")
        }
        #expect(Self.zone.count > 20 && Self.entry.count > 10)
    }

    @Test func `a zone's fields of the table are fields`() throws {
        let rows = try Repository.rows("docs/protocol.md", section: "config/zone/\\<zone\\>")
        let known = Set(Self.zone.map(\.name) + ["bars", "sensors", "wave", "profile", "revision", "protocol"])
        let named = rows.flatMap { Repository.code($0[0]) }
        #expect(named.count > 20)
        for name in named { #expect(known.contains(name), "\(name) is no field of a zone") }
    }

    @Test func `no two fields of a part have one name`() {
        for names in [Self.zone.map(\.name), Self.entry.map(\.name), ZoneFields.names] {
            #expect(Set(names).count == names.count, "\(names)")
        }
    }
}
