import Lighting
import Testing

@testable import Mesh

@Suite struct NodeConflictTests {
    /// The node is taken over, and finds the other's word when it is back.
    private func takeOver(
        _ node: inout TestNode, by boot: String, started: MeshInstant, connection: Int, at now: MeshInstant
    ) -> [NodeAction] {
        _ = node.core.handle(.disconnected, at: now)
        node.connect(connection + 1, at: now + .milliseconds(200))
        let status = NodeStatus(
            state: .offline, bootId: boot, started: started.nanoseconds, connection: connection, version: "1.0",
            bars: [], sensors: [], synchronised: false, priority: 0)
        return node.hear(.status(node: "stair-01"), status, at: now + .milliseconds(210))
    }

    @Test func `the agent that started later leaves the name to the other after three takeovers`() {
        var node = TestNode.atWork()
        var actions: [NodeAction] = []
        for count in 1...3 {
            #expect(!actions.contains { if case .giveWay = $0 { true } else { false } })
            actions = takeOver(&node, by: "boot-0", started: at(-9), connection: count, at: at(Double(count)))
        }
        let words = actions.compactMap { action -> String? in
            if case .giveWay(.seconds(60), let why) = action { why } else { nil }
        }
        #expect(words.count == 1 && words.first?.contains("rename one (node: in its agent's file)") == true)
        #expect(actions.publications.isEmpty, "it says nothing more in a name that is the other's")
        // Its own sensors go on lighting its own bars.
        node.motion(true, at: at(5))
        #expect(node.lights(at: at(6))[0] > 0)
    }

    @Test func `the agent that was there first says so in status, health and log, until the other is gone`() throws {
        var node = TestNode.atWork()
        var actions: [NodeAction] = []
        for count in 1...3 {
            actions = takeOver(&node, by: "boot-2", started: at(9), connection: count, at: at(Double(count)))
        }
        let status: NodeStatus? = actions.last(.status(node: "stair-01"))
        #expect(status?.state == .online && status?.conflict == "boot-2" && actions.warnings.count == 1)
        func check(at now: MeshInstant) throws -> HealthMessage.Check? {
            try JSON.decode(HealthMessage.self, from: node.core.health(at: now, checks: []).payload).checks
                .first { $0.check == "name" }
        }
        #expect(try check(at: at(600))?.healthy == false)
        #expect(try check(at: at(1300)) == nil)
        let after: NodeStatus? = node.tick(at: at(1300)).last(.status(node: "stair-01"))
        #expect(after?.conflict == nil && after?.bootId == "boot-1")
    }
}
