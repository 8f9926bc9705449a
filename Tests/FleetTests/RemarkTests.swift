import Lighting
import Mesh
import Testing

@testable import Fleet

/// Two fleet agents of one id, and what else somebody should see to.
@Suite struct RemarkTests {
    private var topic: String { FleetTopic.agent("a").name(site: home) }

    /// The twin takes the session over, and says so: the agent connects anew.
    private func takeOver(_ fleet: inout TestFleet, started: Double, beat: Int64) -> Duration? {
        fleet.handle(.disconnected)
        fleet.run(seconds: 1)
        fleet.handle(.connected)
        let claim = AgentClaim(
            online: true, bootId: "twin", version: "1", beat: beat, leads: false, term: 0, priority: 50,
            started: at(started).nanoseconds)
        var time: Duration?
        for action in fleet.core.handle(
            .message(topic: topic, payload: JSON.encode(claim), retained: true), at: fleet.now)
        {
            if case .giveWay(let wait, let why) = action {
                time = wait
                #expect(why.contains("is called a, too") && why.contains("rename one (id: in its file)"))
            }
        }
        if time == nil { fleet.handle(.settled) }
        return time
    }

    @Test func `after three takeovers the later start gives way`() {
        var fleet = TestFleet(zones: ["stairs": stairs(2)])
        #expect((1...3).map { takeOver(&fleet, started: -5, beat: $0) } == [nil, nil, .seconds(60)])
        #expect(!fleet.core.isLeading(at: fleet.now))
        fleet.published = []
        fleet.run(seconds: 30)
        #expect(fleet.published.isEmpty, "it leaves the name alone")
    }

    @Test func `the earlier start goes on, and says so in its claim until all is quiet`() throws {
        var fleet = TestFleet(zones: ["stairs": stairs(2)])
        #expect((1...3).map { takeOver(&fleet, started: 5, beat: $0) } == [nil, nil, nil])
        fleet.run(seconds: 20)
        #expect(fleet.core.isLeading(at: fleet.now))
        let claim = try JSON.decode(AgentClaim.self, from: #require(fleet.retained["fleet/agent/a"]))
        #expect(claim.remark?.hasPrefix("another fleet agent (boot twin; this is a-1) is called a, too") == true)
        #expect(fleet.core.view(at: fleet.now).remark == claim.remark)
        #expect(fleet.lines.filter { $0 == claim.remark }.count == 1, "the log says it once")
        fleet.run(seconds: 1300)
        #expect(fleet.core.view(at: fleet.now).remark == nil)
    }

    @Test func `a broker that says again what it keeps is nobody's twin`() {
        var fleet = TestFleet(zones: ["stairs": stairs(2)])
        #expect((1...5).map { _ in takeOver(&fleet, started: -5, beat: 1) } == [nil, nil, nil, nil, nil])
        fleet.run(seconds: 20)
        #expect(fleet.core.isLeading(at: fleet.now) && fleet.core.view(at: fleet.now).remark == nil)
    }

    @Test func `a scheduled action for a zone that no site has is told`() throws {
        let noon = try #require(CronExpression(text: "0 12 * * *"))
        var fleet = TestFleet(zones: ["hall": ["hall-01"], "stairs": stairs(2)]) {
            $0.scheduledActions = [
                ScheduledAction(name: "nap", zone: "stair", kind: .sleep, recurrence: noon),
                ScheduledAction(name: "rest", zone: "stairs", kind: .wake, recurrence: noon),
            ]
        }
        let remark = fleet.core.view(at: fleet.now).remark
        #expect(
            remark == "scheduledActions name stair, and site home has no such zone: write one of hall, stairs in the "
                + "fleet's file, or apply it")
        // Once it is there all is well.
        fleet.hear(.siteConfiguration, SiteMessage(revision: 2, zones: ["hall", "stair", "stairs"], timeZone: nil))
        #expect(fleet.core.view(at: fleet.now).remark == nil)
    }
}
