internal import Configuration
internal import Glibc
internal import Hardware
internal import Lighting
internal import LogCapture
internal import Logging
internal import MQTT
internal import Mesh
internal import NodeFile
internal import Platform
internal import Telemetry

/// The loop: one thread that waits for sockets, signals and instants, and attends to the nodes that these are of.
final class Agent {
    private let poller: Poller
    private let nodes: [NodeRuntime]
    private let wire: WireRuntime?
    private let programs = ProgramRunner()
    private var trial: UpdateTrial
    /// When each node wants attention, on the monotonic clock.
    private var deadlines: [Int64]
    /// Which descriptor of each node is watched for writing too.
    private var watchedForWriting: [Bool]
    /// How many of the nodes have been let connect, and which of them haven't got anywhere yet.
    private var started = 0
    private var joining: [Int] = []
    private let log = Logger(label: "agent")
    private let lines: LoggedLines
    /// How urgently it works, if it has real-time priority at all.
    private var pace: WorkPace?
    private var timesExceeded = 0

    /// So many nodes join the mesh at a time: each is told of all others, and a hundred at once would keep the broker
    /// busy for longer than a broker may be silent.
    private static let joiningAtATime = 4

    /// - Parameters:
    ///   - zones: the site, where the broker doesn't tell of it.
    ///   - lines: what is logged.
    /// - Throws: ``AgentError``, `MQTTError`.
    init(_ file: AgentFile, zones: SiteFile?, lines: LoggedLines) throws {
        self.lines = lines
        do { poller = try Poller(signals: [SIGTERM, SIGINT, SIGUSR1, SIGCHLD]) } catch {
            throw AgentError(description: "\(error)")
        }
        // Where what runs before the next start looks for it.
        let serviceState = getenv("STATE_DIRECTORY").map { String(cString: $0) }
        let state = file.stateDirectory ?? serviceState
        trial = UpdateTrial(directory: serviceState ?? file.stateDirectory, at: MonotonicClock.now)
        let wire = file.wire.map { WireRuntime($0, node: file.nodes[0].name, log: Logger(label: "agent")) }
        self.wire = wire
        let programs = programs
        let handed = HandedLights.take()
        let nodes = try file.nodes.map {
            try NodeRuntime(
                $0, of: file, zones: zones, wire: wire, programs: programs, handed: handed, stateDirectory: state)
        }
        self.nodes = nodes
        deadlines = nodes.map(\.deadline)
        watchedForWriting = nodes.map { _ in false }
        wire?.hear = { signal, edge in
            for node in nodes { node.hear(signal, edge: edge, at: MonotonicClock.now) }
        }
        // A node's sensors have their own descriptors, whose owners' numbers come after those of all nodes and of the wire.
        for (index, node) in nodes.enumerated() {
            for (sensors, descriptor) in [node.motionSensors.descriptor, node.lightSensors.descriptor].enumerated()
            where descriptor >= 0 {
                guard poller.watch(descriptor, for: 1 + nodes.count * (sensors + 1) + index, forWriting: false) else {
                    throw AgentError(description: "can't watch sensors: \(String(cString: strerror(errno)))")
                }
            }
        }
    }

    /// Why it ended.
    enum Ending {
        case stopped
        /// Another agent was installed, which is to take over.
        case succeeded
    }

