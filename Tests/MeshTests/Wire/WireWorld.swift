import Glibc
import Lighting

@testable import Mesh

/// Nodes on one wire, in virtual time, from one seed. Each has a clock of its own that nobody sets; kernels stamp edges
/// late, timers are late, programs take their time, and what `faults` allows goes wrong.
struct WireWorld {
    struct Faults {
        /// How often an edge never reaches a node.
        var loss = 0.0
        /// How often something is coupled into the cable, per second, and for how long at most.
        var glitchesPerSecond = 0.0
        var longestGlitch: Int64 = 0
        /// How often a node is started anew, per second.
        var rebootsPerSecond = 0.0
    }

    enum Happening {
        /// The oldest edge that waits reaches the program.
        case edge(node: Int, boot: Int)
        case wake(node: Int, boot: Int, serial: Int)
        case level(node: Int, boot: Int, WireAction)
        case motion(sensor: Int, Bool)
        case glitch(length: Int64)
        case glitchEnds
        case reboot(node: Int)
        case start(node: Int)
        case check
    }

    struct Sensor {
        var node: Int
        var name: String
        var seen = false
        /// When that began, or ended.
        var since: Int64 = -1_000_000_000_000
    }

    struct Node {
        var core: NodeCore?
        var wire: WireCore
        /// Its clock less the true time.
        var offset: Int64
        var pulls = false
        /// Whether it makes of its input an output.
        var isTurning = false
        /// The edges that the kernel has stamped, and the program hasn't read.
        var edges: [(event: WireEvent, stamp: Int64)] = []
        /// The last edge's stamp, and when it reaches the program.
        var stamped = Int64.min
        var told = Int64.min
        var boot = 0
        var started: Int64 = 0
        var serial = 0
        /// When it last came up, or an edge was lost to it.
        var troubled: Int64 = -1_000_000_000_000
    }

    static let stampJitter: Int64 = 300_000
    static let latency: ClosedRange<Int64> = 50_000...1_500_000
    static let turning: ClosedRange<Int64> = 50_000...2_000_000
    static let overshoot: ClosedRange<Int64> = 20_000...2_000_000
    private static let second: Int64 = 1_000_000_000

    let zone: Zone
    let faults: Faults
    var random: SplitMix64
    var now: Int64 = 0
    var queue = HappeningQueue<Happening>()
    var nodes: [Node] = []
    var sensors: [Sensor]
    var glitching = 0
    var isLow = false
    /// What went wrong, if anything did.
    var failures: [String] = []
    /// Pulses heard, activations compared, and the furthest that two bars were apart in one.
    var pulses = 0, compared = 0
    var worst: Int64 = 0
    var mismatches = 0
    var lastChange: Int64 = 0
    /// How often somebody else was quicker.
    var taken = 0
    var unclear = 0, repeats = 0, glitches = 0

    init(seed: UInt64, nodes count: Int, hold: Duration, faults: Faults) {
        random = SplitMix64(seed: seed)
        self.faults = faults
        let names = (0..<count).map { "stair-\($0)" }
        zone = Zone(
            bars: names, sensors: ["stair-0/bottom": .first, "stair-\(count - 1)/top": .last], hold: hold,
            look: Look(easeIn: .milliseconds(100), easeOut: .milliseconds(100)), wave: Wave(off: .together))
        sensors = [Sensor(node: 0, name: "bottom"), Sensor(node: count - 1, name: "top")]
        for index in 0..<count {
            nodes.append(Node(wire: WireCore(seed: 0), offset: Int64(random.next() % 1_000_000) * 1_000_000_000))
            start(index)
        }
        if faults.glitchesPerSecond > 0 { queue.push(0, .glitch(length: 0)) }
        if faults.rebootsPerSecond > 0 { queue.push(pause(faults.rebootsPerSecond), .reboot(node: 0)) }
        queue.push(WireWorld.second, .check)
    }

