import Lighting
import YAML

extension Field {
    /// What draws a bar of these channels.
    func output(channels: ChannelSet?) -> BarOutput? {
        let channels = channels ?? .white
        let simulated = Driver<BarOutput>("simulated", example: "simulated") { _ in .simulated }
        return driver("an output", outputs(of: channels) + strips(of: channels) + [simulated])
    }

    private func outputs(of channels: ChannelSet) -> [Driver<BarOutput>] {
        [
            Driver("trace", fields: ["path", "pixels"], example: "{driver: trace, path: /tmp/bar.jsonl}") { fields in
                let path = fields.required("path", example: "/tmp/bar.jsonl")?
                    .absolutePath("the path of a trace", example: "/tmp/bar.jsonl")
                let pixels = fields["pixels"]?.integer(in: 1...1000, "how many pixels a bar has", example: "30")
                return path.map { .trace(path: $0, pixels: pixels ?? 1) }
            },
            Driver(
                "gpio", fields: ["chip", "line", "active", "pwm"],
                example: "{driver: gpio, chip: gpiochip0, line: 17}"
            ) { fields in
                let levels = [(name: "high", value: false), (name: "low", value: true)]
                let isActiveLow = fields["active"]?.choice("the level that says on", of: levels)
                let isDimmed = fields["pwm"]?.choice("a PWM", of: [(name: "software", value: true)])
                if channels != .white {
                    fields.field.fail(
                        .conflict, "is one line and the bar has \(channels.count) channels",
                        allowed: "a bar on a GPIO line is white", remedy: "Use the driver pwm, with channels: [0, 1]")
                    return nil
                }
                return fields.gpioPlace()
                    .map { .gpio(GPIOOutputLine($0, isActiveLow: isActiveLow ?? false, isDimmed: isDimmed ?? false)) }
            },
            Driver(
                "pwm", fields: ["chip", "channel", "channels", "frequency", "inverted"],
                example: "{driver: pwm, chip: 0, channel: 0}"
            ) { fields in fields.pwmPins(count: channels.count).map { .pwm($0) } },
            Driver("led", fields: ["name", "names"], example: "{driver: led, name: stair}") { fields in
                fields.ledNames(count: channels.count).map { .led(names: $0) }
            },
        ]
    }

    /// Those whose LEDs are addressed one by one.
    private func strips(of channels: ChannelSet) -> [Driver<BarOutput>] {
        let letters = ChannelOrder.letters(of: channels).map(String.init).joined()
        return [
            Driver(
                "ws281x", fields: ["device", "chip", "leds", "group", "order", "limit"],
                example: "{driver: ws281x, device: /dev/spidev0.0, leds: 30, order: \(letters)}"
            ) { fields in
                let chips = ["ws2812b", "sk6812"].map { (name: $0, value: $0) }
                let chip = fields["chip"]?.choice("a chip", of: chips)
                return fields.device().flatMap { fields.stripPart(.ws281x(device: $0), channels, chip: chip) }
            },
            Driver(
                "apa102", fields: ["device", "leds", "group", "order", "limit"],
                example: "{driver: apa102, device: /dev/spidev0.0, leds: 30}"
            ) { fields in fields.device().flatMap { fields.stripPart(.apa102(device: $0), channels) } },
            Driver(
                "ddp", fields: ["host", "leds", "group", "order"],
                example: "{driver: ddp, host: 192.168.1.50, leds: 30}"
            ) { fields in
                fields.required("host", example: "192.168.1.50")?.address()
                    .flatMap { fields.stripPart(.ddp(host: $0), channels) }
            },
            Driver(
                "e131", fields: ["host", "universe", "leds", "group", "order", "priority"],
                example: "{driver: e131, universe: 1, leds: 30}"
            ) { fields in
                let universe = fields.required("universe", example: "1")?
                    .integer(in: StripPart.universeRange, "a universe", example: "1")
                let priority = fields["priority"]?
                    .integer(in: StripPart.priorityRange, "a priority", example: "100")
                let host = fields["host"].map { $0.address() }
                if case .some(.none) = host { return nil }
                return universe.flatMap {
                    fields.stripPart(.e131(host: host ?? nil, universe: $0), channels, priority: priority)
                }
            },
        ]
    }

    /// A numeric address: to look a name up takes time, and the light can't wait.
    fileprivate func address() -> String? {
        guard let text = text("an address", example: "192.168.1.50") else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil && !$0.hasPrefix("+") }
        let isIPv6 =
            text.contains(":") && text.utf8.allSatisfy { $0 == 0x3a || ("0123456789abcdefABCDEF".utf8).contains($0) }
        guard isIPv4 || isIPv6 else {
            fail(
                .malformed, "is no address", allowed: "an address is of numbers: a name would have to be looked up",
                remedy: write("192.168.1.50"))
            return nil
        }
        return text
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

extension FieldMap {
    fileprivate func device() -> String? {
        required("device", example: "/dev/spidev0.0")?
            .absolutePath("the path of an SPI bus", example: "/dev/spidev0.0")
    }

