/// What a bar shows: how bright, and in which colour.
public struct Light: Sendable, Hashable {
    /// How bright it looks.
    public var lightness: Lightness
    /// In which colour.
    public var colour: Colour

    /// A light.
    public init(lightness: Lightness, colour: Colour) {
        self.lightness = lightness
        self.colour = colour
    }

    /// No light, which is yet of a colour so that what comes next need not travel there from another.
    public static func dark(_ colour: Colour) -> Light { Light(lightness: .dark, colour: colour) }

    /// The light at `fraction` (0…1) of the way from `a` to `b`. A dark end lends no colour.
    public static func between(_ a: Light, _ b: Light, at fraction: Double) -> Light {
        let colour: Colour
        if a.lightness == .dark {
            colour = b.colour
        } else if b.lightness == .dark {
            colour = a.colour
        } else {
            colour = .between(a.colour, b.colour, at: fraction)
        }
        return Light(lightness: .between(a.lightness, b.lightness, at: fraction), colour: colour)
    }

    /// The light of a bar that stands in two zones: as bright as the brighter, in a colour that changes without a jump
    /// when one of the two comes or goes.
    public static func together(_ a: Light, _ b: Light) -> Light {
        let sum = a.lightness.value + b.lightness.value
        guard sum > 0 else { return a }
        return Light(
            lightness: max(a.lightness, b.lightness),
            colour: .between(a.colour, b.colour, at: b.lightness.value / sum))
    }
}
