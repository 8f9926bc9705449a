import Lighting
import MQTT
import Mesh
import Node
import Testing

/// A node with one bar and one sensor of a zone, driven by hand. Its instants are nanoseconds of its monotonic clock.
private final class TestMachine {
    static let zone = Zone(
        bars: ["stair-01"], sensors: ["stair-01/ir": .first], hold: .seconds(10),
        look: Look(easeIn: .milliseconds(400), easeOut: .milliseconds(400), curve: .linear))

    private var machine: NodeMachine

    init() {
        let clock = MeshClockCore(
            node: "stair-01", site: "home", systemOffset: 1_790_000_000_000_000_000, synchronised: true, at: 0)
        machine = NodeMachine(
            NodeDescription(
                site: "home", node: "stair-01", bars: [.init(name: "bar", channels: "white")],
                sensors: [.init(name: "ir", driver: "simulated")], version: "1", bootId: "1",
                started: clock.mesh(at: 0)),
            clock: clock, frame: .milliseconds(10))
    }

    /// A node that knows its zone, without a broker, at rest.
    static func atHome() -> TestMachine {
        let node = TestMachine()
        node.tell(.start, at: 0)
        node.tell(.timeZone(nil, .utc), at: 0)
        let site = SiteMessage(revision: 1, zones: ["stairs"], timeZone: nil)
        node.remember(.siteConfiguration, JSON.encode(site))
        node.remember(.zoneConfiguration(zone: "stairs"), JSON.encode(ZoneMessage(zone, revision: 1)))
        node.pass(to: 0)
        return node
    }

    @discardableResult
    func tell(_ event: NodeMachine.Event, at now: Int64) -> [NodeEffect] { machine.handle(event, at: now) }

    func remember(_ topic: Topic, _ payload: [UInt8]) {
        tell(.remembered(topic: topic.name(site: "home"), payload: payload), at: 0)
    }

    /// A message comes, and waits for its turn.
    @discardableResult
    func arrive(_ topic: Topic, _ message: some Encodable, at now: Int64) -> [NodeEffect] {
        let name = topic.name(site: "home")
        return tell(.broker(.message(ReceivedMessage(topic: name, payload: JSON.encode(message)))), at: now)
    }

    /// Takes all turns, as the agent's loop does.
    func takeTurns(at now: Int64) -> [NodeEffect] {
        _ = machine.beginTurns(at: now)
        var all: [NodeEffect] = []
        while let effects = machine.turn(at: now) { all += effects }
        return all
    }

    /// Lives on until an instant, drawing what is to be drawn; no frame is prepared ahead.
    func pass(to end: Int64) {
        var now = max(0, machine.nextDue)
        while now <= end {
            tell(.tick(isQuiet: true), at: now)
            if let due = machine.draw(at: now) { tell(.written(due: due, toAll: true), at: now) }
            if machine.nextDue <= now { _ = takeTurns(at: now) }
            now = max(now + 1_000_000, machine.nextDue)
        }
    }

    // What is asked of a machine can't be asked within #expect, which would copy it.

    var level: Double { machine.look(ofBar: 0).light.lightness.value }
    var isDrawing: Bool { machine.isDrawing }
    var isOnline: Bool { machine.isOnline }
    var isProbed: Bool { machine.isProbed }
    var nextDue: Int64 { machine.nextDue }
    var revision: Int64? { machine.core.revision(ofZone: "stairs") }

    func prepare(at now: Int64) -> Bool { machine.prepare(at: now) }
    func show(at now: Int64) -> Int64? { machine.show(at: now) }

    /// One turn.
    ///
    /// - Returns: whether anything had it.
    func takeTurn(at now: Int64) -> Bool { machine.turn(at: now) != nil }
    func beginTurns(at now: Int64) { _ = machine.beginTurns(at: now) }
}

@Suite("A node, whole but for its hardware")
struct NodeMachineTests {
    private static let second: Int64 = 1_000_000_000

    private func topics(_ effects: [NodeEffect]) -> [String] {
        effects.compactMap { if case .publish(let message, _) = $0 { message.topic } else { nil } }
    }