    mutating func run(until end: Int64) {
        while let at = queue.nextTime, at <= end, let happening = queue.pop() {
            now = max(now, at)
            happen(happening)
        }
        now = end
        for node in nodes { count(node.wire) }
    }

    /// Somebody moves at a sensor from `begin` to `end`.
    mutating func move(_ sensor: Int, from begin: Int64, to end: Int64) {
        queue.push(begin, .motion(sensor: sensor, true))
        queue.push(end, .motion(sensor: sensor, false))
    }

    // MARK: - What happens

    private mutating func happen(_ happening: Happening) {
        switch happening {
        case .edge(let node, let boot) where nodes[node].boot == boot && !nodes[node].edges.isEmpty:
            let edge = nodes[node].edges.removeFirst()
            occur(edge.event, at: edge.stamp, to: node)
        case .wake(let node, let boot, let serial) where nodes[node].boot == boot && nodes[node].serial == serial:
            wake(node)
        case .level(let node, let boot, let action) where nodes[node].boot == boot: answer(action, of: node)
        case .motion(let sensor, let seen): motion(sensor, seen)
        case .glitch(let length):
            if length > 0 {
                glitching += 1
                settleLine()
                queue.push(now + length, .glitchEnds)
            }
            queue.push(
                now + pause(faults.glitchesPerSecond),
                .glitch(length: 1 + Int64(random.next() % UInt64(faults.longestGlitch))))
        case .glitchEnds:
            glitching -= 1
            settleLine()
        case .reboot: reboot()
        case .start(let node): start(node)
        case .check:
            check()
            queue.push(now + WireWorld.second / 4, .check)
        case .edge, .wake, .level: break
        }
    }

    private mutating func motion(_ index: Int, _ seen: Bool) {
        sensors[index].seen = seen
        sensors[index].since = now
        let node = sensors[index].node
        guard nodes[node].core != nil else { return }
        handle(.motion(sensor: sensors[index].name, seen: seen), of: node)
        arm(node)
    }

    private mutating func reboot() {
        let node = Int(random.next() % UInt64(nodes.count))
        queue.push(now + pause(faults.rebootsPerSecond), .reboot(node: 0))
        guard nodes[node].core != nil else { return }
        count(nodes[node].wire)
        nodes[node].core = nil
        nodes[node].boot += 1
        // The kernel lets go of what a process held.
        nodes[node].pulls = false
        nodes[node].isTurning = false
        nodes[node].edges = []
        settleLine()
        queue.push(now + WireWorld.second / 2, .start(node: node))
    }

    private mutating func start(_ index: Int) {
        let own = sensors.filter { $0.node == index }
        var core = NodeCore(
            NodeDescription(
                site: home, node: "stair-\(index)", bars: [.init(name: "bar", channels: "white")],
                sensors: own.map { .init(name: $0.name, driver: "gpio") }, version: "1.0", bootId: "x",
                started: MeshInstant(nanoseconds: nodes[index].offset + now), triggers: .wire))
        let topic = Topic.zoneConfiguration(zone: "stairs").name(site: home)
        _ = core.handle(
            .remembered(topic: topic, payload: JSON.encode(ZoneMessage(zone, revision: 1))), at: time(of: index))
        nodes[index].core = core
        nodes[index].wire = WireCore(seed: random.next())
        nodes[index].troubled = now
        nodes[index].started = now
        occur(.opened(isLow: isLow), at: clock(of: index), to: index)
        // A driver that starts tells of the level that it finds.
        for sensor in own where sensor.seen { handle(.motion(sensor: sensor.name, seen: true), of: index) }
        arm(index)
    }

    private mutating func wake(_ index: Int) {
        if let due = nodes[index].wire.nextDue, due <= clock(of: index) {
            occur(.tick, at: clock(of: index), to: index)
        }
        let mesh = time(of: index)
        if let due = nodes[index].core?.nextDue(after: mesh), due <= mesh { handle(.tick, of: index) }
        _ = nodes[index].core?.draw(at: mesh, interval: .zero)
        arm(index)
    }

    // MARK: - Nodes

