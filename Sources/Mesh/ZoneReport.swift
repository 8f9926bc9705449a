public import Lighting

/// The zone as one light, for people and for Home Assistant (whose field names are the second half).
public struct ZoneReport: Payload, Hashable {
    /// The reason it is lit: `motion`, `manual`; `standby`, or `idle`, when it isn't, with or without a guide light.
    public var reason: String
    /// `auto`, or `on` or `off` by a manual command.
    public var mode: String
    /// True if a sensor sees motion or did within the hold time.
    public var motion: Bool
    /// The brightness, 0…1.
    public var level: Double
    /// The colour of the light.
    public var colour: String
    /// The instant until which a manual command holds, nanoseconds of mesh time; nil: none does, or it names no instant.
    public var until: Int64?

    /// `ON` or `OFF`.
    public var state: String
    /// The brightness, 0…255.
    public var brightness: Int
    /// `color_temp` or `rgb`, or `brightness` where the bars can show neither.
    public var colorMode: String
    /// Home Assistant's word for what commands and sensors decide: `auto`, or `off` while a command does.
    public var effect: String?
    /// The colour temperature in mired, if it is one.
    public var colorTemp: Int?
    /// The colour in 8-bit sRGB, if it isn't a temperature.
    public var color: [String: Int]?

    enum CodingKeys: String, CodingKey {
        case reason, mode, motion, level, colour, until, state, brightness, color, effect
        case colorMode = "color_mode"
        case colorTemp = "color_temp"
    }

    /// - Throws: ``MessageError`` for a brightness that none can be.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {
        _ = try check(level, within: 0...1, field: "level")
        _ = try check(brightness, within: 0...255, field: "brightness")
    }

    /// The report of a zone at an instant.
    ///
    /// - Parameter modes: the light that its bars can show.
    public init(_ zone: ZoneState, modes: LightModes = .all, at now: MeshInstant) {
        let (light, reason) = zone.asOneLight(at: now)
        switch reason {
        case .idle: self.reason = zone.standbyLevel(at: now) > .dark ? "standby" : "idle"
        case .motion: self.reason = "motion"
        case .manual: self.reason = "manual"
        }
        mode = reason == .manual ? (light.lightness > .dark ? "on" : "off") : "auto"
        effect = mode == "auto" ? "auto" : "off"
        motion = zone.isHeld(at: now)
        level = light.lightness.value
        colour = light.colour.text
        // Of the last command: the one before ends where that begins.
        until = reason == .manual ? zone.override?.until?.nanoseconds : nil
        state = light.lightness > .dark ? "ON" : "OFF"
        // Home Assistant ignores a light that is on at 0.
        brightness = max(light.lightness > .dark ? 1 : 0, Int((light.lightness.value * 255).rounded()))
        if !modes.temperature, !modes.colour {
            colorMode = "brightness"
        } else if case .temperature(let kelvin) = light.colour {
            colorMode = "color_temp"
            colorTemp = Int(kelvin.mired.rounded())
        } else if !modes.colour {
            colorMode = "color_temp"
            colorTemp = Int(light.colour.nearestTemperature.mired.rounded())
        } else {
            colorMode = "rgb"
            let rgb = light.colour.sRGB
            color = ["r": Int(rgb.red), "g": Int(rgb.green), "b": Int(rgb.blue)]
        }
    }
}
