internal import Lighting
internal import MQTT
internal import Mesh

/// One node: its core while its process runs, its clock, its half of the connection, and what its bars showed.
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
    var core: NodeCore?
    var clock: NodeClock
    var client = SimulatedClient()
    /// Which broker it tries next, and how it finds one of several; with one alone, nil.
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
    /// When the next frame and the next tick are due, in the node's mesh time.
    var nextFrame: MeshInstant?
    var nextDue: MeshInstant?
    /// The clocks that its mesh time is the time of.
    var clocks: [MeshClockCore.Identity] = []
    /// Since when its mesh time has gone on without a break.
    var clockSince = MeshInstant.distantFuture
    /// Since when it has the time of day that it goes by.
    var timeOfDaySince = MeshInstant.distantPast
    /// When the clock's next tick is planned for.
    var clockWakeAt: MeshInstant?
    /// Who was online when the clock was last told, and whether a bar was lit.
    var toldOrder: [String]?
    var toldWord: MeshInstant?
    var toldLit = true
    /// When it last served a mesh time, and which, to know one that goes back.
    var lastMesh = MeshInstant.distantPast
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

    /// An answer of its core's, which is asked where it lies, and not copied first; nil: its process doesn't run.
    func ask<Answer>(_ question: (inout NodeCore) -> Answer) -> Answer? { core?.answer(question) }
}

extension NodeCore {
    /// The answer to a question that is put to it where it lies.
    fileprivate mutating func answer<Answer>(_ question: (inout NodeCore) -> Answer) -> Answer { question(&self) }
}
