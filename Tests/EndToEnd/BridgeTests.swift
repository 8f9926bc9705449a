import Fleet
import Glibc
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

@Suite("Two brokers that are bridged carry one mesh; a broken bridge makes two of it, and one again", .serialized)
struct BridgeTests {
    private let bottom = ["stair-01", "stair-02"]
    private let top = ["stair-03", "stair-04"]

    private func withStairs(
        _ body: @Sendable (_ stairs: Staircase, _ brokers: BridgedBrokers) async throws -> Void
    ) async throws {
        try await BridgedBrokers.with { brokers in
            var plan = StaircasePlan()
            plan.bars = 4
            plan.hold = "5s"
            plan.laterBrokers = [brokers.second.address]
            plan.beyond = ["stair-03", "stair-04", "landing"]
            try await Staircase.with(plan, on: brokers.first) { try await body($0, brokers) }
        }
    }

    /// A motion at a node's sensor lights `lit`, and nobody of `others`.
    private func motion(_ stairs: Staircase, at node: String, lights lit: [String], not others: [String] = [])
        async throws
    {
        for bar in stairs.plan.stairs {
            try await stairs.frames(of: bar, within: .seconds(30), "dark before") { $0.last?.isDark ?? true }
        }
        let began = MonotonicClock.now
        try stairs.agent(node).signal(SIGUSR1)
        for bar in lit {
            try await stairs.frames(of: bar, within: .seconds(20), "lit by \(node)") { frames in
                frames.last { $0.t > began }.map { $0.lightness > 0.55 } ?? false
            }
        }
        for bar in lit {
            try await stairs.frames(of: bar, within: .seconds(30), "dark after") { $0.last?.isDark ?? true }
        }
        for bar in others {
            let light = try stairs.frames(of: bar).firstLight(after: began)
            #expect(light == nil, "\(bar) was lit from beyond the bridge")
        }
    }

    /// Each node is at the broker that it lists first.
    private func eachIsAtItsOwn(_ stairs: Staircase, _ brokers: BridgedBrokers, asSeenBy broker: TestBroker)
        async throws -> Bool
    {
        let retained = try await Retained.read(broker.address, site: stairs.plan.site)
        return stairs.plan.nodes.allSatisfy { node in
            guard let text = retained["node/\(node)/status"],
                let status = try? JSON.decode(NodeStatus.self, from: Array(text.utf8))
            else { return false }
            let own = stairs.plan.beyond.contains(node) ? brokers.second : brokers.first
            return status.state == .online && status.broker == "\(own.address)"
        }
    }

    /// What a broker keeps of what must be the same everywhere.
    private func facts(_ stairs: Staircase, at broker: TestBroker) async throws -> [String: String] {
        try await Retained.read(broker.address, site: stairs.plan.site).filter { topic, _ in
            topic.hasPrefix("config/") || topic.hasPrefix("zone/") || topic.hasSuffix("/status")
        }
    }

    @Test
    func `motion at either side lights both; cut, each its own; joined, both brokers have the same`() async throws {
        try await withStairs { stairs, brokers in
            let all = stairs.plan.stairs
            for broker in [brokers.first, brokers.second] {
                try await eventually(within: .seconds(20), "each is at its own") {
                    try await self.eachIsAtItsOwn(stairs, brokers, asSeenBy: broker)
                }
            }
            let both = "\(brokers.first.address),\(brokers.second.address)"
            let health: HealthOutput = try await stairs.footlight("health", "--json", "--broker", both).json()
            #expect(health.problems.isEmpty, "\(health.problems)")
            try await self.motion(stairs, at: "stair-01", lights: all)
            try await self.motion(stairs, at: "landing", lights: all)

            try await brokers.cut()
            try await self.motion(stairs, at: "stair-01", lights: self.bottom, not: self.top)
            try await self.motion(stairs, at: "landing", lights: self.top, not: self.bottom)

            let joined = MonotonicClock.now
            try await brokers.join()
            try await eventually(within: .seconds(60), "the same stands on both") {
                let (here, there) = (
                    try await self.facts(stairs, at: brokers.first), try await self.facts(stairs, at: brokers.second)
                )
                let isOne = here == there && here.count > all.count
                return try await self.eachIsAtItsOwn(stairs, brokers, asSeenBy: brokers.first) && isOne
            }
            print(
                "both brokers keep the same \((Double(MonotonicClock.now - joined) / 1e7).rounded() / 100) s after joining"
            )
            try await self.motion(stairs, at: "stair-01", lights: all)
            try await self.motion(stairs, at: "landing", lights: all)
        }
    }

    /// Six bars and a spare, of which the last bar and a fleet agent are beyond the bridge.
    private func plan(listsOther: Bool) -> FleetPlan {
        var plan = FleetPlan()
        plan.bars = 6
        plan.beyond = ["stair-06", "fleet-b"]
        plan.listsOther = listsOther
        plan.replacement = "{silentDelay: 2s, spareTimeout: 10s, giveBackDelay: 2s}"
        return plan
    }

    /// Each node fills its own place, all are Healthy, and motion lights all.
    private func isWhole(_ site: FleetSite, since joined: Int64) async throws {
        try await site.until("all are Healthy in their own places", within: .seconds(60)) { log -> Bool? in
            guard let group = log.group, group.healthy == 6, group.vacantCount == 0, group.holding == nil,
                log.node("stair-06")?.groups == ["stairs"], log.node("spare-01")?.groups == []
            else { return nil }
            return true
        }
        print("whole \((Double(MonotonicClock.now - joined) / 1e7).rounded() / 100) s after joining")
        let walk = MonotonicClock.now
        try site.walk()
        for node in site.plan.stairs {
            try await eventually(within: .seconds(20), "motion lights \(node)") {
                try site.frames(of: node).firstLight(after: walk) != nil
            }
        }
        #expect(try site.frames(of: "spare-01").firstLight(after: walk) == nil, "the spare has no place")
    }

    @Test
    func `fleet agents that list both brokers replace nobody who is merely beyond the bridge`() async throws {
        try await FleetSite.withBridge(plan(listsOther: true)) { site, brokers in
            let cut = MonotonicClock.now
            try await brokers.cut()
            try await site.until("it is known where stair-06 is") { log in
                log.group?.holding?.contains("stair-06: it answers at \(brokers.second.address)") == true ? true : nil
            }
            let story = try await Retained.read(brokers.second.address, site: "home")
            let far = try JSON.decode(GroupMessage.self, from: Array((story["fleet/group/stairs"] ?? "").utf8))
            #expect(far.activities.isEmpty, "\(far.activities.map(\.line))")
            let joined = MonotonicClock.now
            try await brokers.join()
            try await self.isWhole(site, since: joined)
            let activities = site.read { $0.activities(since: cut).map(\.line) }
            #expect(activities.isEmpty, "\(activities)")
        }
    }

    @Test
    func `a node replaced by who lists one broker has its place again once the bridge is back`() async throws {
        try await FleetSite.withBridge(plan(listsOther: false)) { site, brokers in
            let cut = MonotonicClock.now
            try await brokers.cut()
            let ended = try await site.until("the place of stair-06 is given to the spare", within: .seconds(60)) {
                log in
                log.activities(since: cut).first { !$0.isOpen }
            }
            #expect(ended.node == "stair-06" && ended.spare == "spare-01" && ended.status == .successful)
            let joined = MonotonicClock.now
            try await brokers.join()
            try await self.isWhole(site, since: joined)
        }
    }
}
