import Fleet
import Glibc
import Lighting
import MQTT
import Mesh
import Processes
import TestSupport
import Testing

@Suite("The fleet: rolling updates, with people on the stairs", .serialized) struct FleetRefreshTests {
    /// A bar may be dark for as long as its node takes to give way to the next version of itself.
    static let longestDark = 1.0

    private var plan: FleetPlan {
        var plan = FleetPlan()
        plan.hasUpdates = true
        plan.spares = []
        plan.hold = "10s"
        plan.health = """
            {interval: 500ms, timeout: 400ms, healthyThreshold: 1, unhealthyThreshold: 4, healthCheckGracePeriod: 2s,
              defaultInstanceWarmup: 200ms}
            """
        return plan
    }

    /// Runs a body while people walk all the time, and then looks at what was dark.
    private func walking(_ site: FleetSite, _ body: () async throws -> Void) async throws {
        try site.walk()
        try await eventually(within: .seconds(10), "all is lit") {
            try site.plan.stairs.allSatisfy { (try site.frames(of: $0).last?.lightness ?? 0) > 0.59 }
        }
        let began = MonotonicClock.now
        let walker = Task {
            while !Task.isCancelled {
                try site.walk()
                try await Task.sleep(for: .seconds(1))
            }
        }
        defer { walker.cancel() }
        try await body()
        let ended = MonotonicClock.now
        var dark: [[ClosedRange<Int64>]] = []
        for node in site.plan.stairs {
            let frames = try site.frames(of: node)
            let times = frames.enumerated().compactMap { index, frame -> ClosedRange<Int64>? in
                let end = min(index + 1 < frames.count ? frames[index + 1].t : ended, ended)
                return frame.isDark && end > began ? max(frame.t, began)...max(frame.t, began, end) : nil
            }
            let longest = times.map { Double($0.upperBound - $0.lowerBound) / 1e9 }.max() ?? 0
            #expect(longest < Self.longestDark, "\(node) was dark for \(longest) s")
            dark.append(times)
        }
        for (index, (one, other)) in zip(dark, dark.dropFirst()).enumerated() {
            let isDark = one.contains { a in other.contains { b in a.overlaps(b) } }
            #expect(!isDark, "\(site.plan.stairs[index]) and the one above it were dark together")
        }
        print("dark: \(dark.flatMap { $0 }.count) times in \(Double((ended - began) / 100_000_000) / 10) s")
    }

    private func refresh(_ site: FleetSite, to version: String, within limit: Duration) async throws -> RefreshMessage {
        var command = FleetCommand(.startRefresh, id: "refresh-\(version)", zone: "stairs")
        command.version = version
        let answer = try await site.command(command)
        #expect(answer.done, "\(answer.error ?? "")")
        return try await site.until("the refresh to \(version) ends", within: limit) { log in
            log.group?.refresh.flatMap { $0.version == version && !$0.isOpen ? $0 : nil }
        }
    }

    @Test(
        """
        Twelve nodes from version 1 to 2, the leader killed in the midst: no two neighbours dark, each updated once; and \
        a version 3 that doesn't start is taken back
        """)
    func refreshed() async throws {
        try await FleetSite.with(plan) { site in
            try await walking(site) {
                let leader = try await site.leader()
                let killer = Task {
                    try await site.until("some are updated", within: .seconds(90)) { log in
                        (log.group?.refresh?.updated.count ?? 0) >= 3 ? true : nil
                    }
                    try site.process(leader).signal(SIGKILL)
                }
                let refresh = try await refresh(site, to: "2", within: .seconds(150))
                try await killer.value
                #expect(refresh.status == .successful && refresh.updated.count == 12, "\(refresh.reason)")
                #expect(try site.updates().sorted() == site.plan.stairs.map { "\($0) 2" })
                for node in site.plan.stairs {
                    let status: NodeStatus? = site.read { $0.last("node/\(node)/status") }
                    #expect(status?.version == "2" && status?.state == .online)
                }
                try site.startFleet(leader)

                let broken = try await self.refresh(site, to: "3", within: .seconds(60))
                #expect(broken.status == .rollbackSuccessful)
                #expect(broken.reason.contains("3 can't work here") && broken.reason.contains("went back to 2"))
                #expect(broken.touched.count == 1, "the first was warning enough")
                print("version 3: \(broken.status.rawValue): \(broken.reason)")
                try await site.until("all are Healthy with version 2") { log in
                    log.group?.healthy == 12
                        && site.plan.stairs.allSatisfy { node in
                            (log.last("node/\(node)/status") as NodeStatus?)?.version == "2"
                        } ? true : nil
                }
            }
        }
    }
}
