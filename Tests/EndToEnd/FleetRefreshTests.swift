import Fleet
import Glibc
import Lighting
import MQTT
import Mesh
import Platform
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
    private func walking(
        _ site: FleetSite, butFor failing: Set<String> = [], _ body: () async throws -> Void
    ) async throws {
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
        for node in site.plan.stairs where !failing.contains(node) {
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
            #expect(!isDark, "number \(index) and the one above it were dark together")
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

    @Test
    func `a refresh with the leader killed in its midst updates each once; what doesn't start is taken back`()
        async throws
    {
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

    @Test
    func `half of the nodes cut off amid a refresh: it holds, takes nothing back, and goes on afterwards`() async throws
    {
        var plan = plan
        plan.linked = Set(plan.stairs.prefix(6))
        try await FleetSite.with(plan) { site in
            let cutter = Task {
                try await site.until("some are updated", within: .seconds(90)) { log in
                    (log.group?.refresh?.updated.count ?? 0) >= 3 ? true : nil
                }
                site.link.cut()
                let cut = MonotonicClock.now
                let reason = try await site.until("the refresh holds") { log in
                    log.all("fleet/group/stairs", since: cut, as: GroupMessage.self).lazy.compactMap(\.message.holding)
                        .first { $0.contains("fell silent together") }
                }
                print("cut amid a refresh: \(reason)")
                try await Task.sleep(for: FleetHoldingTests.outage)
                let refresh = site.read { $0.group?.refresh }
                #expect(refresh?.status == .inProgress, "\(refresh?.reason ?? "")")
                site.link.join()
            }
            let refresh = try await refresh(site, to: "2", within: .seconds(240))
            try await cutter.value
            #expect(refresh.status == .successful && refresh.updated.count == 12, "\(refresh.reason)")
            #expect(try site.updates().sorted() == site.plan.stairs.map { "\($0) 2" })
            #expect(site.read { $0.activities() }.allSatisfy { $0.kind == .update && $0.status != .failed })
        }
    }

    private func small(spares: [String]) -> FleetPlan {
        var plan = plan
        plan.bars = 6
        plan.spares = spares
        return plan
    }

    private func versions(_ site: FleetSite, of nodes: [String]) -> [String] {
        nodes.map { node in
            site.read { log in
                let status: NodeStatus? = log.last("node/\(node)/status")
                return status?.state == .online ? status?.version ?? "" : "away"
            }
        }
    }

    @Test
    func `a version that dies on a node which its unit takes back: all go back, no other is dark`() async throws {
        let doomed = FleetSite.doomed
        try await FleetSite.with(small(spares: [])) { site in
            try await walking(site, butFor: [doomed]) {
                let service = Task { try await site.serve(doomed) }
                let refresh = try await self.refresh(site, to: "4", within: .seconds(120))
                try await service.value
                print("version 4: \(refresh.status.rawValue): \(refresh.reason)")
                #expect(refresh.status == .rollbackSuccessful)
                #expect(refresh.reason.hasPrefix("\(doomed): It came back with version 1"))
                #expect(
                    try site.updates() == [
                        "stair-01 4", "stair-02 4", "stair-03 4", "stair-03 1", "stair-02 1", "stair-01 1",
                    ])
                #expect(versions(site, of: site.plan.stairs) == site.plan.stairs.map { _ in "1" })
            }
        }
    }

    @Test
    func `a version that dies on a node which nothing takes back: the spare has its place, the others go back`()
        async throws
    {
        let doomed = FleetSite.doomed
        try await FleetSite.with(small(spares: ["spare-01"])) { site in
            try await walking(site, butFor: [doomed]) {
                let refresh = try await self.refresh(site, to: "4", within: .seconds(120))
                print("version 4: \(refresh.status.rawValue): \(refresh.reason)")
                #expect(refresh.status == .rollbackSuccessful)
                #expect(refresh.reason.hasSuffix("others are in the place of \(doomed)"))
                #expect(
                    try site.updates() == [
                        "stair-01 4", "stair-02 4", "stair-03 4", "stair-02 1", "stair-01 1",
                    ])
                let places = site.read { $0.last("config/node/spare-01", as: PlacesMessage.self) }
                #expect(places?.bars == ["bar": doomed])
                let others = site.plan.stairs.filter { $0 != doomed } + ["spare-01"]
                #expect(versions(site, of: others) == others.map { _ in "1" })
                try await site.until("all places are filled by who is Healthy") { log in
                    log.group?.healthy == 6 ? true : nil
                }
            }
        }
    }
}
