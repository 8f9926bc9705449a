internal import Lighting
internal import Mesh

/// A node as a fleet agent meets it: it answers probes, restarts, reboots and updates, and fails.
struct SimulatedFleetNode: Sendable {
    /// What mends a fault.
    enum Remedy: Sendable, CaseIterable {
        case restart
        case reboot
        case nothing
    }

    let name: String
    var sensors: [String] = []
    var version = "1"
    var boot = 0
    var isRunning = false
    var isHung = false
    /// What its bar's fault is mended by; nil: it has none.
    var fault: Remedy?
    var configuration: PlacesMessage?
    /// The actions that this boot has done and is doing.
    var taken = ActionMemory()
    /// When it ceased to do its work; nil: it does.
    var failedAt: MeshInstant?
    /// Whether it was found Unhealthy since.
    var isDetected = false
    /// When it last did not do its work.
    var lastFailed: MeshInstant?
    /// When it last reported its health.
    var reportedAt = MeshInstant.distantPast
    /// Whether what is run before each start goes back to the version before, if that didn't come to life.
    var goesBack = true
    /// The version before an update that isn't proved yet.
    var former: String?

    init(name: String) { self.name = name }

    var bootId: String { "\(name)-boot-\(boot)" }

    var isWorking: Bool { isRunning && !isHung && fault == nil && version != "dark" }

    func status(_ state: NodeStatus.State, started: MeshInstant, connection: Int) -> NodeStatus {
        NodeStatus(
            state: state, bootId: bootId, started: started.nanoseconds, connection: connection, version: version,
            bars: [.init(name: "bar", channels: "white")], sensors: sensors.map { .init(name: $0, driver: "gpio") },
            synchronised: false, priority: 0)
    }

    func report(at now: MeshInstant) -> HealthMessage {
        let isLit = fault == nil && version != "dark"
        var checks = [
            HealthMessage.Check(
                .bar, of: "bar", healthy: isLit, value: 0,
                detail: isLit ? nil : "no answer from the driver")
        ]
        if let configuration {
            checks.append(
                .init(.configuration, healthy: true, value: 0, detail: "\(configuration.revision)"))
        }
        return HealthMessage(at: now.nanoseconds, uptimeSeconds: 1, checks: checks)
    }
}
