import Lighting

@testable import Mesh

/// Nodes with crystals that run alike, a millisecond apart, and system clocks as told: for what is said of the time of day.
struct CivilBench {
    static let second: Int64 = 1_000_000_000
    /// What is to be added to a mesh time that began in 1970.
    static let years: Int64 = 1_790_000_000 * second

    /// One who is online.
    struct Node {
        var clock: MeshClockCore
        var isConnected = true
    }

    private struct Letter {
        var at: Int64
        var to: String
        var topic: String
        var payload: [UInt8]
    }

    private(set) var now: Int64 = second
    private(set) var nodes: [String: Node] = [:]
    /// Who stands before others, whoever knows the time.
    private var order: [String] = []
    /// Nodes of the last release, who neither tell nor hear what is new.
    var older: Set<String> = []
    private var letters: [Letter] = []
    /// When each began to add which correction, and to what mesh time.
    private(set) var taken: [(node: String, correction: Duration, at: MeshInstant)] = []
    /// What reference's words have been sent.
    private(set) var said = 0

    /// Boards that began in 1970, a second ago; the first is the reference.
    init(_ names: String..., older: Set<String> = []) {
        self.older = older
        for name in names { start(name) }
        run(for: 20)
    }

    /// A board begins; `knowing`: its system clock is kept, and shows so much more than one from 1970.
    mutating func start(_ name: String, knowing: Int64? = nil) {
        nodes[name] = Node(
            clock: MeshClockCore(
                node: name, site: "s", systemOffset: knowing ?? 0, synchronised: knowing != nil, at: now))
        order.append(name)
        tell(.connected, to: name)
        tellOrder()
    }

    /// A node is gone at once.
    mutating func kill(_ name: String) {
        nodes[name] = nil
        order.removeAll { $0 == name }
        tellOrder()
    }

    /// A node's connection breaks, or comes back.
    mutating func connect(_ name: String, _ isConnected: Bool) {
        nodes[name]?.isConnected = isConnected
        if isConnected { order.append(name) } else { order.removeAll { $0 == name } }
        tell(isConnected ? .connected : .disconnected, to: name)
        tellOrder()
    }

    /// A node's system clock shows so much more than one from 1970; nil: nothing keeps it.
    mutating func set(_ name: String, knowing: Int64?) {
        tell(.system(offset: knowing ?? 0, synchronised: knowing != nil), to: name)
    }

    /// Lets time pass.
    mutating func run(for seconds: Int64) {
        let end = now + seconds * CivilBench.second
        while true {
            let due = nodes.values.compactMap(\.clock.nextDue).min() ?? .max
            let next = min(due, letters.map(\.at).min() ?? .max)
            guard next <= end else { break }
            now = max(now, next)
            let arrived = letters.filter { $0.at <= now }
            letters.removeAll { $0.at <= now }
            for letter in arrived { tell(.message(topic: letter.topic, payload: letter.payload), to: letter.to) }
            for name in nodes.keys.sorted() where nodes[name]?.clock.nextDue ?? .max <= now { tell(.tick, to: name) }
            if arrived.isEmpty, due <= now { now += 1 }
        }
        now = end
    }

    /// What a node adds to mesh time, in whole seconds.
    func correction(_ name: String) -> Int64? { nodes[name].map { Int64($0.clock.civilCorrection.seconds.rounded()) } }

    /// A node's own word on a topic, as anybody could send it.
    mutating func send(_ topic: ClockTopic, _ payload: [UInt8], to name: String) {
        tell(.message(topic: topic.name(site: "s"), payload: payload), to: name)
    }

    private mutating func tellOrder() {
        for name in nodes.keys.sorted() where nodes[name]?.isConnected == true { tell(.presence(order), to: name) }
    }

    private mutating func tell(_ event: MeshClockEvent, to name: String) {
        guard let actions = nodes[name]?.clock.handle(event, at: now) else { return }
        for action in actions {
            switch action {
            case .publish(let topic, let payload): post(topic, payload, from: name)
            case .timeOfDay(let correction):
                guard let mesh = nodes[name]?.clock.mesh(at: now) else { continue }
                taken.append((name, correction, mesh))
            case .changed, .stepped, .log: break
            }
        }
    }

    private mutating func post(_ topic: String, _ payload: [UInt8], from name: String) {
        guard nodes[name]?.isConnected == true, let kind = ClockTopic(name: topic, site: "s") else { return }
        var payload = payload
        let readers: [String]
        switch kind {
        case .request(_, let to):
            readers = [to]
            if older.contains(name) || older.contains(to),
                var request = try? JSON.decode(ClockRequest.self, from: payload)
            {
                request.civil = nil
                payload = JSON.encode(request)
            }
        case .reply(_, let to):
            readers = [to]
            if older.contains(name), var reply = try? JSON.decode(ClockReply.self, from: payload) {
                reply.time?.civilFrom = nil
                reply.time?.civilBefore = nil
                reply.time?.civilBetween = nil
                reply.time?.civilBy = nil
                payload = JSON.encode(reply)
            }
        case .civil:
            if older.contains(name) { return }
            said += 1
            readers = nodes.keys.filter { $0 != name && !older.contains($0) }
        }
        for reader in readers where nodes[reader]?.isConnected == true {
            letters.append(Letter(at: now + 1_000_000, to: reader, topic: topic, payload: payload))
        }
    }
}
