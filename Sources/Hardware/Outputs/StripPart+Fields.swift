internal import Documents
internal import Lighting

extension StripPart {
    /// The fields of a bar on a strip.
    static let leds = DriverField("leds", "30 for the first thirty, 30-59, or 59-30 from the far end")
    static let group = DriverField("group", "1 to 100 LEDs that show the same", usual: "1")
    static let order = DriverField("order", "each channel's letter once, and - for a byte that drives nothing")
    static let limit = DriverField("limit", "100mA to 100A", usual: "none")

    /// Reads the fields; nil: a fault was reported.
    ///
    /// - Parameter bytes: how many each LED has, whatever its channels; nil: as many as its channels.
    init?(
        _ fields: FieldMap, _ channels: ChannelSet, bytes: Int? = nil, chip: String? = nil, priority: Int? = nil
    ) {
        let group = fields["group"]?.integer(in: 1...100, "how many LEDs show the same", example: "3")
        let leds = fields.required("leds", example: "0-29")?.ledRange(group: group ?? 1)
        let limit = fields["limit"]?.milliamperes()
        var order: ChannelOrder?
        if let field = fields["order"] {
            guard let read = field.order(of: channels) else { return nil }
            order = read
        }
        if let bytes {
            if let order, order.channels.count != bytes {
                fields["order"]?.fail(
                    .outOfRange, "has \(order.channels.count) bytes", allowed: "these chips have three",
                    remedy: "Fill up with -, or remove channels")
                return nil
            }
            if order == nil, channels != .rgb {
                fields.missing(
                    "order", problem: "is missing", remedy: "Write which of the three bytes drives what: order: W--")
                return nil
            }
        }
        guard let leds else { return nil }
        self.init(leds: leds, chip: chip, order: order, limit: limit, priority: priority)
    }
}

extension Field {
    fileprivate func order(of channels: ChannelSet) -> ChannelOrder? {
        let letters = String(ChannelOrder.letters(of: channels))
        guard let text = text("an order", example: letters) else { return nil }
        if let order = ChannelOrder(text: text, of: channels) { return order }
        fail(
            .malformed, "is no order of \(channels.rawValue)",
            allowed: "each of \(letters) stands once, and - for a byte that drives nothing", remedy: write(letters))
        return nil
    }

    /// A range of LEDs: `30` (the first thirty), `30-59`, or `59-30` for a bar that begins at the far end.
    fileprivate func ledRange(group: Int) -> LEDRange? {
        guard let text = text("a range of LEDs", example: "0-29") else { return nil }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        let most = LEDRange.longestStrip
        switch ends.count {
        case 1:
            if let count = ends[0], (1...most).contains(count) {
                return LEDRange(first: 0, last: count - 1, group: group)
            }
        case 2:
            if let first = ends[0], let last = ends[1], (0..<most).contains(first), (0..<most).contains(last) {
                return LEDRange(first: first, last: last, group: group)
            }
        default: break
        }
        fail(
            ends.contains(nil) ? .malformed : .outOfRange, "is no range of LEDs",
            allowed: "LEDs are counted from 0, and there are at most \(most): 30 for the first thirty, or 30-59",
            remedy: write("0-29"))
        return nil
    }

    /// A current: `2A`, `1500mA`.
    fileprivate func milliamperes() -> Int? {
        let range = StripPart.limitRange
        let allowed = "a limit is 100mA to 100A"
        guard let text = text("a limit", example: "2A") else { return nil }
        let value =
            text.hasSuffix("mA")
            ? DecimalText.scaled(text.dropLast(2), by: 1)
            : text.hasSuffix("A") ? DecimalText.scaled(text.dropLast(), by: 1000) : nil
        guard let value else {
            let isBare = DecimalText.scaled(text, by: 1) != nil
            fail(.malformed, isBare ? "has no unit" : "is no current", allowed: allowed, remedy: write("2A"))
            return nil
        }
        guard range.contains(Int(value)) else {
            fail(.outOfRange, value < 100 ? "is too little" : "is too much", allowed: allowed, remedy: write("2A"))
            return nil
        }
        return Int(value)
    }
}
