internal import Configuration
internal import Glibc
internal import Hardware
internal import Logging
internal import MQTT

/// The loop: one thread that waits for sockets, signals and instants, and attends to the nodes.
final class Agent {
    private let poller: Poller
    private let nodes: [NodeRuntime]
    private let log = Logger(label: "agent")

    /// - Throws: ``AgentError``, `MQTTError`.
    init(_ file: AgentFile) throws {
        poller = try Poller()
        let state = file.stateDirectory ?? getenv("STATE_DIRECTORY").map { String(cString: $0) }
        nodes = try file.nodes.map { try NodeRuntime($0, of: file, stateDirectory: state) }
    }

    /// Runs until SIGTERM or SIGINT; a second one ends it at once.
    func run() throws {
        if !RealTime.request() { log.debug("no real-time priority; frames may be late when the board is busy") }
        var interests: [Poller.Interest] = []
        var ready: [(readable: Bool, writable: Bool)] = []
        var stopping = false
        while true {
            let now = SystemClock.monotonicNow
            if stopping, !nodes.map({ $0.isDone(now: now) }).contains(false) { return }
            interests = nodes.map {
                Poller.Interest(descriptor: $0.connection.descriptor ?? -1, wantsWrite: $0.connection.wantsWrite)
            }
            interests += nodes.map { Poller.Interest(descriptor: $0.gpioSensors.descriptor, wantsWrite: false) }
            let deadline = nodes.map(\.deadline).min() ?? .max
            let outcome = poller.wait(interests, until: deadline)
            ready = outcome.ready
            let then = SystemClock.monotonicNow
            for signal in outcome.signals {
                if signal == SIGUSR1 {
                    for node in nodes { node.triggerSimulatedSensors(now: then) }
                } else if stopping {
                    return
                } else {
                    stopping = true
                    for node in nodes { node.stop(now: then) }
                }
            }
            for (index, node) in nodes.enumerated() {
                node.attend(
                    readable: ready[index].readable, writable: ready[index].writable,
                    edges: ready[nodes.count + index].readable, now: then)
            }
        }
    }
}
