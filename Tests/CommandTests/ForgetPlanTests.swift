import Mesh
import Testing

@testable import footlight

@Suite("What footlight forget clears") struct ForgetPlanTests {
    private let kept = [
        "config/site": #"{"revision":9,"zones":["stairs"]}"#,
        "config/zone/stairs":
            #"{"revision":9,"bars":["b","a"],"sensors":{"a/eye":"first"},"onlyWhenDark":{"sensor":"a/sky","belowLux":9}}"#,
        "config/node/a": #"{"revision":5,"bars":{"bar":""}}"#,
        "config/node/spare": #"{"revision":6,"bars":{"bar":"a"}}"#,
        "node/a/status": Kept.status("offline", sensors: ["eye"]),
        "node/a/bar/bar": #"{"on":false,"level":0,"colour":"2700K"}"#,
        "node/a/sensor/eye": #"{"motion":false,"zones":{}}"#, "node/a/light/sky": #"{"lux":3}"#,
        "node/a/delivery": #"{"seconds":0.003,"samples":4}"#, "node/a/later": "of a version to come",
        "clock/a/civil": "{}", "fleet/node/a": "{}", "node/ab/status": Kept.status("offline"),
        "node/b/status": Kept.status(), "zone/stairs/state": "{}",
    ]

    @Test func `all that is the node's own, known or not, and nobody else's; the fleet's record last`() throws {
        let plan = try ForgetPlan("a", on: Kept.snapshot(kept), force: false)
        #expect(
            plan.topics.map { $0.dropFirst("footlight/home/".count) } == [
                "clock/a/civil", "config/node/a", "node/a/bar/bar", "node/a/delivery", "node/a/later",
                "node/a/light/sky",
                "node/a/sensor/eye", "node/a/status", "fleet/node/a",
            ])
        #expect(plan.zones == [.init(zone: "stairs", places: ["a", "a/eye", "a/sky"])])
        #expect(plan.standIns == [.init(place: "a", filledBy: "spare/bar")])
        #expect(plan.remarks.first == "zone stairs still names a, a/eye, a/sky: places are kept")
    }

    @Test func `whose places a spare filled is said`() throws {
        let plan = try ForgetPlan(
            "spare", on: Kept.snapshot(kept.merging(["node/spare/status": Kept.status("offline")]) { $1 }), force: false
        )
        #expect(plan.givenBack == ["a"] && plan.zones.isEmpty)
    }

    @Test(arguments: [("b", "online", nil), ("a", "sleeping", nil), ("a", "offline", "mqtt://second:1883")])
    func `who is there is refused, and forgotten by force`(node: String, state: String, elsewhere: String?) throws {
        let snapshot = Kept.snapshot(kept.merging(["node/\(node)/status": Kept.status(state)]) { $1 })
        let failure = #expect(throws: Failure.self) {
            try ForgetPlan(node, on: snapshot, elsewhere: elsewhere, force: false)
        }
        #expect(failure?.code == .notSo && failure?.description.contains("would say everything again") == true)
        #expect(try !ForgetPlan(node, on: snapshot, elsewhere: elsewhere, force: true).topics.isEmpty)
    }

    @Test(arguments: [("B!", "is no name of a node"), ("spar", "did you mean spare?")])
    func `a name that nobody has`(name: String, sentence: String) {
        let failure = #expect(throws: Failure.self) { try ForgetPlan(name, on: Kept.snapshot(kept), force: true) }
        #expect(failure?.code == .usage && failure?.description.contains(sentence) == true)
    }

    @Test func `what became of the topics: gone, said again, kept by the fleet agent, or not cleared`() throws {
        let plan = try ForgetPlan("a", on: Kept.snapshot(kept), force: false)
        func outcomes(_ after: [String: String]) -> [ForgetReport.Outcome] {
            ForgetReport(plan, after: Kept.snapshot(after)).rows.map(\.outcome).filter { $0 != .cleared }
        }
        #expect(outcomes([:]).isEmpty)
        #expect(outcomes(["fleet/node/a": "{}"]) == [.fleet])
        #expect(outcomes(["node/a/status": Kept.status("offline")]) == [.kept])
        #expect(outcomes(["node/a/status": Kept.status(), "node/a/light/new": "{}"]) == [.back, .back])
        let dry = ForgetReport(plan, after: nil)
        #expect(Set(dry.rows.map(\.outcome)) == [.wouldBeCleared])
        for (after, code) in [(Kept.status("offline"), Failure.Code.refused), (Kept.status(), .notSo)] {
            let rows = ForgetReport(plan, after: Kept.snapshot(["node/a/status": after])).rows
            let failure = #expect(throws: Failure.self) { try ForgetReport.check(rows, of: "a", site: "home") }
            #expect(failure?.code == code)
        }
    }
}
