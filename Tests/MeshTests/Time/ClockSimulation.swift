import Lighting

@testable import Mesh

/// Cores of some nodes, joined by a network of the given shape, in virtual time, all from one seed.
struct ClockSimulation {
    enum Happening {
        case message(to: Int, topic: String, payload: [UInt8])
        case presence(of: Int, life: Int)
        case timer(Int)
        case check
        case start(Int)
        case kill(Int)
        case connect(Int)
        case disconnect(Int)
        case partition([Int])
        case presenceChanged
        case stepSystem(Int, by: Int64)
        case dark(Int)
    }

    static let second: Int64 = 1_000_000_000
    /// True time zero of the simulation, nanoseconds since 1970.
    static let epoch: Int64 = 1_760_000_000_000_000_000

    let shape: NetworkShape
    let loss: Double
    var generator: SplitMix64
    var nodes: [SimulatedClockNode] = []
    var now: Int64 = 0
    /// A clock that somebody may still go by, as it was: its node, and its core when it last was that clock.
    var ghosts: [String: (node: Int, core: MeshClockCore)] = [:]
    var violations: [String] = []
    var story: [String] = []
    var steps = 0
    var messages = 0
    /// After this, errors, bounds and spreads are measured.
    var measureFrom = 60 * second
    var errors: [Int64] = []
    var bounds: [Int64] = []
    var spreads: [Int64] = []
    private var queue = HappeningQueue<Happening>()

    init(shape: NetworkShape, seed: UInt64, nodes count: Int, loss: Double = 0.2) {
        self.shape = shape
        self.loss = loss
        generator = SplitMix64(seed: seed)
        for index in 0..<count {
            let synchronised = Int.random(in: 0..<3, using: &generator) == 0
            let error = synchronised ? 2_000_000 : 3600 * ClockSimulation.second
            nodes.append(
                SimulatedClockNode(
                    name: "node-\(index)", oscillator: SimulatedOscillator(seed: generator.next()),
                    systemError: Int64.random(in: -error...error, using: &generator), isSynchronised: synchronised))
        }
        at(0, .check)
    }

    mutating func at(_ time: Int64, _ happening: Happening) { queue.push(time, happening) }

    mutating func run(until end: Int64) {
        while let time = queue.nextTime, time <= end, violations.isEmpty, let happening = queue.pop() {
            now = max(now, time)
            happen(happening)
        }
    }

    private mutating func happen(_ happening: Happening) {
        switch happening {
        case .message(let to, let topic, let payload):
            if nodes[to].isConnected { handle(.message(topic: topic, payload: payload), by: to) }
        case .presence(let index, let life):
            guard nodes[index].isConnected, nodes[index].life == life else { return }
            handle(.presence(order(for: index)), by: index)
        case .timer(let index):
            guard let due = nodes[index].core?.nextDue else { return }
            nodes[index].timer = .max
            if nodes[index].oscillator.monotonic(at: now) >= due { handle(.tick, by: index) } else { arm(index) }
        case .check:
            check()
            at(now + 700_000_000, .check)
        case .start(let index): start(index)
        case .kill(let index):
            tell("\(nodes[index].name) killed")
            bury(index)
            nodes[index].core = nil
            nodes[index].isConnected = false
            at(now + Int64.random(in: 0...3 * ClockSimulation.second, using: &generator), .presenceChanged)
        case .connect(let index):
            guard nodes[index].core != nil else { return }
            nodes[index].isConnected = true
            nodes[index].life += 1
            handle(.connected, by: index)
            at(now, .presenceChanged)
        case .disconnect(let index):
            guard nodes[index].core != nil else { return }
            tell("\(nodes[index].name) disconnected")
            nodes[index].isConnected = false
            handle(.disconnected, by: index)
            at(now + Int64.random(in: 0...3 * ClockSimulation.second, using: &generator), .presenceChanged)
        case .partition(let sides):
            tell("partition \(sides)")
            for index in nodes.indices { nodes[index].side = sides[index] }
            at(now + Int64.random(in: 0...5 * ClockSimulation.second, using: &generator), .presenceChanged)
        case .presenceChanged:
            for index in nodes.indices {
                let delay = shape.delay(by: &generator, answer: true)
                at(now + delay, .presence(of: index, life: nodes[index].life))
            }
        case .stepSystem(let index, let step):
            tell("the system clock of \(nodes[index].name) steps by \(step) ns")
            nodes[index].systemError += step
            handle(system(of: index), by: index)
        case .dark(let index): handle(.lit(false), by: index)
        }
    }

