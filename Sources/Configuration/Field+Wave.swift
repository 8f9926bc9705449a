import Lighting
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
        guard let fields = fields(["delay", "along", "order", "off"], example: "{delay: 50ms}") else { return nil }
        var wave = Wave()
        wave.delay =
            fields["delay"]?.duration(in: Wave.delayRange, "the delay from bar to bar", example: "50ms") ?? wave.delay
        wave.along =
            fields["along"]?.duration(in: Wave.delayRange, "the time along a bar", example: "50ms") ?? wave.along
        wave.order = fields["order"]?.order(bars: bars) ?? wave.order
        let offs = Wave.Off.allCases.map { (name: $0.rawValue, value: $0) }
        wave.off = fields["off"]?.choice("the way a wave goes off", of: offs) ?? wave.off
        return wave
    }

    private func order(bars: Int?) -> Wave.Order? {
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
