import Glibc
import MQTT
import Mesh
import Processes
import TestSupport
import Testing

/// Actions and the programs that nodes run for them. `reboot` is a harmless program here, that leaves a trace.
@Suite struct ActionTests {
    /// A staircase of one bar whose nodes write a line to a file when they are told to reboot.
    private func plan(_ trace: TemporaryFolder, then command: String = "true") -> StaircasePlan {
        var plan = StaircasePlan(bars: 1)
        plan.commands = "{reboot: [/bin/sh, -c, \"echo obeyed >> \(trace.path)/trace; \(command)\"]}"
        return plan
    }

    private func lines(_ trace: TemporaryFolder) -> Int {
        (try? trace.contents(of: "trace"))?.count { $0 == 0x0a } ?? 0
    }

    @Test func `a retained action is never obeyed, and everybody is told`() async throws {
        let trace = try TemporaryFolder("trace")
        let plan = plan(trace)
        let topic = Topic.action(node: "stair-01").name(site: plan.site)
        try await TestBroker.with { broker in
            // Kept before the node ever started.
            try await MQTTClient.withClient(MQTTConfiguration(addresses: [broker.address], clientID: "careless")) {
                try await $0.publish(
                    MQTTMessage(
                        topic: topic, payload: JSON.encode(ActionMessage(action: "reboot", id: "kept")), retain: true))
            }
            try await Staircase.with(plan, on: broker) { stairs in
                let warning = "a retained command is not obeyed"
                let agent = try stairs.agent("stair-01")
                try await onThread { try agent.waitForOutput("\(topic): \(warning)") }
                let get = try await stairs.footlight("get").succeeded()
                #expect(get.output.contains("\(topic): \(warning)") && get.output.contains("mosquitto_pub -r -n -t"))
                let health: HealthOutput = try await stairs.footlight("health", "--json").json()
                let check = try health.node("stair-01").checks?.first { $0.check == "retained actions" }
                #expect(check?.healthy == false && check?.detail?.contains(topic) == true)

                // At the next start, too; and one that isn't kept is obeyed, so the program would have been run.
                try stairs.start("stair-01")
                try await stairs.waitUntilOnline()
                let again = try stairs.agent("stair-01")
                try await onThread { try again.waitForOutput("\(topic): \(warning)") }
                #expect(lines(trace) == 0)
                let answer = try await stairs.act(ActionMessage(action: "reboot", id: "live"), on: "stair-01")
                #expect(answer.done && lines(trace) == 1)
            }
        }
    }

    @Test func `an action that ended its agent isn't obeyed again when it comes again`() async throws {
        let trace = try TemporaryFolder("trace")
        // As a reboot does: no orderly end, no answer.
        try await Staircase.with(plan(trace, then: "kill -9 $PPID")) { stairs in
            func ask(_ id: String) async throws {
                let topic = Topic.action(node: "stair-01").name(site: stairs.plan.site)
                let action = ActionMessage(action: "reboot", id: id)
                try await stairs.client.publish(MQTTMessage(topic: topic, payload: JSON.encode(action)))
            }
            for number in 1...2 {
                let agent = try stairs.agent("stair-01")
                try await ask("reboot-\(number)")
                #expect(try await agent.end() == .signal(SIGKILL))
                #expect(lines(trace) == number)
                try stairs.start("stair-01")
                try await stairs.waitUntilOnline()
                // Both that were obeyed, and then what is answered: by then they have been read.
                for old in 1...number { try await ask("reboot-\(old)") }
                let answer = try await stairs.act(ActionMessage(action: "report", id: ""), on: "stair-01")
                #expect(answer.done && lines(trace) == number)
            }
            #expect(try stairs.agent("stair-01").ending == nil)
        }
    }

    @Test func `a program has the log and none of the agent's descriptors`() async throws {
        let trace = try TemporaryFolder("trace")
        // 3 is the folder that ls reads.
        try await Staircase.with(plan(trace, then: "ls -l /proc/self/fd > \(trace.path)/descriptors")) { stairs in
            let answer = try await stairs.act(ActionMessage(action: "reboot", id: ""), on: "stair-01")
            #expect(answer.done, "\(answer.error ?? "")")
            let text = String(decoding: try trace.contents(of: "descriptors"), as: UTF8.self)
            let numbers = text.split(separator: "\n").filter { $0.contains(" -> ") }.compactMap { line in
                line.split(separator: " -> ").first.flatMap { $0.split(separator: " ").last }.flatMap { Int($0) }
            }
            #expect(numbers.sorted() == [0, 1, 2, 3], "\(text)")
        }
    }
}
