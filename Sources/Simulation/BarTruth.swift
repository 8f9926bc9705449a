internal import Lighting
internal import Mesh

/// The bar of a walk that the others' going off is held against.
struct BarTruth: Sendable {
    /// When the zone's wave of going off began, as seen from this bar.
    let expected: MeshInstant
    /// How far that may be wrong.
    let bound: Duration
    /// The wave's time from its beginning to this bar.
    let away: Duration
    let node: Int
    /// By which clocks it went.
    let clocks: [MeshClockCore.Identity]
}
