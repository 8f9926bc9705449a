internal import Configuration
internal import Lighting
internal import Mesh
internal import Platform

/// What bars showed last at rest, kept in a file, for those that are to show it when the agent starts again.
struct LightMemory {
    private let file: KeptFile
    private var lights: [String: ShownLight] = [:]

    /// The memory of `node` in `directory`.
    init(directory: String, node: String) {
        let path = "\(directory)/\(node)-lights.json"
        file = KeptFile(path)
        // What can't be read was never known.
        if let bytes = WholeFile.read(path),
            let lights = try? JSON.decode([String: ShownLight].self, from: bytes, within: .keptFile)
        {
            self.lights = lights
        }
    }

    /// What the bar showed last; nil where nothing is known.
    func light(of bar: String) -> Light? { lights[bar]?.light }

    /// When ``attend(at:)`` is to be called, on the monotonic clock.
    var nextDue: Int64 { file.nextDue }

    /// Why it can't be saved, and since when (on the monotonic clock) it isn't; nil: it can.
    var failure: (reason: String, since: Int64)? { file.failure }

    /// Remembers what bars show, for now in memory only.
    mutating func keep(_ shown: [(bar: String, light: Light)], at now: Int64) {
        var changed = lights
        for (bar, light) in shown { changed[bar] = ShownLight(light) }
        guard changed != lights else { return }
        lights = changed
        file.changed(at: now)
    }

    /// Writes what is new to the file once that is due, without waiting for the disk.
    func attend(at now: Int64) -> KeptFile.News? {
        let lights = lights
        return file.attend(at: now) { JSON.encode(lights) }
    }

    /// The program ends: writes what is new.
    ///
    /// - Returns: why it couldn't be written.
    func finish() -> String? { file.finish { JSON.encode(lights) } }
}
