internal import Configuration
internal import Fleet
internal import FleetMetrics
internal import Lighting
internal import LogCapture
internal import MQTT
internal import Mesh
internal import Platform
internal import Synchronization

/// The agent: its core, which a loop on a thread of its own drives, and which others may look at.
final class FleetAgent: Sendable {
    let file: FleetFile
    /// What takes records to the backend; nil: nothing does.
    let uplink: Uplink?
    /// What is logged.
    let lines: LoggedLines
    private let core: Mutex<FleetCore>

    init(_ file: FleetFile, lines: LoggedLines) {
        self.file = file
        self.lines = lines
        uplink = file.telemetry.map { Uplink($0, site: file.site) }
        core = Mutex(FleetAgent.newCore(file))
    }

    /// The fleet as the agent sees it now. From any thread.
    func view() -> FleetView { core.withLock { $0.view(at: FleetClock.systemNow) } }

    /// Takes up an event.
    func handle(_ event: FleetEvent, at now: MeshInstant) -> [FleetAction] {
        core.withLock { $0.handle(event, at: now) }
    }

    /// Looks at the core.
    func read<Result: Sendable>(_ body: (borrowing FleetCore) -> Result) -> Result { core.withLock { body($0) } }

    /// Runs until SIGTERM or SIGINT.
    ///
    /// - Throws: `MQTTError` where it can't connect by this file.
    func run() async throws {
        uplink?.start()
        let serving = Task { await serve() }
        defer { serving.cancel() }
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let isStarted = DetachedThread.start(stackBytes: 4 << 20) {
                continuation.resume(with: Result { try self.live() })
            }
            if !isStarted {
                continuation.resume(throwing: MQTTError(.configurationInvalid, "the system has no thread to give"))
            }
        }
    }

    /// Tells of the fleet over HTTP, where the file wants that.
    private func serve() async {
        guard let address = file.http else { return }
        await MetricsServer(
            host: address.host, port: address.port, health: file.policy.health, since: FleetClock.systemNow,
            view: { self.view() }
        ).run()
    }

    private func live() throws {
        // All that the agent has to know stands at the broker: where its clock was set it begins anew.
        while try FleetLoop(self).run() == .clockWasSet {
            core.withLock { $0 = FleetAgent.newCore(file) }
        }
    }

    private static func newCore(_ file: FleetFile) -> FleetCore {
        let description = FleetDescription(
            site: file.site, id: file.id, bootId: String(UInt64.random(in: .min ... .max), radix: 16),
            started: FleetClock.systemNow, version: Version.text, priority: file.priority, policy: file.policy,
            hasOtherBrokers: file.access.brokers.count > 1)
        return FleetCore(description, at: FleetClock.systemNow)
    }
}
