internal import Lighting
internal import Mesh

/// One person's walk through a calm zone, as it happened.
struct WalkTruth: Sendable {
    let plan: Scenario.Walk
    /// The zone that was walked through; nil where it was not calm and dark.
    var zone: Zone?
    var firstEdge = MeshInstant.distantPast
    var secondEdge = MeshInstant.distantPast
    var lastMotion = MeshInstant.distantPast

    /// How far the clocks of the sensors' nodes may have been off at the edges and the last motion.
    var bound = Duration.zero

    /// By which clocks both of them went all the time.
    var clocks: [MeshClockCore.Identity] = []

    /// Whether who goes by `others` goes by the same.
    func shares(_ others: [MeshClockCore.Identity]) -> Bool { clocks.contains { others.contains($0) } }

    init(plan: Scenario.Walk) { self.plan = plan }
}
