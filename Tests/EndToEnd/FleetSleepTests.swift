import Fleet
import Glibc
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

@Suite("The fleet: nodes sleep and wake", .serialized) struct FleetSleepTests {
    @Test
    func `a group told to sleep is dark and healthy; told to wake it is there; and a node wakes by itself`()
        async throws
    {
        var plan = FleetPlan()
        plan.bars = 2
        plan.spares = []
        plan.agents = ["fleet-a"]
        try await FleetSite.with(plan) { site in
            try site.walk()
            try await eventually(within: .seconds(10), "it is lit") {
                try (site.frames(of: "stair-02").last?.lightness ?? 0) > 0.59
            }
            let slept = MonotonicClock.now
            #expect(try await site.command(FleetCommand(.sleep, id: "sleep", zone: "stairs")).done)
            try await site.until("both sleep") { log in
                site.plan.nodes.allSatisfy { node in
                    (log.last("node/\(node)/status") as NodeStatus?)?.state == .sleeping
                } ? true : nil
            }
            try await eventually(within: .seconds(10), "both are dark") {
                try site.plan.nodes.allSatisfy { try site.frames(of: $0).last?.isDark == true }
            }
            let asleep = try await site.until("the group sleeps") { log in
                log.group.flatMap { $0.sleeping ? $0 : nil }
            }
            #expect(asleep.desiredCapacity == 0 && asleep.unhealthy.isEmpty)
            // Motion while they sleep: they stay dark, for longer than a check takes to fail.
            try site.walk()
            try await Task.sleep(for: .seconds(4))
            for node in site.plan.nodes {
                #expect(try site.frames(of: node).last?.isDark == true)
                #expect(site.read { $0.instant(of: node, is: .unhealthy, since: slept) } == nil)
            }
            let woke = MonotonicClock.now
            #expect(try await site.command(FleetCommand(.wake, id: "wake", zone: "stairs")).done)
            try await onThread {
                try site.process("fleet-a").waitForOutput("stairs woke: 2 of 2 Healthy", within: .seconds(20))
            }
            print("awake and Healthy after \(Double((MonotonicClock.now - woke) / 10_000_000) / 100) s")
            try site.walk()
            try await eventually(within: .seconds(10), "it is lit again") {
                try (site.frames(of: "stair-02").last?.lightness ?? 0) > 0.59
            }

            // Nobody leads: the node wakes when it was told to.
            try site.process("fleet-a").signal(SIGKILL)
            let until = RealTimeClock.now + 2_000_000_000
            let places = PlacesMessage(revision: RealTimeClock.now, sleepUntil: until)
            try await site.client.publish(
                MQTTMessage(
                    topic: Topic.nodeConfiguration(node: "stair-02").name(site: "home"), payload: JSON.encode(places),
                    retain: true))
            let states = try await site.until("it sleeps, and wakes") { log in
                let since = log.all("node/stair-02/status", since: woke, as: NodeStatus.self).map(\.message.state)
                return since.suffix(2) == [.sleeping, .online] && since.contains(.sleeping) ? since : nil
            }
            #expect(states.last == .online && RealTimeClock.now >= until)
        }
    }
}
