import Glibc
import MQTT
import Mesh
import Processes
import TestSupport
import Testing

@Suite("A broker that dies before it saved, and comes back with what it had, has the newest word again", .serialized)
struct BrokerMemoryTests {
    /// A command that the broker saves, `auto` that it doesn't, its end by SIGKILL, and its return; then a node is started anew.
    private func afterRollback(
        of command: String, _ body: @Sendable (Staircase) async throws -> Void
    ) async throws {
        // It saves when it is told to, and not of its own.
        try await TestBroker.with(extra: "autosave_interval 3600") { broker in
            var plan = StaircasePlan()
            plan.bars = 3
            plan.hold = "5s"
            try await Staircase.with(plan, on: broker) { stairs in
                try await stairs.footlight(command, "stairs").succeeded()
                let old = try await stairs.retained()["zone/stairs/override"]
                try await onThread { try broker.save() }
                try await stairs.footlight("auto", "stairs").succeeded()
                let new = try #require(try await stairs.retained()["zone/stairs/override"])
                try await onThread { try broker.restart(wipingMemory: false) }
                let first = try await Retained.read(broker.address, site: stairs.plan.site)["zone/stairs/override"]
                #expect(first == old || first == new, "it came back with what it had saved")
                try stairs.start("stair-02")
                try await stairs.waitUntilOnline()
                try await eventually(within: .seconds(15), "the newest word is at the broker again") {
                    try await Retained.read(broker.address, site: stairs.plan.site)["zone/stairs/override"] == new
                }
                try await stairs.waitUntilSettled()
                try await body(stairs)
            }
        }
    }

    @Test
    func `after off, then auto, a node that was started anew lights on motion as all do`() async throws {
        try await afterRollback(of: "off") { stairs in
            try stairs.agent("stair-01").signal(SIGUSR1)
            for node in stairs.plan.stairs { try await stairs.full(node) }
        }
    }

    @Test
    func `after on, then auto, all are dark, a node that was started anew, too; and light on motion`() async throws {
        try await afterRollback(of: "on") { stairs in
            for node in stairs.plan.stairs {
                try await stairs.frames(of: node, within: .seconds(15), "dark") { $0.last?.isDark ?? true }
            }
            try stairs.agent("stair-01").signal(SIGUSR1)
            for node in stairs.plan.stairs { try await stairs.full(node) }
            for node in stairs.plan.stairs {
                try await stairs.frames(of: node, within: .seconds(15), "dark after the hold") {
                    $0.last?.isDark == true
                }
            }
        }
    }
}
