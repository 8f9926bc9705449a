internal import Fleet
internal import Lighting

/// A fleet agent's process.
struct SimulatedFleetAgent: Sendable {
    let name: String
    /// How far its clock is ahead.
    let clockOffset: Duration
    var core: FleetCore?
    var boot = 0
    var isPaused = false
    var held: [FleetEvent] = []
    var wakeAt: MeshInstant?

    init(name: String, clockOffset: Duration) {
        self.name = name
        self.clockOffset = clockOffset
    }
}
