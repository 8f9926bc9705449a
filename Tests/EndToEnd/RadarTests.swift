import MQTT
import Mesh
import Processes
import TestSupport
import Testing

@Suite("An agent with a radar on a serial line")
struct RadarTests {
    /// A radar that says the same ten times a second, on a pseudo-terminal.
    private final class Radar: Sendable {
        let line: PseudoTerminal
        private let said = Monitor(Radar.report(state: 0))

        init() throws { line = try PseudoTerminal() }

        /// Speaks until it is cancelled.
        func speak() async {
            while !Task.isCancelled {
                let bytes = said.change { $0 }
                line.say(bytes)
                try? await Task.sleep(for: .milliseconds(100))
            }
        }

        /// - Parameter state: 0: nobody, 1: somebody moves, 2: somebody is still.
        func see(_ state: UInt8) { said.change { $0 = Radar.report(state: state) } }

        func fallSilent() { said.change { $0 = [] } }

        /// - Source: Hi-Link, "HLK-LD2410B serial communication protocol" V1.06 (2023), 2.3.2.
        private static func report(state: UInt8) -> [UInt8] {
            [0xf4, 0xf3, 0xf2, 0xf1, 0x0d, 0, 0x02, 0xaa, state] + [UInt8](repeating: 0, count: 8)
                + [0x55, 0, 0xf8, 0xf7, 0xf6, 0xf5]
        }
    }

    @Test func `who moves lights the stairs, who stays keeps them lit; silence is told`() async throws {
        let radar = try Radar()
        var plan = StaircasePlan()
        plan.bars = 1
        plan.hold = "5s"
        plan.look = "{easeIn: 0s, easeOut: 0s}"
        plan.bottom = "{driver: ld2410, device: \(radar.line.path)}"
        try await Staircase.with(plan) { stairs in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await radar.speak() }
                try await Self.walk(radar, stairs)
                group.cancelAll()
            }
        }
    }

    private static func walk(_ radar: Radar, _ stairs: Staircase) async throws {
        radar.see(1)
        try await stairs.lit("stair-01")
        radar.see(2)
        // Longer than the hold: a still body counts.
        try await Task.sleep(for: .seconds(7))
        #expect(try stairs.frames(of: "stair-01").last?.isDark == false)
        radar.see(0)
        try await eventually(within: .seconds(20), "it is dark") {
            try stairs.frames(of: "stair-01").last?.isDark == true
        }
        radar.fallSilent()
        let messages = try await stairs.client.messages([Topic.health(node: "stair-01").name(site: stairs.plan.site)])
        try await withDeadline(.seconds(60), "a report of a silent radar") {
            for try await message in messages {
                let report = try JSON.decode(HealthMessage.self, from: message.payload)
                if report.checks.contains(where: { $0.detail?.contains("says nothing") == true }) { return }
            }
        }
    }
}
