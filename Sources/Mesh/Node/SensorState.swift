internal import Lighting

/// One sensor of a node: what it sees, and its register in each zone.
struct SensorState: Sendable {
    let description: NodeDescription.Sensor
    var motion = false
    var lastEdge = MeshInstant.distantPast
    var lastMotion = MeshInstant.distantPast
    /// Since when its driver has seen motion without a pause: what a command makes it see is no fault of its.
    var seenSince: MeshInstant?
    var registers: [String: SensorRegister] = [:]
    /// Why it is left out.
    var failure: String?
    /// Why it can't be read.
    var fault: String?
    /// A trigger that lasts ends then.
    var triggerUntil: MeshInstant?
    /// When its register is to be renewed while it sees motion.
    var renewDue: MeshInstant?
    /// How long it is usually quiet.
    var rhythm = SensorRhythm()
    /// Whether it has seen anything since the agent's start.
    var hasSpoken = false

    init(_ description: NodeDescription.Sensor) { self.description = description }

    /// When it counts as stuck if it goes on seeing motion.
    var stuckAt: MeshInstant? { seenSince.map { $0 + description.stuckLimit } }

    /// The next instant at which it wants attention.
    var nextDue: MeshInstant? { [triggerUntil, renewDue, stuckAt].compactMap { $0 }.min() }

    /// Why it tells nothing.
    var failed: String? { failure ?? fault }

    /// What its node publishes of it.
    func message(unsynchronised: Bool) -> SensorMessage {
        SensorMessage(
            motion: motion, lastEdge: lastEdge, lastMotion: lastMotion, failed: failed,
            unsynchronised: unsynchronised, registers: failure == nil ? registers : [:])
    }
}