    private func system(of index: Int) -> MeshClockEvent {
        let offset =
            ClockSimulation.epoch + now + nodes[index].systemError - nodes[index].oscillator.monotonic(at: now)
        return .system(offset: offset, synchronised: nodes[index].isSynchronised)
    }

    private mutating func start(_ index: Int) {
        nodes[index].oscillator.advance(to: now)
        guard case .system(let offset, let synchronised) = system(of: index) else { return }
        nodes[index].core = MeshClockCore(
            node: nodes[index].name, site: "s", systemOffset: offset, synchronised: synchronised,
            at: nodes[index].oscillator.monotonic(at: now))
        nodes[index].connectedAt = now
        nodes[index].usableAfter = nil
        nodes[index].lastMesh = .min
        at(now, .connect(index))
    }

    private func order(for index: Int) -> [String] {
        var presence = Presence()
        for node in nodes where node.isConnected && node.side == nodes[index].side {
            presence.update(
                NodeStatus(
                    state: .online, bootId: "", started: 0, connection: 0, version: "", bars: [], sensors: [],
                    synchronised: node.isSynchronised, priority: 50), of: node.name)
        }
        return presence.clockOrder
    }

    private mutating func handle(_ event: MeshClockEvent, by index: Int) {
        nodes[index].oscillator.advance(to: now)
        let monotonic = nodes[index].oscillator.monotonic(at: now)
        guard var core = nodes[index].core else { return }
        let before = core
        let actions = core.handle(event, at: monotonic)
        nodes[index].core = core
        if let fault = core.checkInvariants() { violate("\(nodes[index].name): \(fault)") }
        if before.since != core.since { bury(index, as: before) }
        var stepped: Int64 = 0
        for action in actions {
            switch action {
            case .publish(let topic, let payload): send(topic, payload, from: index)
            case .stepped(let by):
                stepped += by.nanoseconds
                if before.state == .synchronised || before.state == .reference {
                    steps += 1
                    tell("\(nodes[index].name) stepped by \(by)")
                }
            case .changed(let state): tell("\(nodes[index].name) is \(state), by \(core.reference ?? "nobody")")
            case .timeOfDay(let correction): tell("\(nodes[index].name) adds \(correction) for the time of day")
            case .log(_, let line): tell("\(nodes[index].name): \(line)")
            }
        }
        let moved = core.mesh(at: monotonic) - before.mesh(at: monotonic)
        if moved.nanoseconds != stepped { violate("\(nodes[index].name) jumped by \(moved), told of \(stepped)") }
        if stepped != 0 { nodes[index].lastMesh = .min }
        if core.state != .unsynchronised, nodes[index].usableAfter == nil, let since = nodes[index].connectedAt {
            nodes[index].usableAfter = now - since
        }
        checkBound(of: index)
        arm(index)
    }

    private mutating func arm(_ index: Int) {
        guard let due = nodes[index].core?.nextDue else { return }
        let time = max(now + 1000, nodes[index].oscillator.time(of: due))
        // One timer at a time, as an agent has.
        if time < nodes[index].timer || nodes[index].timer <= now {
            nodes[index].timer = time
            at(time, .timer(index))
        }
    }

    private mutating func send(_ topic: String, _ payload: [UInt8], from index: Int) {
        messages += 1
        if topic.hasSuffix("/civil") {
            for to in nodes.indices { send(topic, payload, from: index, to: to, isReply: false) }
            return
        }
        let isReply = topic.contains("/reply/")
        guard let name = topic.split(separator: "/").last, let to = nodes.firstIndex(where: { $0.name == name }) else {
            return
        }
        send(topic, payload, from: index, to: to, isReply: isReply)
    }

    private mutating func send(_ topic: String, _ payload: [UInt8], from index: Int, to: Int, isReply: Bool) {
        guard nodes[to].side == nodes[index].side,
            Double.random(in: 0..<1, using: &generator) >= loss
        else { return }
        for _ in 0..<(Int.random(in: 0..<20, using: &generator) == 0 ? 2 : 1) {
            let delay = shape.delay(by: &generator, answer: isReply)
            at(now + delay, .message(to: to, topic: topic, payload: payload))
        }
    }

    mutating func tell(_ line: String) { story.append("\(Double(now / 1_000_000) / 1000) s: \(line)") }
    mutating func violate(_ line: String) {
        tell("VIOLATION " + line)
        violations.append(line)
    }
}
