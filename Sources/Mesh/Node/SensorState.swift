internal import Lighting

/// One sensor of a node: what it sees, and its register in each zone.
struct SensorState: Sendable {
    let description: NodeDescription.Sensor
    var motion = false
    var lastEdge = MeshInstant.distantPast
    var lastMotion = MeshInstant.distantPast
    /// Since when its driver has seen motion without a pause, or without another sign of life: what a command makes it see
    /// is no fault of its.
    var seenSince: MeshInstant?
    /// Whether it has paused, or said something, since the agent's start: it isn't stuck as it was before that.
    var isProven = false
    var registers: [String: SensorRegister] = [:]
    /// Whether what it says was said before the agent's start, by a clock that was right.
    var isRecalled = false
    /// Whether what it recalls has moved along with this node's clock since.
    var hasMoved = false
    /// Why it is left out: it is stuck.
    var failure: String?
    /// Whether what it saw last was while it was stuck, and counts for nothing any more.
    var isDiscredited = false
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
    /// What is known of it that speaks on a topic, and when it last did.
    var hearing = SensorHearing()
    var heardAt: MeshInstant?

    init(_ description: NodeDescription.Sensor) { self.description = description }

    /// When it counts as stuck if it goes on seeing motion.
    var stuckAt: MeshInstant? {
        // As long as somebody says that it can be reached, what it said last holds.
        hearing.isOnline == true ? nil : seenSince.map { $0 + description.stuckLimit }
    }

    /// The next instant at which it wants attention.
    var nextDue: MeshInstant? { [triggerUntil, renewDue, stuckAt].compactMap { $0 }.min() }

    /// Why it tells nothing.
    var failed: String? { failure ?? fault ?? hearing.trouble }

    /// What its node publishes of it.
    func message(unsynchronised: Bool) -> SensorMessage {
        SensorMessage(
            motion: motion, lastEdge: lastEdge, lastMotion: lastMotion, failed: failed,
            stuck: failure != nil, unsynchronised: unsynchronised, recalled: isRecalled,
            registers: failure == nil ? registers : [:])
    }
}
