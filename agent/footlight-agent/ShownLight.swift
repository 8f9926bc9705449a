internal import Lighting

/// A light as it is written down.
struct ShownLight: Codable, Equatable {
    private var level: Double
    private var colour: String

    init(_ light: Light) {
        level = light.lightness.value
        colour = light.colour.text
    }

    /// The light; nil where the colour is none.
    var light: Light? { Colour(text: colour).map { Light(lightness: Lightness(level), colour: $0) } }
}
