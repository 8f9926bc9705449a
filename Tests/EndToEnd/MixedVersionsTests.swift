import Fleet
import Glibc
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

/// The last release's programs beside these, on one broker: `make mixed`.
@Suite("Mixed versions", .serialized, .enabled(if: Release.previousFolder != nil, "make mixed builds the last release"))
struct MixedVersionsTests {
    /// What `footlight get --json` prints, as far as these tests look at it.
    private struct Site: Decodable {
        struct Node: Decodable {
            var node: String
            var state: String
            var `protocol`: Int?
        }
        var nodes: [Node]
        var problems: [String]

        var online: Int { nodes.count { $0.state == "online" } }
    }

    private func passed(_ what: String) { print("  mixed: \(what)") }

    /// Somebody passes the sensor of a node: all bars light, each in its turn of the wave. Then all are dark again.
    private func walk(_ stairs: Staircase, from node: String, _ what: String) async throws {
        for bar in stairs.plan.stairs {
            try await stairs.frames(of: bar, within: .seconds(20), "dark before") { $0.last?.isDark ?? true }
        }
        let begin = MonotonicClock.now
        try stairs.agent(node).signal(SIGUSR1)
        let isUpwards = node != "landing"
        let order = isUpwards ? stairs.plan.stairs : stairs.plan.stairs.reversed()
        var instants: [Int64] = []
        for bar in order {
            let frames = try await stairs.frames(of: bar, "lights when \(node) sees somebody") {
                $0.firstLight(after: begin) != nil
            }
            instants.append(frames.firstLight(after: begin)?.t ?? 0)
        }
        let start = try await stairs.waveStart(at: isUpwards ? "stair-01/bottom" : "landing/top")
        let deviations = instants.enumerated().map { Double($1 - start - Int64($0) * 50_000_000) / 1e6 }
        #expect(deviations.allSatisfy { abs($0) < WaveTests.tolerance }, "\(what): \(deviations)")
        for bar in order {
            try await stairs.frames(of: bar, within: .seconds(20), "dark again") { $0.last?.isDark == true }
        }
        passed(
            "\(what): \(order.count) bars in their turn, off by \(deviations.map(abs).max() ?? 0) ms at worst; dark after"
        )
    }

    /// Awaits that all nodes report the revision that the broker has.
    private func taken(_ stairs: Staircase, _ what: String) async throws {
        let message = try JSON.decode(
            ZoneMessage.self, from: Array(try await stairs.retained()["config/zone/stairs"]?.utf8 ?? "".utf8))
        let revision = "\(message.revision ?? 0)"
        try await eventually(within: .seconds(30), "all nodes report \(what)") {
            let health: HealthOutput = try await stairs.footlight("health", "--json").json()
            return health.nodes.allSatisfy { node in
                node.checks?.contains { $0.check == "configuration/stairs" && $0.detail == revision } == true
            }
        }
        passed("\(what) has come to all nodes")
    }

    /// Awaits that all bars are lit, or dark.
    private func bars(_ stairs: Staircase, areLit: Bool, _ what: String) async throws {
        for bar in stairs.plan.stairs {
            try await stairs.frames(of: bar, within: .seconds(10), what) {
                areLit ? ($0.last?.lightness ?? 0) > 0.59 : $0.last?.isDark ?? true
            }
        }
        passed("\(what): all bars are \(areLit ? "lit" : "dark")")
    }

