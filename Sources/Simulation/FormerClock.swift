internal import Lighting
internal import Mesh

/// A clock that a node had and has no more, as it would have gone on.
struct FormerClock: Sendable {
    var oscillator: Oscillator
    var line: MeshClockCore.Line

    func mesh(at truth: MeshInstant) -> MeshInstant { line.mesh(at: oscillator.monotonic(at: truth)) }
}
