import Fleet
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

extension FleetSite {
    /// Runs `footlight` for this site on this broker.
    func footlight(
        _ arguments: String..., of release: Release = .present, within limit: Duration = .seconds(20)
    ) async throws -> CommandResult {
        try await CommandResult.footlight(
            arguments, of: release,
            environment: ["FOOTLIGHT_BROKER": "\(broker.address)", "FOOTLIGHT_SITE": "home"], within: limit)
    }
}

@Suite("footlight health and footlight fleet, with fleet agents", .serialized) struct FleetCommandTests {
    private var plan: FleetPlan {
        var plan = FleetPlan()
        plan.bars = 3
        plan.spares = []
        plan.agents = ["fleet-a"]
        return plan
    }

    /// Where it is about noon now, so that the zone is awake whenever the test runs.
    private static var timeZone: String {
        let ahead = 12 - Int(RealTimeClock.now / 3_600_000_000_000 % 24)
        // POSIX counts the other way round.
        return "Etc/GMT" + (ahead == 0 ? "" : ahead > 0 ? "-\(ahead)" : "+\(-ahead)")
    }

    /// The plan, with a zone that sleeps at night.
    private var scheduledPlan: FleetPlan {
        var plan = plan
        plan.furtherLines["fleet-a"] = """
            scheduledActions:
              - {name: night, action: sleep, recurrence: "0 1 * * *", timeZone: \(Self.timeZone)}
              - {name: morning, action: wake, recurrence: "30 5 * * *", timeZone: \(Self.timeZone)}
            """
        return plan
    }

