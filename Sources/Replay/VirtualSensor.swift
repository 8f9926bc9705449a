import Lighting

/// A motion sensor as its node sees it, in virtual time.
struct VirtualSensor: Sendable {
    /// Its name in the zone.
    let name: String
    /// Whether it sees motion.
    var motion = false
    /// When it began to see it.
    var lastEdge = MeshInstant.distantPast
    /// It saw motion for too long: it is left out until it ceases to.
    var isLeftOut = false
}
