/// The light that a bar shows: its lightness and its colour.
public struct Light: Sendable, Hashable {
    /// The brightness that it appears to have.
    public var lightness: Lightness
    /// The colour.
    public var colour: Colour
    /// The colour at the bar's far end, with all between the two along it; nil: the same.
    public var farColour: Colour?

    /// A light.
    public init(lightness: Lightness, colour: Colour, farColour: Colour? = nil) {
        self.lightness = lightness
        self.colour = colour
        self.farColour = farColour
    }

    /// All that a bar has, warm white.
    public static let full = Light(lightness: .full, colour: .warmWhite)

    /// Returns the light that the pixel at `place` shows, 0 (the bar's beginning) … 1 (its far end).
    public func pixel(at place: Double) -> Light {
        guard let farColour else { return self }
        return Light(lightness: lightness, colour: .between(colour, farColour, at: place))
    }

    /// No light, which is yet of a colour so that what comes next need not travel there from another.
    public static func dark(_ colour: Colour) -> Light { Light(lightness: .dark, colour: colour) }

    /// The light at `fraction` (0…1) of the way from `a` to `b`. A dark end lends no colour.
    public static func between(_ a: Light, _ b: Light, at fraction: Double) -> Light {
        let lightness = Lightness.between(a.lightness, b.lightness, at: fraction)
        if a.lightness == .dark { return Light(lightness: lightness, colour: b.colour, farColour: b.farColour) }
        if b.lightness == .dark { return Light(lightness: lightness, colour: a.colour, farColour: a.farColour) }
        return mixed(a, b, at: fraction, lightness)
    }

    /// The light of a bar that stands in two zones: as bright as the brighter, in a colour that changes without a jump
    /// when one of the two comes or goes.
    public static func together(_ a: Light, _ b: Light) -> Light {
        let sum = a.lightness.value + b.lightness.value
        guard sum > 0 else { return a }
        return mixed(a, b, at: b.lightness.value / sum, max(a.lightness, b.lightness))
    }

    private static func mixed(_ a: Light, _ b: Light, at fraction: Double, _ lightness: Lightness) -> Light {
        var light = Light(lightness: lightness, colour: .between(a.colour, b.colour, at: fraction))
        if a.farColour != nil || b.farColour != nil {
            light.farColour = .between(a.farColour ?? a.colour, b.farColour ?? b.colour, at: fraction)
        }
        return light
    }
}