    @Test func `motion is told first of all, and lights the bar without a broker`() {
        let node = TestMachine.atHome()
        let told = node.tell(.node(.edge(sensor: "ir")), at: Self.second)
        #expect(topics(told).first == "footlight/home/node/stair-01/sensor/ir")
        node.pass(to: Self.second * 3)
        #expect(node.level == 1)
        node.pass(to: Self.second * 15)
        #expect(node.level == 0)
        #expect(!node.isDrawing && node.nextDue > Self.second * 15)
    }

    @Test func `the first frame of a cue is prepared ahead, and shown at its instant`() throws {
        let node = TestMachine.atHome()
        node.tell(.node(.edge(sensor: "ir")), at: Self.second)
        node.pass(to: Self.second * 2)
        // What is next is the beginning of the end, ten seconds after the motion.
        let ahead = node.nextDue
        #expect(!node.prepare(at: ahead - 1) && node.prepare(at: ahead))
        #expect(node.level == 1)
        let due = node.nextDue
        #expect(due - ahead == 2_000_000)
        #expect(node.show(at: due - 1) == nil)
        #expect(node.show(at: due + 300_000) == due)
        #expect(node.isDrawing)
    }

    @Test func `a prepared frame isn't shown after what it rests on has changed`() {
        let node = TestMachine.atHome()
        node.tell(.node(.edge(sensor: "ir")), at: Self.second)
        node.pass(to: Self.second * 2)
        let ahead = node.nextDue
        #expect(node.prepare(at: ahead))
        // Somebody comes once more: nothing goes out now.
        node.tell(.node(.edge(sensor: "ir")), at: ahead + 1_000_000)
        #expect(node.show(at: ahead + 2_000_000) == nil)
        node.pass(to: ahead + Self.second * 5)
        #expect(node.level == 1)
    }

    @Test func `a frame that was prepared too long ago isn't shown`() {
        let node = TestMachine.atHome()
        node.tell(.node(.edge(sensor: "ir")), at: Self.second)
        node.pass(to: Self.second * 2)
        let ahead = node.nextDue
        #expect(node.prepare(at: ahead))
        #expect(node.show(at: ahead + 2_000_000 + 2_000_000) == nil)
    }

    @Test func `what comes from the broker waits for its turn, and a command goes first`() {
        let node = TestMachine.atHome()
        let session = MQTTSession(
            address: BrokerAddress(host: "broker", port: 1883), version: .v5, isResumed: false, connectionCount: 1,
            maximumPacketBytes: nil)
        node.tell(.broker(.connected(session)), at: Self.second)
        #expect(node.isOnline)
        #expect(topics(node.takeTurns(at: Self.second)).contains("footlight/home/node/stair-01/status"))
        var other = TestMachine.zone
        other.hold = .seconds(20)
        node.arrive(.zoneConfiguration(zone: "stairs"), ZoneMessage(other, revision: 2), at: Self.second * 2)
        let silent = node.arrive(.override(zone: "stairs"), OverrideMessage(), at: Self.second * 2)
        #expect(topics(silent).isEmpty && node.revision == 1)
        node.beginTurns(at: Self.second * 2)
        #expect(node.takeTurn(at: Self.second * 2))
        #expect(node.revision == 1, "the command had its turn first")
        #expect(node.takeTurn(at: Self.second * 2))
        #expect(node.revision == 2)
        #expect(!node.takeTurn(at: Self.second * 2))
    }

    @Test func `a probe is answered once its frame is written`() {
        let node = TestMachine.atHome()
        #expect(!node.isProbed)
        let action = ActionMessage(action: "probe", id: "p1")
        node.arrive(.action(node: "stair-01"), action, at: Self.second)
        var isAsked = false
        for effect in node.takeTurns(at: Self.second) { if case .probe = effect { isAsked = true } }
        #expect(isAsked && node.isProbed)
        let told = topics(node.tell(.probed(failure: nil), at: Self.second + 5_000_000))
        #expect(told.contains("footlight/home/node/stair-01/result") && !node.isProbed)
    }
}