    @Test func `a refresh is refused where nodes have no update command, and nobody is touched`() async throws {
        try await FleetSite.with(plan) { site in
            let refused = try await site.footlight("fleet", "refresh", "start", "stairs", "--to", "2")
            #expect(refused.code == 1, "\(refused)")
            #expect(
                refused.error.contains(
                    "nobody was updated: stair-01, stair-02, stair-03 have no update command; add commands: {update:"),
                "\(refused.error)")
            #expect(site.read { $0.group?.refresh } == nil && site.read { $0.activities() }.isEmpty)
        }
    }

    @Test func `a fleet agent that is started anew knows at once when its actions are due`() async throws {
        try await FleetSite.with(scheduledPlan) { site in
            let before = MonotonicClock.now
            try site.startFleet("fleet-a")
            try await site.until("the next to lead writes when they are due, at once") { log in
                let groups = log.all("fleet/group/stairs", since: before, as: GroupMessage.self).map(\.message)
                return groups.isEmpty
                    ? nil : groups.allSatisfy { $0.scheduledActions?.allSatisfy { $0.next != nil } == true }
            }
            let later = try await site.footlight("fleet", "scheduled-actions").succeeded()
            #expect(later.output.contains("30 5 * * *") && !later.output.contains("unknown"), "\(later.output)")
        }
    }

    @Test func `says what the fleet agent that leads says, and does what an operator wants`() async throws {
        let plan = scheduledPlan
        try await FleetSite.with(plan) { site in
            // Whatever the hour, the zone is awake.
            try await site.footlight("fleet", "wake", "stairs").succeeded()
            try await eventually(within: .seconds(20), "all is well") {
                try await site.footlight("health").code == 0
            }
            let health = try await site.footlight("health").succeeded()
            #expect(health.output.contains("home: healthy (fleet agent fleet-a)"))
            let described = try await site.footlight("fleet", "describe").succeeded()
            #expect(described.output.contains("stairs: desired 3 (min 3, max 3), in service 3, healthy 3"))
            #expect(described.output.contains("fleet-a      leads"))

            let standby = try await site.footlight("fleet", "standby", "stair-02").succeeded()
            #expect(standby.output.contains("stair-02 goes to Standby: not checked and not replaced"))
            try await site.until("it is in Standby") { $0.node("stair-02")?.lifecycleState == .standby ? true : nil }
            let resting: HealthOutput = try await site.footlight("health", "--json").succeeded().json()
            #expect(try resting.healthy && resting.node("stair-02").lifecycleState == "Standby")
            // The same figures as in the group's record and in metrics.
            #expect(resting.groups.map(\.healthy) == [2] && resting.groups.map(\.standby) == [1])
            #expect(try await site.footlight("health").output.contains("1 in Standby"))
            #expect(try await site.footlight("fleet", "describe").output.contains("in service 2, healthy 2"))
            let again = try await site.footlight("fleet", "standby", "stair-02")
            #expect(again.code == 1 && again.error.contains("the fleet agent says: stair-02 is Standby"))
            try await site.footlight("fleet", "in-service", "stair-02").succeeded()
            try await site.waitUntilHealthy(["stair-02"])

            try await site.footlight("fleet", "suspend", "stairs", "ReplaceUnhealthy").succeeded()
            try await site.footlight("fleet", "set-health", "stair-03", "Unhealthy", "--no-respect-grace-period")
                .succeeded()
            try await site.until("it is held back") { $0.group?.holding?.contains("suspended") == true ? true : nil }
            let held = try await site.footlight("health")
            #expect(
                held.code == 1 && held.output.contains("! stairs holds back: stair-03: ReplaceUnhealthy is suspended"))
            try await site.footlight("fleet", "set-health", "stair-03", "Healthy").succeeded()
            try await site.footlight("fleet", "resume", "stairs").succeeded()

            struct Scheduled: Decodable {
                var zone: String
                var scheduledAction: ScheduledActionMessage
            }
            let scheduled: [Scheduled] = try await site.footlight("fleet", "scheduled-actions", "--json").json()
            #expect(scheduled.map(\.scheduledAction.name) == ["night", "morning"])
            let nexts = scheduled.compactMap(\.scheduledAction.next)
            #expect(nexts.count == 2 && nexts.allSatisfy { $0 > RealTimeClock.now })
            #expect(try await site.footlight("fleet", "scheduled-actions").output.contains("30 5 * * *"))
        }
    }

    @Test func `a refresh is followed to its end, and its story told`() async throws {
        var plan = plan
        plan.hasUpdates = true
        let stairs = (1...3).map { "stair-0\($0)" }
        try await FleetSite.with(plan) { site in
            #expect(try await site.footlight("fleet", "refresh", "status").succeeded().output == "There was none.\n")
            let good = try await site.footlight(
                "fleet", "refresh", "start", "stairs", "--to", "2", "--wait", within: .seconds(90)
            ).succeeded()
            #expect(
                good.output.contains("up to 3 nodes are updated to 2, at most 1 at a time; a failure takes all back"))
            #expect(good.output.contains("InProgress: 0 of 3 nodes have 2; now stair-0"))
            #expect(good.output.contains("stairs: Successful: 3 of 3 nodes have 2"))
            let status = try await site.footlight("fleet", "refresh", "status").succeeded()
            #expect(status.output.contains("Successful") && status.output.contains("100%"))
            let story = try await site.footlight("fleet", "activities", "stairs").succeeded()
            let lines = story.output.split(separator: "\n")
            #expect(lines.count == 3 && lines.allSatisfy { $0.contains("stairs: Successful: Updating stair-0") })

            struct Refreshed: Decodable {
                var zone: String
                var refresh: RefreshMessage
            }
            struct Done: Decodable {
                var zone: String
                var activity: Activity
            }
            struct Described: Decodable {
                var groups: [String: GroupMessage]
                var nodes: [String: NodeMessage]
            }
            let rows: [Refreshed] = try await site.footlight("fleet", "refresh", "status", "--json").json()
            #expect(rows.map(\.zone) == ["stairs"] && rows.first?.refresh.updated.count == 3)
            let done: [Done] = try await site.footlight("fleet", "activities", "--json").json()
            #expect(Set(done.map(\.activity.node)).count == 3 && done.allSatisfy { $0.activity.status == .successful })
            let all: Described = try await site.footlight("fleet", "describe", "--json").json()
            #expect(all.groups["stairs"]?.healthy == 3 && all.nodes["stair-02"]?.lifecycleState == .inService)

            // It pauses after one of three: cancelled, nothing more is begun; rolled back, that one has the second again.
            let paused = try await site.footlight(
                "fleet", "refresh", "start", "stairs", "--to", "1", "--checkpoint", "30%", "--checkpoint-delay", "1h",
                "--bake", "1h", "--no-auto-rollback", "--no-skip-matching"
            ).succeeded()
            #expect(paused.output.contains("a failure ends it, and takes nothing back"))
            let pausing = try await site.until("it pauses", within: .seconds(60)) { log in
                log.group?.refresh.flatMap { $0.checkpoints == 1 && $0.waitsUntil != nil ? $0 : nil }
            }
            #expect(pausing.updated.count == 1 && pausing.version == "1" && pausing.preferences.bakeTimeSeconds == 3600)
            #expect(!pausing.preferences.autoRollback && !pausing.preferences.skipMatching)
            try await site.footlight("fleet", "refresh", "cancel", "stairs").succeeded()
            try await site.until("it is cancelled") { $0.group?.refresh?.status == .cancelled ? true : nil }
            try await site.footlight("fleet", "refresh", "rollback", "stairs").succeeded()
            try await site.until("it is rolled back", within: .seconds(60)) {
                $0.group?.refresh?.status == .rollbackSuccessful ? true : nil
            }
            #expect(
                stairs.allSatisfy { node in
                    site.read { ($0.last("node/\(node)/status") as NodeStatus?)?.version == "2" }
                })
            try await site.footlight("fleet", "sleep", "stairs").succeeded()
            try await site.until("all sleep") { log in
                stairs.allSatisfy { (log.last("node/\($0)/status") as NodeStatus?)?.state == .sleeping } ? true : nil
            }
            #expect(try await site.footlight("health").succeeded().output.contains("sleeping"))
            try await site.footlight("fleet", "wake", "stairs").succeeded()
            try await site.waitUntilHealthy()

            let refused = try await site.footlight("fleet", "refresh", "cancel", "stairs")
            #expect(refused.code == 1 && refused.error.contains("no refresh of stairs goes on"))
            let wrong = try await site.footlight(
                "fleet", "refresh", "start", "stairs", "--to", "3", "--min-healthy", "200")
            #expect(wrong.code == 64 && wrong.error.contains("from 0% to 100%"))
        }
    }

    /// What the broker still says of a leader that is dead proves nothing.
    @Test func `a fleet agent that hangs is not believed`() async throws {
        try await FleetSite.with(plan) { site in
            try site.process("fleet-a").signal(19)
            defer { try? site.process("fleet-a").signal(18) }
            let output = try await site.footlight("health")
            #expect(output.output.contains("the fleet agent fleet-a is said to lead, and gives no sign of life"))
            #expect(output.output.contains("no fleet agent: by nodes' own reports"))
        }
    }
}