    /// A bar of these channels on a strip.
    fileprivate func stripPart(
        _ line: StripPart.Line, _ channels: ChannelSet, chip: String? = nil, priority: Int? = nil
    ) -> BarOutput? {
        let group = self["group"]?.integer(in: 1...100, "how many LEDs show the same", example: "3")
        let leds = required("leds", example: "0-29")?.ledRange(group: group ?? 1)
        let limit = self["limit"]?.milliamperes()
        var order: ChannelOrder?
        if let field = self["order"] {
            let letters = String(ChannelOrder.letters(of: channels))
            guard let text = field.text("an order", example: letters) else { return nil }
            order = ChannelOrder(text: text, of: channels)
            if order == nil {
                field.fail(
                    .malformed, "is no order of \(channels.rawValue)",
                    allowed: "each of \(letters) stands once, and - for a byte that drives nothing",
                    remedy: field.write(letters))
                return nil
            }
        }
        if case .apa102 = line {
            if let order, order.channels.count != 3 {
                self["order"]?.fail(
                    .outOfRange, "has \(order.channels.count) bytes", allowed: "these chips have three",
                    remedy: "Fill up with -, or remove channels")
                return nil
            }
            if order == nil, channels != .rgb {
                missing(
                    "order", problem: "is missing", remedy: "Write which of the three bytes drives what: order: W--")
                return nil
            }
        }
        guard let leds else { return nil }
        return .strip(StripPart(line, leds: leds, chip: chip, order: order, limit: limit, priority: priority))
    }

    /// What the `pwm` driver needs, for a bar of `count` channels.
    fileprivate func pwmPins(count: Int) -> PWMPins? {
        let chip = required("chip", example: "0")?.integer(in: 0...255, "a PWM chip's number", example: "0")
        let channels = some(
            "channel", "channels", count: count, example: { "\($0)" },
            read: { $0.integer(in: 0...255, "a PWM channel", example: "0") })
        let range = PWMPins.frequencyRange
        let frequency = self["frequency"]?
            .integer(
                in: range.lowerBound.value...range.upperBound.value, "a frequency in hertz", unit: "Hz",
                example: "3000Hz")
        let isInverted = self["inverted"]?
            .choice("whether low is on", of: [(name: "true", value: true), (name: "false", value: false)])
        guard let chip, let channels else { return nil }
        return PWMPins(
            chip: chip, channels: channels, frequency: frequency.map(Hertz.init) ?? PWMPins.defaultFrequency,
            isInverted: isInverted ?? false)
    }

    /// What the `led` driver needs, for a bar of `count` channels.
    fileprivate func ledNames(count: Int) -> [String]? {
        func read(_ field: Field) -> String? {
            guard let name = field.text("an LED's name", example: "stair", limit: 63) else { return nil }
            guard !name.contains("/"), name != ".", name != ".." else {
                field.fail(
                    .malformed, "is no name", allowed: "a name as ls /sys/class/leds lists it",
                    remedy: field.write("stair"))
                return nil
            }
            return name
        }
        return some("name", "names", count: count, mayBeOne: true, example: { "led\($0)" }, read: read)
    }

    /// One value, or a list of `count`.
    private func some<Value: Hashable>(
        _ one: String, _ many: String, count: Int, mayBeOne: Bool = false, example: (Int) -> String,
        read: (Field) -> Value?
    ) -> [Value]? {
        let list = "[" + (0..<count).map(example).joined(separator: ", ") + "]"
        if let field = self[one] {
            if let other = self[many] {
                other.fail(
                    .conflict, "stands beside \(one)", allowed: "one of the two", remedy: "Remove \(one) or \(many)")
                return nil
            }
            guard count == 1 || mayBeOne else {
                field.fail(
                    .conflict, "is one and the bar has \(count) channels", allowed: "a bar has one for each channel",
                    remedy: "Write \(many): \(list), for instance")
                return nil
            }
            return read(field).map { [$0] }
        }
        guard let field = self[many] else {
            if count == 1 || mayBeOne {
                missing(one, remedy: "Write \(one): \(example(0)), for instance")
            } else {
                missing(many, remedy: "Write \(many): \(list), for instance")
            }
            return nil
        }
        guard let items = field.list(of: many, example: list) else { return nil }
        guard items.count == count else {
            field.fail(
                .conflict, "has \(items.count) and the bar has \(count) channels",
                allowed: "a bar has one for each channel", remedy: field.write(list))
            return nil
        }
        let values = items.compactMap(read)
        guard values.count == count else { return nil }
        if Set(values).count < count {
            field.fail(.duplicate, "has one twice", allowed: "each channel has its own", remedy: field.write(list))
            return nil
        }
        return values
    }
}
