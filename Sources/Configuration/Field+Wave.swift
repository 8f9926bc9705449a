internal import Documents
import Lighting
import Mesh
import YAML

extension Field {
    /// The largest turn that a bar may have in a wave.
    private static let turns = 0...10_000

    /// How light runs through a zone of so many bars; nil bars: nobody knows how many.
    func wave(bars: Int?) -> Wave? {
        guard node.text != "together" else {
            fail(
                .wrongKind, "is no mapping", allowed: "without a wave, all bars go together",
                remedy: "Leave wave out")
            return nil
        }
        return wave(bars: bars, changing: Wave())
    }

    /// How light runs from a time of day on: what isn't said is as the zone has it.
    func wave(bars: Int?, insteadOf usual: Wave?) -> Wave? {
        guard let text = node.text else { return wave(bars: bars, changing: usual ?? Wave()) }
        guard text == "together" else {
            let isNear = Spelling.nearest(to: text, in: ["together"]) != nil
            fail(
                .wrongKind, "is no wave", allowed: "a wave from a time of day on is together, or has fields",
                remedy: isNear ? "Did you mean together?" : write("together, or {delay: 50ms}"))
            return nil
        }
        return .together
    }

    private func wave(bars: Int?, changing usual: Wave) -> Wave? {
        guard let fields = fields(ZoneFields.wave.map(\.name), example: "{delay: 50ms}") else { return nil }
        var wave = usual
        fields.read(ZoneFields.wave, into: &wave, bars: bars)
        return wave
    }

    /// The field is a wave of a zone that follows people: it has no order but theirs.
    func checkFollows(_ wave: Wave?) {
        guard let wave, wave != .together, wave.order != .fromSensor || wave.off != .follow else { return }
        fail(
            .conflict, "has an order of its own",
            allowed: "in a zone with follow, light comes from the sensors and goes off behind people",
            remedy: "Leave order and off out, or follow")
    }

    func order(bars: Int?) -> Wave.Order? {
        guard let items = node.items else {
            let orders = Wave.Order.named.map { (name: $0.name, value: $0.order) }
            return choice("an order that isn't a list of positions", of: orders)
        }
        let example = "[\((0..<min(bars ?? 3, 10)).map(String.init).joined(separator: ", "))]"
        guard let fields = list(of: "positions", example: example) else { return nil }
        if let bars, items.count != bars {
            fail(
                .conflict, "has \(items.count) positions for \(bars) bars",
                allowed: "an order that is a list has a position for each bar",
                remedy: bars == 0 ? "Add bars" : bars <= 10 ? write(example) : "Write \(bars) positions")
            return nil
        }
        let positions = fields.compactMap { $0.integer(in: Field.turns, "a position", example: "0") }
        return positions.count == items.count ? .positions(positions) : nil
    }
}
