internal import Configuration
internal import Lighting
internal import Mesh

/// What bars showed last at rest, kept in a file, for those that are to show it when the agent starts again.
struct LightMemory {
    private struct Shown: Codable, Equatable {
        var level: Double
        var colour: String
    }

    private let path: String
    private var lights: [String: Shown] = [:]

    /// The memory of `node` in `directory`.
    init(directory: String, node: String) {
        path = "\(directory)/\(node)-lights.json"
        // What can't be read was never known.
        if let bytes = StateCache.read(path), let lights = try? JSON.decode([String: Shown].self, from: bytes) {
            self.lights = lights
        }
    }

    /// What the bar showed last; nil where nothing is known.
    func light(of bar: String) -> Light? {
        guard let shown = lights[bar], let colour = Colour(text: shown.colour) else { return nil }
        return Light(lightness: Lightness(shown.level), colour: colour)
    }

    /// Remembers what bars show.
    ///
    /// - Returns: why it couldn't be written.
    mutating func keep(_ shown: [(bar: String, light: Light)]) -> String? {
        var changed = lights
        for (bar, light) in shown { changed[bar] = Shown(level: light.lightness.value, colour: light.colour.text) }
        guard changed != lights else { return nil }
        lights = changed
        return StateCache.replace(path, with: JSON.encode(lights))
    }
}