    /// Runs until SIGTERM or SIGINT (a second one ends it at once), or until there is a successor.
    func run() throws -> Ending {
        if RealTime.request() {
            pace = WorkPace(at: MonotonicClock.now)
        } else {
            log.debug("no real-time priority; frames may be late when the board is busy")
        }
        var stopping = false
        var ending = Ending.stopped
        while true {
            startNodes()
            if let wayBack = programs.wayBack, !stopping {
                if let why = trial.begin(wayBack: wayBack) {
                    log.warning("no way back if the next version doesn't come to life: \(why)")
                }
                stopping = true
                ending = .succeeded
                for node in nodes { node.giveWay() }
            }
            if stopping {
                let now = MonotonicClock.now
                if !nodes.map({ $0.isDone(now: now) }).contains(false) { return ending }
                for index in nodes.indices { arrange(index) }
            }
            watchWire()
            let due = min(deadlines.min() ?? .max, wire?.deadline ?? .max, trial.due)
            keepPace(until: due)
            let began = MonotonicClock.now
            poller.wait(until: due)
            let now = MonotonicClock.now
            pace?.waited(from: began, to: now)
            if trial.due <= now, trial.look(isConnected: nodes.allSatisfy(\.isConnected), at: now) {
                log.notice("the update has proved itself")
            }
            attendWire(now: now)
            for signal in poller.came {
                if signal == SIGUSR1 {
                    for node in nodes { node.triggerSimulatedSensors(now: now) }
                } else if signal == SIGCHLD {
                    programs.reap()
                } else if stopping {
                    return .stopped
                } else {
                    stopping = true
                    trial.end()
                    for node in nodes { node.stop(now: now) }
                }
                for index in nodes.indices { arrange(index) }
            }
            for ready in poller.ready where ready.owner != nodes.count {
                let (kind, index) =
                    ready.owner < nodes.count
                    ? (0, ready.owner) : (ready.owner - 1).quotientAndRemainder(dividingBy: nodes.count)
                if kind == 2 {
                    nodes[index].lookAtLight(at: now)
                } else {
                    nodes[index].attend(
                        readable: ready.readable && kind == 0, writable: ready.writable && kind == 0, edges: kind == 1,
                        now: now)
                }
                arrange(index)
            }
            for index in deadlines.indices where deadlines[index] <= now {
                nodes[index].attend(readable: false, writable: false, edges: false, now: now)
                arrange(index)
            }
            recordLog(at: now)
        }
    }

    /// Has what was logged become records: of the node that it is about, or else of the first. How much more there was is
    /// told by whoever wrote last.
    private func recordLog(at now: Int64) {
        let (new, more) = lines.take()
        func owner(_ line: LoggedLines.Line) -> Int { nodes.firstIndex { $0.log.label == line.label } ?? 0 }
        guard let last = new.last.map(owner) else { return }
        for (index, lines) in Dictionary(grouping: new, by: owner).sorted(by: { $0.key < $1.key }) {
            nodes[index].tellRecords(of: lines.map(\.line), andMore: index == last ? more : 0, at: now)
            arrange(index)
        }
    }

    /// Works in real time, or like any other program, as there is to do before `due`.
    private func keepPace(until due: Int64) {
        guard let before = pace?.priority else { return }
        if RealTime.exceeded != timesExceeded {
            timesExceeded = RealTime.exceeded
            pace?.exceeded()
            log.warning(
                "worked for half a second without a pause, and goes on at ordinary priority until it has done; is this board too slow?"
            )
        }
        let now = MonotonicClock.now
        let next = pace?.next(
            isBehind: nodes.contains(where: \.isBehind),
            hasMore: { due <= MonotonicClock.now || poller.hasMore }, at: now)
        if next == .ordinary {
            RealTime.yield()
        } else if before == .ordinary {
            RealTime.resume()
        }
    }

    /// What the bars of all nodes show, by `node/bar`.
    var lights: [String: Light] {
        nodes.reduce(into: [:]) { lights, node in lights.merge(node.lights) { first, _ in first } }
    }

    /// Its line is another one whenever it was pulled.
    private func watchWire() {
        guard let descriptor = wire?.descriptor, descriptor >= 0 else { return }
        if !poller.watch(descriptor, for: nodes.count, forWriting: false) {
            log.error("can't watch the wire: \(String(cString: strerror(errno)))")
        }
    }

    /// What is said over the wire concerns every node.
    private func attendWire(now: Int64) {
        guard let wire, wire.deadline <= now || poller.ready.contains(where: { $0.owner == nodes.count }) else {
            return
        }
        wire.attend(now: now)
        for index in nodes.indices { arrange(index) }
    }

    private func startNodes() {
        guard started < nodes.count || !joining.isEmpty else { return }
        joining.removeAll { nodes[$0].hasTried }
        while started < nodes.count, joining.count < Agent.joiningAtATime {
            nodes[started].start()
            joining.append(started)
            deadlines[started] = nodes[started].deadline
            started += 1
        }
    }

    /// Takes note of what a node is waiting for, now that something has happened to it.
    private func arrange(_ index: Int) {
        deadlines[index] = nodes[index].deadline
        guard let connection = nodes[index].connection, let descriptor = connection.descriptor else { return }
        // While it connects, its descriptor may be another every time, and of the same number.
        let wantsWrite = connection.wantsWrite
        guard connection.session == nil || watchedForWriting[index] != wantsWrite else { return }
        watchedForWriting[index] = wantsWrite
        if !poller.watch(descriptor, for: index, forWriting: wantsWrite) {
            log.error("can't watch a socket: \(String(cString: strerror(errno)))")
        }
    }
}
