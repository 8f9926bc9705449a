import Configuration
import Lighting
import Mesh
import Testing

@testable import footlight

@Suite("What footlight rename publishes and clears") struct RenamePlanTests {
    /// Of a node `a` that is gone, beside others.
    private let kept = [
        "config/site": #"{"revision":2000000000000000000,"zones":["hall","stairs"]}"#,
        "config/zone/stairs": """
        {"revision":9,"bars":["b","a/left","a/right"],"sensors":{"a/eye":"a/left","b/eye":"last"},\
        "onlyWhenDark":{"sensor":"a/sky","belowLux":9},"holdSeconds":30}
        """,
        "config/zone/hall": #"{"revision":9,"bars":["b","ab"],"sensors":{"b/eye":"first"}}"#,
        "zone/stairs/override": """
        {"issued":7,"ids":["x"],"bars":{"a/left":{"mode":"off","start":5},"b":{"mode":"off","start":5}},\
        "flash":{"mode":"on","start":5,"until":9,"bar":"a/right"}}
        """,
        "node/a/status": Kept.status("offline", bars: ["left", "right"], sensors: ["eye"]),
        "node/b/status": Kept.status(),
    ]

    private func plan(
        _ new: String = "n", with more: [String: String] = [:], elsewhere: String? = nil, force: Bool = false
    ) throws -> RenamePlan {
        let snapshot = Kept.snapshot(kept.merging(more) { $1 })
        #expect(snapshot.faults.isEmpty)
        return try RenamePlan(from: "a", to: new, on: snapshot, elsewhere: elsewhere, force: force)
    }

    private func places(_ node: String, in plan: RenamePlan) throws -> PlacesMessage? {
        try plan.further.first { $0.topic == .nodeConfiguration(node: node) }
            .map { try JSON.decode(PlacesMessage.self, from: $0.payload) }
    }

    @Test func `zones that name it name the other, beyond the site's revision, and nothing else changes`() throws {
        let plan = try plan()
        #expect(plan.site.zones.map(\.name) == ["stairs"])
        let message = try #require(plan.site.zones.first?.message)
        #expect(message.revision ?? 0 > 2_000_000_000_000_000_000)
        let zone = message.zone
        #expect(zone.bars == ["b", "n/left", "n/right"])
        #expect(zone.sensors == ["n/eye": .bar("n/left"), "b/eye": .last])
        #expect(zone.onlyWhenDark?.sensor == "n/sky" && zone.hold == .seconds(30))
        #expect(plan.cleared == ["footlight/home/node/a/status"])
        #expect(plan.remarks.contains { $0.contains("write node: n in its agent's file") })
    }

    @Test func `commands for its bars go on, as the latest word`() throws {
        let override = try #require(plan().further.first { $0.topic == .override(zone: "stairs") })
        let message = try JSON.decode(OverrideMessage.self, from: override.payload)
        let commands = try message.overrides()
        #expect(Set(commands.bars.keys) == ["n/left", "b"] && message.issued == 8)
        #expect(String(decoding: override.payload, as: UTF8.self).contains(#""bar":"n/right""#))
    }

    @Test func `who is there by its new name has the places itself, and who stood in for it is free`() throws {
        let given = [
            "config/node/a": #"{"revision":5,"bars":{"left":"","right":"hall-9"}}"#,
            "config/node/spare": #"{"revision":6,"bars":{"bar":"a/left","other":"b"}}"#,
        ]
        let there = try plan(with: given.merging(["node/n/status": Kept.status()]) { $1 })
        #expect(try places("spare", in: there)?.bars == ["bar": "", "other": "b"])
        #expect(try places("n", in: there)?.bars == ["right": "hall-9"])
        #expect(there.remarks.contains("spare stood in for it, and is free again"))
        // Until it is there the spare goes on.
        let awaited = try plan(with: given)
        #expect(try places("spare", in: awaited)?.bars == ["bar": "n/left", "other": "b"])
        #expect(try places("n", in: awaited)?.bars == ["left": "", "right": "hall-9"])
        #expect(try (places("spare", in: awaited)?.revision ?? 0) > 6)
    }

    @Test func `who is there by its old name is told what to do first; by force its topics stay`() throws {
        let there = ["node/a/status": Kept.status(bars: ["left", "right"])]
        let failure = #expect(throws: Failure.self) { try plan(with: there) }
        #expect(failure?.code == .notSo && failure?.description.contains("write node: n") == true)
        let forced = try plan(with: there, force: true)
        #expect(forced.cleared.isEmpty && forced.site.zones.count == 1)
        #expect(forced.remarks.contains { $0.hasSuffix("then run footlight forget a") })
        #expect(throws: Failure.self) { try plan(elsewhere: "mqtt://second:1883") }
    }

    @Test(
        arguments: [
            ("ab", [:], "zone hall names it"),
            ("n", ["config/node/n": #"{"revision":5,"bars":{"bar":"hall-9"}}"#], "it fills hall-9"),
        ] as [(String, [String: String], String)])
    func `who is online by the new name and has a part of its own is refused`(
        new: String, more: [String: String], reason: String
    ) throws {
        let more = more.merging(["node/\(new)/status": Kept.status()]) { $1 }
        let failure = #expect(throws: Failure.self) { try plan(new, with: more) }
        #expect(failure?.code == .notSo && failure?.description.contains(reason) == true)
        #expect(try !plan(new, with: more, force: true).site.zones.isEmpty)
    }

    @Test func `a place stands in a zone once, whoever says force`() {
        let zone = #"{"revision":9,"bars":["n","a/left"],"sensors":{}}"#
        let failure = #expect(throws: Failure.self) { try plan(with: ["config/zone/stairs": zone], force: true) }
        #expect(failure?.description.contains("has a bar n/left already") == true)
    }

    @Test(arguments: [("N", "is no name"), ("a", "has that name already"), ("first", "where a sensor stands")])
    func `names that can't be`(new: String, sentence: String) {
        let failure = #expect(throws: Failure.self) { try plan(new) }
        #expect(failure?.code == .usage && failure?.description.contains(sentence) == true)
    }

    @Test func `who nobody knows is told of with a proposal`() {
        let failure = #expect(throws: Failure.self) {
            try RenamePlan(from: "spar", to: "n", on: Kept.snapshot(["node/spare/status": Kept.status()]), force: false)
        }
        #expect(failure?.code == .usage && failure?.description.contains("did you mean spare?") == true)
    }

    @Test func `while a spare stands in for a node, the site is as its file says`() throws {
        let snapshot = Kept.snapshot([
            "config/site": #"{"revision":9,"zones":["hall"],"homeAssistant":{"prefix":"homeassistant"}}"#,
            "config/zone/hall": #"{"revision":9,"bars":["a"],"sensors":{}}"#,
            "config/node/spare": #"{"revision":6,"bars":{"bar":"a"}}"#,
        ])
        #expect(snapshot.zones["hall"]?.bars == ["spare/bar"])
        let zone = try #require(snapshot.configured["hall"])
        #expect(SitePlan(.init(site: "home", zones: ["hall": zone]), on: snapshot, force: false).isEmpty)
    }
}
