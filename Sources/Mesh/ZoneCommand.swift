public import Lighting

/// A manual command as it comes on `zone/<zone>/set`: from the command line, from Home Assistant's JSON light schema,
/// or as a bare word or percentage. What it doesn't name stays as it is.
public struct ZoneCommand: Sendable, Hashable {
    /// The request that a command makes.
    public enum Mode: Sendable, Hashable {
        /// Light; nil: as it is by the command in force, else as the zone's look.
        case on(brightness: Lightness?, colour: Colour?)
        /// No light.
        case off
        /// Light as the sensors have it.
        case auto
        /// The other of on and off.
        case toggle
    }

    /// The request; from when, and what of it stays as it is, is for the zone's keeper to say.
    public var mode: Mode
    /// The bar that it is for, by its name in the zone; nil: all of them.
    public var bar: String?
    /// The way in which it ends; nil: as the zone has it, or the command in force whose light it only changes.
    public var ending: Ending?
    /// The time that the change takes; nil: as the zone's look. 0…60 s.
    public var ease: Duration?
    /// The time for which the light only flashes, to go on then as it was; nil: it doesn't.
    public var flash: Duration?
    /// A name that the sender finds again in the override.
    public var id: String?

    /// How long a flash may last.
    static let flashRange = Duration.seconds(1)...Duration.seconds(60)

    /// A command.
    public init(
        mode: Mode, bar: String? = nil, ending: Ending? = nil, ease: Duration? = nil, flash: Duration? = nil,
        id: String? = nil
    ) {
        self.mode = mode
        self.bar = bar
        self.ending = ending
        self.ease = ease
        self.flash = flash
        self.id = id
    }

    /// The command in a message.
    ///
    /// - Throws: ``MessageError``.
    public init(payload: [UInt8]) throws(MessageError) { self = try ZoneCommand.read(payload).command }

    /// The command in a message, without what only a later contract has, and what of it is taken otherwise than asked.
    ///
    /// - Throws: ``MessageError``.
    static func read(
        _ payload: [UInt8]
    ) throws(MessageError) -> (command: ZoneCommand, tolerance: Tolerance, note: String?) {
        let text = PlainPayload.text(payload)
        guard text.hasPrefix("{") || text.hasPrefix("[") else {
            return (ZoneCommand(mode: try mode(ofPlain: text)), Tolerance(nil), nil)
        }
        let fields = try JSON.decode(Fields.self, from: payload)
        var tolerance = Tolerance(fields.contract)
        var notes: [String] = []
        let command = try ZoneCommand(fields, &tolerance, &notes)
        return (command, tolerance, notes.isEmpty ? nil : notes.joined(separator: "; "))
    }

    /// The id of a command that may be broken otherwise.
    static func id(in payload: [UInt8]) -> String? {
        guard case .text(let id) = try? JSON.scalar(at: JSONPath("id"), in: payload) else { return nil }
        return Excerpt.of(id, limit: 64)
    }

    /// The message for this command.
    public var payload: [UInt8] {
        var fields = Fields()
        fields.contract = Version.contract
        switch mode {
        case .on(let brightness, let colour):
            fields.state = "on"
            fields.level = brightness?.value
            fields.colour = colour?.text
        case .off: fields.state = "off"
        case .auto: fields.state = "auto"
        case .toggle: fields.state = "toggle"
        }
        fields.flash = flash?.seconds
        fields.bar = bar
        switch ending {
        case .after(let time): fields.forSeconds = time.seconds
        case .absence(.empty): fields.until = Ending.Absence.empty.rawValue
        default: fields.lasts = ending?.name
        }
        fields.easeSeconds = ease?.seconds
        fields.id = id
        return JSON.encode(fields)
    }

    private struct Fields: Codable {
        struct RGB: Codable {
            var r: Double
            var g: Double
            var b: Double
        }
        var state: String?
        var level: Double?
        var colour: String?
        var bar: String?
        var forSeconds: Double?
        var lasts: String?
        var until: String?
        var easeSeconds: Double?
        var id: String?
        var contract: Int?
        // Home Assistant's own.
        var brightness: Double?
        var color: RGB?
        var colorTemperature: Double?
        var transition: Double?
        var effect: String?
        var flash: Double?

        enum CodingKeys: String, CodingKey {
            case state, level, colour, bar, forSeconds, until, easeSeconds, id, brightness, color, transition, effect,
                flash
            case colorTemperature = "color_temp"
            case lasts = "for"
            case contract = "protocol"
        }
    }

    private static func mode(of word: String) -> Mode? {
        switch word.lowercased() {
        case "on": .on(brightness: nil, colour: nil)
        case "off": .off
        case "auto": .auto
        case "toggle": .toggle
        default: nil
        }
    }