    @Test
    func `nodes of both releases, and both command lines`() async throws {
        var plan = StaircasePlan(bars: 6, hold: "5s")
        plan.previous = ["stair-01", "stair-03", "stair-05"]
        try await Staircase.with(plan) { stairs in
            try await taken(stairs, "what this release applied")
            try await walk(stairs, from: "stair-01", "motion at an old node's sensor")
            try await walk(stairs, from: "landing", "motion at a new node's sensor")

            try await stairs.apply(plan.siteFile.replacing("hold: 5s", with: "hold: 6s"), of: .previous)
            try await taken(stairs, "what the last release applied")
            try await walk(stairs, from: "stair-01", "after that, motion at an old node's sensor")

            for (on, off) in [(Release.present, Release.previous), (.previous, .present)] {
                try await stairs.footlight("on", "stairs", of: on).succeeded()
                try await bars(stairs, areLit: true, "on by the \(on) release")
                try await stairs.footlight("off", "stairs", of: off).succeeded()
                try await bars(stairs, areLit: false, "off by the \(off) release")
                try await stairs.footlight("auto", "stairs", of: on).succeeded()
            }

            for release in [Release.present, .previous] {
                let site: Site = try await stairs.footlight("get", "--json", of: release).succeeded().json()
                #expect(site.online == 7, "\(site)")
                #expect(!site.problems.contains { $0.contains("can't be read") }, "\(site.problems)")
                try await eventually(within: .seconds(20), "all are healthy to the \(release) release") {
                    try await stairs.footlight("health", of: release).code == 0
                }
                for node in ["stair-02", "stair-03"] {
                    try await stairs.footlight("identify", node, "--for", "1s", of: release).succeeded()
                }
                try await stairs.footlight("trigger", "landing/top", of: release).succeeded()
                try await stairs.footlight("trigger", "stair-01/bottom", of: release).succeeded()
                passed("get, health, identify and trigger of the \(release) release")
            }
            let site: Site = try await stairs.footlight("get", "--json").succeeded().json()
            let speaks = Dictionary(uniqueKeysWithValues: site.nodes.map { ($0.node, $0.protocol) })
            #expect(speaks["stair-01"] == 1 && speaks["stair-02"] == Version.contract)
            let health = try await stairs.footlight("health").succeeded()
            let remark =
                "nodes speak different protocols (1: stair-01, stair-03, stair-05; \(Version.contract): landing"
            #expect(health.output.contains(remark), "\(health.output)")
            passed("get and health say which nodes speak which protocol")

            // The keeper is the first by name: landing, a new one; after it stair-01, an old one.
            try stairs.agent("landing").signal(SIGKILL)
            try await stairs.footlight("on", "stairs").succeeded()
            try await bars(stairs, areLit: true, "the new keeper killed, an old one takes up a command")
            try stairs.start("landing")
            try await stairs.waitUntilOnline(["landing"])
            try stairs.agent("stair-01").signal(SIGKILL)
            try await stairs.footlight("off", "stairs", of: .previous).succeeded()
            let bars = stairs.plan.stairs.dropFirst()
            for bar in bars { try await stairs.frames(of: bar, "off") { $0.last?.isDark == true } }
            try stairs.start("stair-01")
            try await stairs.waitUntilOnline(["stair-01"])
            try await stairs.footlight("auto", "stairs").succeeded()
            try await stairs.waitUntilSettled()
            passed("the old keeper killed, a new one takes up the next command")

            for node in plan.nodes {
                let log = try stairs.agent(node).output
                #expect(!log.contains("refused"), "\(log)")
            }
            passed("nobody refused a message")
        }
    }

    @Test(arguments: [[], ["stair-01", "stair-03"]] as [Set<String>])
    func `a broker that loses its memory`(_ previous: Set<String>) async throws {
        var plan = StaircasePlan(bars: 4, hold: "5s")
        plan.previous = previous
        try await Staircase.with(plan) { stairs in
            try await walk(stairs, from: "landing", "before")
            try await onThread { try stairs.broker.restart(wipingMemory: true) }
            try await eventually(within: .seconds(30), "the broker has all back") {
                let retained = try await stairs.retained()
                return retained["config/zone/stairs"] != nil && retained["config/site"] != nil
                    && stairs.plan.nodes.allSatisfy { retained["node/\($0)/status"]?.contains("online") == true }
            }
            try await stairs.waitUntilSettled()
            try await walk(
                stairs, from: "landing", "a broker without memory has all back: motion at a new node's sensor")
        }
    }

    @Test
    func `node by node from the last release to this one, and back`() async throws {
        var plan = StaircasePlan(bars: 3, hold: "5s")
        plan.previous = Set(plan.nodes)
        try await Staircase.with(plan) { stairs in
            try await walk(stairs, from: "stair-01", "all nodes of the last release")
            for release in [Release.present, .previous] {
                for (index, node) in stairs.plan.nodes.enumerated() {
                    // Whoever is started anew reads what the other release kept.
                    try stairs.start(node, of: release)
                    try await stairs.waitUntilOnline()
                    try await stairs.waitUntilSettled()
                    let what = "\(index + 1) of \(stairs.plan.nodes.count) nodes of the \(release) release"
                    try await walk(stairs, from: index % 2 == 0 ? "stair-01" : "landing", what)
                    let log = try stairs.agent(node).output
                    #expect(!log.contains("refused"), "\(log)")
                }
            }
        }
    }

