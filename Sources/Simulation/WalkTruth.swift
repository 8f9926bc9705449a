internal import Lighting

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

    init(plan: Scenario.Walk) { self.plan = plan }
}