    /// What small boards, switches and sliders send: a word, with or without quotes, or a percentage.
    private static func mode(ofPlain text: String) throws(MessageError) -> Mode {
        let word =
            text.count > 2 && text.hasPrefix("\"") && text.hasSuffix("\"") ? text.dropFirst().dropLast() : text[...]
        if let mode = mode(of: String(word)) { return mode }
        switch word.lowercased() {
        case "true": return .on(brightness: nil, colour: nil)
        case "false": return .off
        default: break
        }
        let digits = word.hasSuffix("%") ? word.dropLast() : word
        if let percent = Double(digits), (0...100).contains(percent) {
            return percent == 0 ? .off : .on(brightness: Lightness(percent / 100), colour: nil)
        }
        throw MessageError(
            .outOfRange, field: "",
            reason: "\"\(text.prefix(40))\" is none of on, off, toggle, auto, true, false, a percentage from 0 to 100, "
                + "JSON: {\"state\": \"on\", \"level\": 0.4} or Home Assistant's (docs/protocol.md)")
    }

    private init(_ fields: Fields, _ tolerance: inout Tolerance, _ notes: inout [String]) throws(MessageError) {
        if let effect = fields.effect, !["auto", "off", "none"].contains(effect.lowercased()) {
            notes.append("effect: \"\(Excerpt.of(effect, limit: 40))\" is none of auto, off; left out")
        }
        let word = fields.effect?.lowercased() == "auto" ? "auto" : fields.state ?? "on"
        guard var mode = ZoneCommand.mode(of: word) else {
            throw MessageError(
                .outOfRange, field: "state", reason: "\"\(word.prefix(40))\" is none of on, off, toggle, auto")
        }
        if case .on = mode {
            var brightness: Lightness?
            if let level = fields.level {
                brightness = try tolerance.read(check(level, within: 0...1, field: "level"), or: nil)
                    .map { Lightness($0) }
            } else if let of255 = fields.brightness {
                brightness = Lightness(try check(of255, within: 0...255, field: "brightness") / 255)
            }
            let colour = try tolerance.read(ZoneCommand.colour(fields), or: nil)
            mode = .on(brightness: brightness, colour: colour)
        }
        if let bar = fields.bar, Name.place(bar) == nil {
            throw MessageError(.outOfRange, field: "bar", reason: "is not node or node/bar")
        }
        if let id = fields.id, id.utf8.count > 64 {
            throw MessageError(.outOfRange, field: "id", reason: "is longer than 64 bytes")
        }
        self.init(mode: mode, bar: fields.bar, id: fields.id)
        if let seconds = fields.forSeconds {
            ending = .after(try checkSeconds(seconds, within: Ending.range, field: "forSeconds"))
        } else if let word = fields.lasts ?? fields.until {
            let field = fields.lasts == nil ? "until" : "for"
            ending = try tolerance.read(ZoneCommand.ending(word, field: field), or: nil)
        }
        if let seconds = fields.easeSeconds {
            ease = try tolerance.read(checkSeconds(seconds, within: Look.easeRange, field: "easeSeconds"), or: nil)
        } else if let seconds = fields.transition {
            let longest = Look.easeRange.upperBound
            if seconds > longest.seconds {
                notes.append("transition: \(seconds) s is more than \(longest.seconds) s; taken as that")
            }
            ease = try checkSeconds(min(seconds, longest.seconds), within: Look.easeRange, field: "transition")
        }
        if let seconds = fields.flash, case .on = mode {
            flash = try checkSeconds(seconds, within: ZoneCommand.flashRange, field: "flash")
        }
    }

    private static func ending(_ word: String, field: String) throws(MessageError) -> Ending? {
        guard let known = Ending.named.first(where: { $0.name == word.lowercased() }) else {
            throw MessageError(
                .outOfRange, field: field,
                reason: "\"\(word.prefix(40))\" is none of \(Ending.named.map(\.name).joined(separator: ", ")); "
                    + "a time is forSeconds")
        }
        return known.ending
    }

    private static func colour(_ fields: Fields) throws(MessageError) -> Colour? {
        if let text = fields.colour { return try checkColour(text, field: "colour") }
        if let rgb = fields.color {
            func byte(_ value: Double, _ name: String) throws(MessageError) -> UInt8 {
                UInt8(try check(value, within: 0...255, field: "color." + name).rounded())
            }
            return .rgb(red: try byte(rgb.r, "r"), green: try byte(rgb.g, "g"), blue: try byte(rgb.b, "b"))
        }
        // Mireds as long as they are that small; newer Home Assistants may send kelvin.
        guard let value = fields.colorTemperature else { return nil }
        let temperature = try check(value, within: 100...10_000, field: "color_temp")
        if temperature >= 1000 { return .temperature(Kelvin(clamping: temperature)) }
        // A whole number of them is what Home Assistant leaves of somebody's kelvin.
        return .temperature(Int(exactly: temperature).map { Kelvin(wholeMired: $0) } ?? Kelvin(mired: temperature))
    }
}
