internal import Glibc
internal import Lighting
internal import Mesh

/// What an agent's bars show as it gives way to its successor, who goes on from there: in the environment, which an exec
/// keeps.
enum HandedLights {
    private static let variable = "FOOTLIGHT_LIGHTS"

    /// What the predecessor's bars showed, by `node/bar`; once.
    static func take() -> [String: Light] {
        guard let text = getenv(variable).map({ String(cString: $0) }) else { return [:] }
        unsetenv(variable)
        let bytes = Array(text.utf8)
        let shown = (try? JSON.decode([String: ShownLight].self, from: bytes, within: .keptFile)) ?? [:]
        return shown.compactMapValues(\.light)
    }

    /// Hands on what bars show.
    static func leave(_ lights: [String: Light]) {
        setenv(variable, String(decoding: JSON.encode(lights.mapValues(ShownLight.init)), as: UTF8.self), 1)
    }
}
