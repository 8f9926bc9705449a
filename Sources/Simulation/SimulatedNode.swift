internal import Lighting
internal import MQTT
internal import Mesh
internal import Node

/// One node: the machine while its process runs, its clocks, its half of the connection, and what its bars showed.
final class SimulatedNode {
    /// A bar as someone sees it who looks at it.
    struct Bar: Sendable {
        var level = 0.0
        var drawnAt = MeshInstant.distantPast
        /// When it first began to show light since the last walk began, and when it last began to fade.
        var litAt: MeshInstant?
        var dimmedAt: MeshInstant?
        /// The level from which it began to fade, and the lowest since.
        var dimmedFrom = 0.0
        /// When it was last seen to become darker.
        var fellAt = MeshInstant.distantPast
        var lowest = 0.0
        /// How far the node's clock may have been off then.
        var litBound: Duration?
        var dimmedBound: Duration?
        /// Since when it had gone by the clock that it began by.
        var litSince = MeshInstant.distantPast
        /// By which clocks it went then.
        var litBy: [MeshClockCore.Identity] = []
        var dimmedBy: [MeshClockCore.Identity] = []
        /// When it was last seen to become brighter.
        var roseAt = MeshInstant.distantPast
    }

    let site: String
    private(set) var machine: NodeMachine?
    var clock: NodeClock
    var client = SimulatedClient()
    /// Which broker it tries next, and how it finds one; nil: it hasn't begun to.
    var target = 0
    var choice: BrokerChoice?
    var random: SplitMix64
    /// Counts processes; events of an earlier one are void.
    var boot = 0
    var bootedAt = MeshInstant.distantPast
    /// How many disturbances keep it down, and cut its link.
    var downs = 0
    var cuts = 0
    var cutNumber = 0
    /// What it remembers for a start without a broker.
    var cache: [String: [UInt8]] = [:]
    /// The clocks that its mesh time is the time of.
    var clocks: [MeshClockCore.Identity] = []
    /// Since when its mesh time has gone on without a break.
    var clockSince = MeshInstant.distantFuture
    /// Since when it has the time of day that it goes by.
    var timeOfDaySince = MeshInstant.distantPast
    /// As of which of its plans it was found sound.
    var soundPlans = 0
    /// When it is to be woken next.
    var wakeAt: MeshInstant?
    var bars: [Bar]
    var isStopping = false
    /// Until then its bars may jump: it has just begun.
    var freshUntil = MeshInstant.distantFuture
    /// Since when the node and the broker have been able to talk, with all that the broker kept read; nil: they can't.
    var ready: MeshInstant?
    /// When that last changed.
    var changedAt = MeshInstant.distantPast
    /// Wakes within the second that began then, to know a node that spins.
    var wakes = 0
    var wakesSince = MeshInstant.distantPast
    /// When any message last came.
    var heardAt = MeshInstant.distantPast
    /// When a message on this topic first came since the walk began.
    var heard: [String: MeshInstant] = [:]
    /// When that was.
    var heardSince = MeshInstant.distantPast

    init(_ plan: Scenario.Node, random: SplitMix64) {
        site = plan.site
        clock = plan.clock
        self.random = random
        bars = plan.bars.map { _ in Bar() }
    }

    /// The node's process begins, and what it wants first.
    func boot(_ description: NodeDescription, frame: Duration, at truth: MeshInstant) {
        let core = MeshClockCore(
            node: description.node, site: site, systemOffset: clock.systemOffset(at: truth),
            synchronised: clock.isSynchronised, at: clock.monotonic(at: truth))
        machine = NodeMachine(description, clock: core, frame: frame)
    }

    /// The node's process is gone.
    func end() { machine = nil }

    /// Something happens to the machine; nil: it doesn't run.
    func change<Result>(at truth: MeshInstant, _ event: (inout NodeMachine, Int64) -> Result) -> Result? {
        let monotonic = clock.monotonic(at: truth)
        return machine?.do { event(&$0, monotonic) }
    }

    // What is asked is asked where it lies, and not copied first.

    /// An answer of the machine's; nil: it has none, or doesn't run.
    func ask<Answer>(_ question: (inout NodeMachine) -> Answer?) -> Answer? { machine?.do(question) ?? nil }

    /// What the broker is to say when the present attempt's connection ends otherwise than in good order.
    var will: MQTTMessage? {
        let attempt = client.attempts
        return ask { $0.will(attempt) }
    }

    /// The mesh time that the node believes in at a true instant; while it is down, its system's time.
    func mesh(at truth: MeshInstant) -> MeshInstant {
        change(at: truth) { $0.mesh(at: $1) } ?? truth + clock.systemError
    }

    /// How far from the time of the reference that it names it is at most; nil: it doesn't know.
    func bound(at truth: MeshInstant) -> Duration? { change(at: truth) { $0.clock.errorBound(at: $1) } ?? nil }

    /// What it is about the mesh's time; nil: its process doesn't run.
    var clockState: MeshClockState? { ask { $0.clock.state } }

    /// Which clock it has, whom it goes by, and what it adds for the time of day.
    var clockIdentity: MeshClockCore.Identity? { ask { $0.clock.identity } }
    var clockReference: String? { ask { $0.clock.reference } }
    var civilCorrection: Duration? { ask { $0.clock.civilCorrection } }

    /// Whether it goes by the mesh's time.
    var isClockSettled: Bool { clockState == .synchronised || clockState == .reference }
}

extension NodeMachine {
    /// Does something with it where it lies.
    fileprivate mutating func `do`<Result>(_ something: (inout NodeMachine) -> Result) -> Result { something(&self) }
}