    private func clock(of index: Int) -> Int64 { now + nodes[index].offset }
    private func time(of index: Int) -> MeshInstant { MeshInstant(nanoseconds: clock(of: index)) }

    private mutating func handle(_ event: NodeEvent, of index: Int) {
        let mesh = time(of: index)
        for action in nodes[index].core?.handle(event, at: mesh) ?? [] {
            if case .signal(let signal) = action { occur(.send(signal), at: clock(of: index), to: index) }
        }
    }

    private mutating func occur(_ event: WireEvent, at stamp: Int64, to index: Int) {
        for action in nodes[index].wire.handle(event, at: stamp) {
            switch action {
            case .pull, .release, .look:
                queue.push(now + random.in(WireWorld.latency), .level(node: index, boot: nodes[index].boot, action))
            case .heard(let signal, let edge):
                pulses += 1
                let instant = MeshInstant(nanoseconds: edge)
                handle(.wire(signal, edge: instant), of: index)
            case .fault(let reason): if let reason { failures.append("at \(now): \(reason)") }
            }
        }
        arm(index)
    }

    private mutating func answer(_ action: WireAction, of index: Int) {
        switch action {
        case .pull where nodes[index].isTurning:
            nodes[index].isTurning = false
            nodes[index].pulls = true
            settleLine()
            occur(.pulled, at: clock(of: index), to: index)
        case .pull:
            while let edge = nodes[index].edges.first, edge.stamp <= clock(of: index) {
                nodes[index].edges.removeFirst()
                occur(edge.event, at: edge.stamp, to: index)
            }
            guard nodes[index].wire.isPulling else { break }
            guard !isLow else {
                taken += 1
                return occur(.taken, at: clock(of: index), to: index)
            }
            // From here until it pulls it sees nothing of the line.
            nodes[index].isTurning = true
            nodes[index].edges = []
            let at = now + random.in(WireWorld.turning)
            queue.push(at, .level(node: index, boot: nodes[index].boot, .pull))
        case .release:
            nodes[index].pulls = false
            settleLine()
            occur(.released(isLow: isLow), at: clock(of: index), to: index)
        default: occur(.looked(isLow: isLow), at: clock(of: index), to: index)
        }
    }

    /// Whoever listens sees an edge, if there is one. Who pulls, drives the line, and sees none.
    private mutating func settleLine() {
        let low = glitching > 0 || nodes.contains { $0.pulls }
        guard low != isLow else { return }
        isLow = low
        lastChange = now
        for index in nodes.indices where nodes[index].core != nil && !nodes[index].pulls && !nodes[index].isTurning {
            if random.unit < faults.loss {
                nodes[index].troubled = now
                continue
            }
            // What one kernel stamps and hands out stays in order.
            let stamp = max(nodes[index].stamped, clock(of: index) + random.in(0...WireWorld.stampJitter))
            let told = max(nodes[index].told, now + WireWorld.stampJitter + random.in(WireWorld.latency))
            (nodes[index].stamped, nodes[index].told) = (stamp, told)
            nodes[index].edges.append((low ? .fell : .rose, stamp))
            queue.push(told, .edge(node: index, boot: nodes[index].boot))
        }
    }

    private mutating func arm(_ index: Int) {
        guard let core = nodes[index].core else { return }
        let due = [core.nextDue(after: time(of: index))?.nanoseconds, nodes[index].wire.nextDue].compactMap { $0 }.min()
        guard let due else { return }
        nodes[index].serial += 1
        let at = max(now, due - nodes[index].offset) + random.in(WireWorld.overshoot)
        queue.push(at, .wake(node: index, boot: nodes[index].boot, serial: nodes[index].serial))
    }

    private mutating func count(_ wire: WireCore) {
        unclear += wire.unclear
        repeats += wire.repeats
        glitches += wire.glitches
    }

    fileprivate mutating func pause(_ perSecond: Double) -> Int64 {
        Int64(-log(1 - random.unit) / perSecond * 1e9)
    }
}
