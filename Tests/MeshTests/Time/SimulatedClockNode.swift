import Lighting

@testable import Mesh

/// A node of the simulation: its clocks, and the core that is tested.
struct SimulatedClockNode: Sendable {
    let name: String
    var oscillator: SimulatedOscillator
    /// The system's clock less true time.
    var systemError: Int64
    var isSynchronised: Bool
    var core: MeshClockCore?
    /// Counts the lives of the agent.
    var life = 0
    var isConnected = false
    /// Which side of the partition it is on.
    var side = 0
    var connectedAt: Int64?
    var usableAfter: Int64?
    var lastMesh: Int64 = .min
    var timer: Int64 = .max
}
