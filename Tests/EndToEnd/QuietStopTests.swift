import Glibc
import MQTT
import Mesh
import Processes
import TestSupport
import Testing

@Suite struct QuietStopTests {
    @Test func `who is asked to end while messages pour in ends well, and logs no error`() async throws {
        try await Staircase.with(StaircasePlan(bars: 2)) { stairs in
            let file = "site: home\nid: fleet-a\nbrokers: [\"\(stairs.broker.address)\"]\n"
            let path = try stairs.folder.write(file, to: "fleet.yaml")
            let client = stairs.client
            // Commands that the zone's keeper answers, and nodes that the fleet agent records.
            let flood = Task {
                let status = NodeStatus(
                    state: .online, bootId: "b", started: 1, connection: 1, version: "1", bars: [], sensors: [],
                    synchronised: false, priority: 0)
                for number in 0... {
                    let word = number.isMultiple(of: 2) ? "on" : "off"
                    try await client.publish(MQTTMessage(topic: "footlight/home/zone/stairs/set", text: word))
                    let topic = Topic.status(node: "stranger-\(number % 500)").name(site: "home")
                    try await client.publish(MQTTMessage(topic: topic, payload: JSON.encode(status)))
                }
            }
            defer { flood.cancel() }
            for _ in 0..<3 {
                let fleet = try ChildProcess(try Programs.path("footlight-fleet"), ["--config", path])
                defer { fleet.signal(SIGKILL) }
                try await onThread { try fleet.waitForOutput("connected to", within: .seconds(20)) }
                let agents = try stairs.plan.nodes.map { try stairs.agent($0) }
                for process in agents + [fleet] { process.signal(SIGTERM) }
                for process in agents + [fleet] {
                    #expect(try await process.end(within: .seconds(20)) == .exit(0))
                    #expect(!process.output.contains(" error "), "\(process.output.suffix(2000))")
                }
                for node in stairs.plan.nodes { try stairs.start(node) }
                try await stairs.waitUntilOnline()
            }
        }
    }
}
