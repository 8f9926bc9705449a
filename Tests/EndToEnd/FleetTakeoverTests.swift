import Fleet
import Glibc
import Lighting
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

@Suite("The fleet: leaders killed at random moments", .serialized) struct FleetTakeoverTests {
    /// What chance is made of; SEED=7 in the environment is another.
    private static let seed = getenv("SEED").flatMap { UInt64(String(cString: $0)) } ?? 1

    private var plan: FleetPlan {
        var plan = FleetPlan()
        plan.bars = 5
        plan.hasUpdates = true
        plan.health = """
            {interval: 500ms, timeout: 400ms, healthyThreshold: 1, unhealthyThreshold: 4, healthCheckGracePeriod: 2s,
              defaultInstanceWarmup: 200ms}
            """
        return plan
    }

    /// Kills the leader, after a random while, as often as may be until `isOver`; whoever was killed is started again.
    ///
    /// - Returns: how often.
    private func kill(
        _ site: FleetSite, atMost count: Int, _ random: inout SplitMix64, until isOver: @Sendable (FleetLog) -> Bool
    ) async throws -> Int {
        var killed = 0
        while killed < count, !site.read(isOver) {
            let leader = try await site.leader()
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...2500, using: &random)))
            guard !site.read(isOver) else { break }
            try site.process(leader).signal(SIGKILL)
            killed += 1
            let after = MonotonicClock.now
            try await site.until("another leads than \(leader)") { log in
                site.plan.agents.first { id in
                    id != leader
                        && log.all("fleet/agent/\(id)", since: after, as: AgentClaim.self).contains { $0.message.leads }
                }
            }
            try site.startFleet(leader)
        }
        return killed
    }

    @Test
    func `replacements and refreshes go on to their right end, and nothing is done twice`() async throws {
        let wanted = FleetSoak.isOn ? 50 : 3
        print("seed \(Self.seed)")
        var random = SplitMix64(seed: Self.seed)
        try await FleetSite.with(plan) { site in
            var (kills, refreshes, replacements, runs) = (0, 0, 0, 0)
            var spare = "spare-01"
            while kills < wanted {
                let members = site.plan.nodes.filter { $0 != spare }
                let began = MonotonicClock.now
                let version = refreshes % 2 == 0 ? "2" : "1"
                var command = FleetCommand(.startRefresh, id: "refresh-\(refreshes)", zone: "stairs")
                command.version = version
                _ = try await site.leader()
                #expect(try await site.command(command).done)
                @Sendable func refresh(_ log: FleetLog) -> RefreshMessage? {
                    log.all("fleet/group/stairs", since: began, as: GroupMessage.self).last?.message.refresh
                        .flatMap { $0.isOpen ? nil : $0 }
                }
                kills += try await kill(site, atMost: wanted - kills, &random) { refresh($0) != nil }
                let what = "the refresh to \(version) ends"
                let ended = try await site.until(what, within: .seconds(120)) { refresh($0) }
                #expect(ended.status == .successful, "\(ended.reason)")
                let updates = try site.updates()
                // The spare, too, where it stood by; who was it at the last one may have the version already.
                #expect(Set(members).isSubset(of: ended.previous.keys))
                let expected = ended.previous.keys.filter { !ended.skipped.contains($0) }.map { "\($0) \(version)" }
                #expect(updates.dropFirst(runs).sorted() == expected.sorted(), "each once")
                runs = updates.count
                refreshes += 1
                guard kills < wanted else { break }

                // Who has lost its place is a spare for that place only.
                let node =
                    spare == "spare-01" ? members[Int.random(in: 0..<members.count, using: &random)] : "spare-01"
                let died = MonotonicClock.now
                try site.process(node).signal(SIGKILL)
                try await site.until("its replacement begins", within: .seconds(60)) { log in
                    log.activities(since: died).first { $0.kind == .replacement }
                }
                @Sendable func replacement(_ log: FleetLog) -> Activity? {
                    log.activities(since: died).first { $0.status == .successful }
                }
                kills += try await kill(site, atMost: wanted - kills, &random) { replacement($0) != nil }
                try await site.until("it ends", within: .seconds(90)) { replacement($0) }
                // A spare that misses a check is none for that while: that is told, and is no replacement.
                let told = site.read { $0.activities(since: died) }.filter { $0.spare != nil }
                #expect(Set(told.map(\.id)).count == 1 && told.last?.status == .successful, "\(told.map(\.line))")
                #expect(told.last?.node == node && told.last?.spare == spare)
                spare = node
                try site.start(node)
                try await site.until("\(node) is a spare", within: .seconds(60)) { log in
                    log.node(node).flatMap { $0.isSpare && $0.healthStatus == .healthy ? true : nil }
                }
                replacements += 1
            }
            #expect(kills == wanted)
            print("\(kills) leaders killed in \(refreshes) refreshes and \(replacements) replacements: all ended right")
        }
    }
}
