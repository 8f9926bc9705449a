internal import Lighting
internal import Mesh

/// A clock that a node had and has no more, as it would have gone on.
struct FormerClock: Sendable {
    /// Which it was.
    struct Mark: Hashable, Sendable {
        let site: String
        let clock: MeshClockCore.Identity
    }

    var oscillator: Oscillator
    var line: MeshClockCore.Line

    func mesh(at truth: MeshInstant) -> MeshInstant { line.mesh(at: oscillator.monotonic(at: truth)) }
}
