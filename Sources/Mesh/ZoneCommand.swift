public import Lighting

/// A manual command as it comes on `zone/<zone>/set`: from the command line, from Home Assistant's JSON light schema,
/// or as the bare word on, off or auto.
public struct ZoneCommand: Sendable, Hashable {
    /// What is asked for; `start` and `until` are for the zone's keeper to say.
    public var mode: Override.Mode
    /// The bar that it is for, by its name in the zone; nil: all of them.
    public var bar: String?
    /// How long it is in force; nil: until another command. 1 s…7 days.
    public var duration: Duration?
    /// How long the change takes; nil: as the zone's look. 0…60 s.
    public var ease: Duration?
    /// A name that the sender finds again in the override.
    public var id: String?

    /// How long a command may be in force.
    public static let durationRange = Duration.seconds(1)...Duration.seconds(7 * 86400)

    /// A command.
    public init(
        mode: Override.Mode, bar: String? = nil, duration: Duration? = nil, ease: Duration? = nil, id: String? = nil
    ) {
        self.mode = mode
        self.bar = bar
        self.duration = duration
        self.ease = ease
        self.id = id
    }

    /// The command in a message.
    ///
    /// - Throws: ``MessageError``.
    public init(payload: [UInt8]) throws(MessageError) { self = try ZoneCommand.read(payload).command }

    /// The command in a message, without what only a later contract has.
    ///
    /// - Throws: ``MessageError``.
    static func read(_ payload: [UInt8]) throws(MessageError) -> (command: ZoneCommand, tolerance: Tolerance) {
        if let mode = mode(of: String(decoding: payload.prefix(8), as: UTF8.self)) {
            return (ZoneCommand(mode: mode), Tolerance(nil))
        }
        let fields = try JSON.decode(Fields.self, from: payload)
        var tolerance = Tolerance(fields.contract)
        return (try ZoneCommand(fields, &tolerance), tolerance)
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
        }
        fields.bar = bar
        fields.forSeconds = duration?.seconds
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
        var easeSeconds: Double?
        var id: String?
        var contract: Int?
        // Home Assistant's own.
        var brightness: Double?
        var color: RGB?
        var colorTemperature: Double?
        var transition: Double?
        var effect: String?

        enum CodingKeys: String, CodingKey {
            case state, level, colour, bar, forSeconds, easeSeconds, id, brightness, color, transition, effect
            case colorTemperature = "color_temp"
            case contract = "protocol"
        }
    }

    private static func mode(of word: String) -> Override.Mode? {
        switch word.lowercased() {
        case "on": .on(brightness: nil, colour: nil)
        case "off": .off
        case "auto": .auto
        default: nil
        }
    }

    private init(_ fields: Fields, _ tolerance: inout Tolerance) throws(MessageError) {
        let word = fields.effect == "auto" ? "auto" : fields.state ?? "on"
        guard var mode = ZoneCommand.mode(of: word) else {
            throw MessageError(.outOfRange, field: "state", reason: "\"\(word.prefix(40))\" is none of on, off, auto")
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
            duration = try checkSeconds(seconds, within: ZoneCommand.durationRange, field: "forSeconds")
        }
        if let seconds = fields.easeSeconds ?? fields.transition {
            let field = fields.easeSeconds == nil ? "transition" : "easeSeconds"
            ease = try tolerance.read(checkSeconds(seconds, within: Look.easeRange, field: field), or: nil)
        }
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
        return .temperature(temperature < 1000 ? Kelvin(mired: temperature) : Kelvin(clamping: temperature))
    }
}
