import Fleet
import Glibc
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

@Suite("The fleet: when it is the network, nothing is replaced, and the cause is told", .serialized)
struct FleetHoldingTests {
    /// Long enough for everything to be replaced, were it not held back.
    static let outage = FleetSoak.isOn ? Duration.seconds(60) : .seconds(9)

    private func plan(cutting linked: Int) -> FleetPlan {
        var plan = FleetPlan()
        plan.linked = Set(plan.stairs.suffix(linked))
        plan.agents = ["fleet-a"]
        return plan
    }

    @Test
    func `the broker stopped: the agent says that it sees nothing, and afterwards all is as before`() async throws {
        try await FleetSite.with { site in
            try await onThread { try site.broker.stop() }
            try await Task.sleep(for: Self.outage)
            let back = MonotonicClock.now
            try await onThread { try site.broker.restart(wipingMemory: false) }
            try await site.until("somebody leads again", within: .seconds(30)) { log in
                log.all("fleet/agent/fleet-a", since: back, as: AgentClaim.self).contains { $0.message.leads }
                    || log.all("fleet/agent/fleet-b", since: back, as: AgentClaim.self).contains { $0.message.leads }
                    ? true : nil
            }
            try await site.until("the group is whole", within: .seconds(30)) { log in
                log.all("fleet/group/stairs", since: back, as: GroupMessage.self).last?.message.healthy == 12
                    ? true : nil
            }
            #expect(site.read { $0.activities() }.isEmpty)
            for id in site.plan.agents {
                let output = try site.process(id).output
                #expect(output.contains("no broker: every node is unobservable, nothing is replaced"))
            }
        }
    }

    @Test
    func `a broker that lost its memory gets the site's configuration and the fleet's records back`() async throws {
        var plan = FleetPlan()
        plan.bars = 3
        try await FleetSite.with(plan) { site in
            // No node is there that could restore it.
            for node in site.plan.nodes { try site.process(node).signal(SIGKILL) }
            let before = try await Retained.read(site.client, site: "home").filter { $0.key.hasPrefix("config/") }
            try await onThread { try site.broker.restart(wipingMemory: true) }
            try await eventually(within: .seconds(20), "the configuration is back") {
                let now = (try? await Retained.read(site.broker.address, site: "home")) ?? [:]
                return before.allSatisfy { now[$0.key] == $0.value } && now["fleet/group/stairs"] != nil
            }
            #expect(before.keys.sorted() == ["config/site", "config/zone/stairs"])
        }
    }

    @Test(arguments: [6, 11])
    func `half of the nodes cut off together, or all but one: no replacement, and the group says why`(count: Int)
        async throws
    {
        let plan = plan(cutting: count)
        try await FleetSite.with(plan) { site in
            let cut = MonotonicClock.now
            site.link.cut()
            let reason = try await site.until("the group holds back") { log in
                log.all("fleet/group/stairs", since: cut, as: GroupMessage.self).lazy.compactMap(\.message.holding)
                    .first
            }
            print("\(count) of 12 cut: \(reason)")
            // What is said first may be of those that were noticed first.
            try await site.until("the group says the cause") { log in
                log.all("fleet/group/stairs", since: cut, as: GroupMessage.self).contains { entry in
                    let holding = entry.message.holding ?? ""
                    return holding.contains("of 12 nodes fell silent together: a cause in common, network or power")
                        || holding.contains("of 12 nodes are silent: more likely the network than they")
                } ? true : nil
            }
            try await Task.sleep(for: Self.outage)
            #expect(site.read { $0.activities() }.isEmpty)
            #expect(site.read { $0.group?.holding } != nil, "as long as it lasts")
            site.link.join()
            try await site.until("all are Healthy, and nothing holds back any more", within: .seconds(40)) { log in
                log.group.flatMap { $0.healthy == 12 && $0.holding == nil ? true : nil }
            }
            #expect(site.read { $0.activities() }.isEmpty)
        }
    }
}
