internal import Configuration
internal import Lighting
internal import Mesh

/// What bars showed last at rest, kept in a file, for those that are to show it when the agent starts again.
struct LightMemory {
    private let path: String
    private var lights: [String: ShownLight] = [:]

    /// The memory of `node` in `directory`.
    init(directory: String, node: String) {
        path = "\(directory)/\(node)-lights.json"
        // What can't be read was never known.
        if let bytes = StateCache.read(path),
            let lights = try? JSON.decode([String: ShownLight].self, from: bytes, within: .keptFile)
        {
            self.lights = lights
        }
    }

    /// What the bar showed last; nil where nothing is known.
    func light(of bar: String) -> Light? { lights[bar]?.light }

    /// Remembers what bars show.
    ///
    /// - Returns: why it couldn't be written.
    mutating func keep(_ shown: [(bar: String, light: Light)]) -> String? {
        var changed = lights
        for (bar, light) in shown { changed[bar] = ShownLight(light) }
        guard changed != lights else { return nil }
        lights = changed
        return StateCache.replace(path, with: JSON.encode(lights))
    }
}