    @Test(arguments: [Release.previous, .present])
    func `a fleet agent of one release, nodes of the other`(_ release: Release) async throws {
        var plan = FleetPlan()
        plan.bars = 4
        plan.spares = ["spare-01", "spare-02"]
        // fleet-a leads, for its name: it is of one release, and all nodes and fleet-b are of the other.
        plan.previous = release == .previous ? ["fleet-a"] : Set(plan.nodes + ["fleet-b"])
        let other: Release = release == .previous ? .present : .previous
        try await FleetSite.with(plan) { site in
            func replaces(_ node: String, by spare: String) async throws {
                let killed = MonotonicClock.now
                try site.process(node).signal(SIGKILL)
                let ended = try await site.until("\(node) is replaced", within: .seconds(60)) { log in
                    log.activities(since: killed).first { !$0.isOpen && $0.node == node }
                }
                #expect(ended.status == .successful && ended.spare == spare, "\(ended.line)")
                try site.start(node)
                try await site.until("\(node) is a spare", within: .seconds(60)) { log in
                    log.node(node).flatMap { $0.isSpare && $0.healthStatus == .healthy ? true : nil }
                }
                passed("fleet-\(try await site.leader().suffix(1)) replaced \(node) by \(spare)")
            }
            func leads(_ id: String, after instant: Int64) async throws {
                try await site.until("\(id) leads", within: .seconds(60)) { log in
                    log.all("fleet/agent/\(id)", since: instant, as: AgentClaim.self).contains {
                        $0.message.leads && $0.message.online
                    } ? true : nil
                }
            }

            #expect(try await site.leader() == "fleet-a")
            for each in [Release.present, .previous] {
                try await eventually(within: .seconds(20), "healthy to the \(each) release") {
                    try await site.footlight("health", of: each).code == 0
                }
            }
            passed("fleet-a of the \(release) release leads; all nodes are Healthy, to both command lines")
            try await replaces("stair-02", by: "spare-01")
            try await site.footlight("fleet", "standby", "stair-03", of: other).succeeded()
            try await site.until("it is in Standby") { $0.node("stair-03")?.lifecycleState == .standby ? true : nil }

            let before = MonotonicClock.now
            try site.process("fleet-a").signal(SIGKILL)
            try await leads("fleet-b", after: before)
            let record = try await site.until("fleet-b writes the group's record", within: .seconds(60)) { log in
                log.all("fleet/group/stairs", since: before, as: GroupMessage.self).last?.message
            }
            #expect(record.activities.contains { $0.node == "stair-02" && $0.status == .successful })
            #expect(site.read { $0.node("stair-03")?.lifecycleState } == .standby)
            try await site.footlight("fleet", "in-service", "stair-03", of: release).succeeded()
            try await site.waitUntilHealthy(["stair-03"])
            passed("fleet-b of the \(other) release took over: history and Standby are as fleet-a wrote them")
            try await replaces("stair-04", by: "spare-02")

            try site.startFleet("fleet-a")
            try await site.until("fleet-a is there") { $0.agent("fleet-a")?.online == true ? true : nil }
            let again = MonotonicClock.now
            try site.process("fleet-b").signal(SIGKILL)
            try await leads("fleet-a", after: again)
            try await site.until("the group is whole", within: .seconds(60)) { $0.group?.healthy == 4 ? true : nil }
            let story = try await site.footlight("fleet", "activities", "stairs", of: other).succeeded()
            #expect(story.output.contains("Replacing stair-04 by spare-02"), "\(story.output)")
            passed("fleet-a leads again, and goes on from what fleet-b wrote")
        }
    }

    @Test
    func `a refresh takes all nodes from the last release to this one, and back`() async throws {
        var plan = FleetPlan()
        plan.bars = 3
        plan.spares = []
        plan.hasUpdates = true
        plan.hold = "10s"
        plan.previous = Set(plan.stairs + ["fleet-b"])
        try await FleetSite.with(plan) { site in
            for (version, contract) in [("2", Version.contract as Int?), ("1", nil)] {
                let result = try await site.footlight(
                    "fleet", "refresh", "start", "stairs", "--to", version, "--wait", within: .seconds(120))
                #expect(
                    result.code == 0 && result.output.contains("Successful: 3 of 3 nodes have \(version)"), "\(result)")
                try await site.until("all speak protocol \(contract ?? 1)") { log in
                    site.plan.stairs.allSatisfy { node in
                        let status: NodeStatus? = log.last("node/\(node)/status")
                        return status?.state == .online && status?.contract == contract
                    } ? true : nil
                }
                try await site.waitUntilHealthy()
                let begin = MonotonicClock.now
                try site.walk()
                for node in plan.stairs {
                    try await eventually(within: .seconds(5), "\(node) lights") {
                        try site.frames(of: node).firstLight(after: begin) != nil
                    }
                }
                passed("a refresh to the \(contract == nil ? "last" : "present") release; then motion lights all bars")
            }
        }
    }
}
