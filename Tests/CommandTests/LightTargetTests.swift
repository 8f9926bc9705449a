import Lighting
import MQTT
import Mesh
import Testing

@testable import footlight

@Suite("What a command for several zones is for, and what becomes of it") struct LightTargetTests {
    private let snapshot = Kept.snapshot([
        "config/zone/up-hall": #"{"revision":1,"bars":["a","b/left"],"sensors":{}}"#,
        "config/zone/up-bath": #"{"revision":1,"bars":["c"],"sensors":{}}"#,
        "config/zone/cellar": #"{"revision":1,"bars":["a","d"],"sensors":{}}"#,
        "zone/up-bath/state": """
        {"state":"ON","brightness":255,"color_mode":"color_temp","color_temp":370,"level":1,"mode":"auto",\
        "motion":true,"reason":"motion","colour":"2700K"}
        """,
        "node/d/status": Kept.status(), "node/d/bar/bar": #"{"on":true,"level":1,"colour":"2700K"}"#,
    ])

    @Test(arguments: [
        (["cellar"], ["cellar"]), (["up-*"], ["up-bath", "up-hall"]), (["up-hall", "up-*"], ["up-hall", "up-bath"]),
        (["*"], ["cellar", "up-bath", "up-hall"]), (["?p-h*", "c"], ["up-hall", "c (zone up-bath)"]),
        (["a"], ["a (zone cellar)", "a (zone up-hall)"]), (["cellar", "cellar"], ["cellar"]),
    ])
    func `each zone and bar that is named or like a pattern, once`(names: [String], targets: [String]) throws {
        #expect(try LightTarget.all(names, bar: false, in: snapshot).map(\.text) == targets)
    }

    @Test(arguments: [
        ("upp-*", "no zone of site home is like upp-*"), ("up/*", "is no pattern of zones"),
        ("Up-*", "is no pattern of zones"), ("celar", "did you mean cellar?"),
    ])
    func `what names nothing is refused, and nothing is sent to the others`(name: String, sentence: String) {
        let failure = #expect(throws: Failure.self) {
            try LightTarget.all(["cellar", name], bar: false, in: snapshot)
        }
        #expect(failure?.code == .usage && failure?.description.contains(sentence) == true)
    }

    @Test(arguments: [
        ("*", "", true), ("a*b", "ab", true), ("a*b", "axxb", true), ("a*b", "axxbc", false), ("*a*a", "bababa", true),
        ("a?c", "abc", true), ("a?c", "ac", false), ("?*", "", false), ("**-?", "up-1", true), ("ab", "abc", false),
        ("a**************************b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
    ])
    func `patterns are as in shells`(pattern: String, name: String, isLike: Bool) throws {
        #expect(try #require(ZonePattern(pattern)).matches(name) == isLike)
    }

    @Test func `a toggle of several puts all out where any is lit, else it lights all`() {
        func mode(_ zones: [String], isGroup: Bool = true) -> ZoneCommand.Mode {
            LightOrder.mode(.toggle, for: zones.map { LightTarget(zone: $0) }, isGroup: isGroup, in: snapshot)
        }
        #expect(snapshot.faults.isEmpty)
        #expect(mode(["cellar", "up-bath"]) == .off)
        #expect(mode(["cellar", "up-hall"]) == .on(brightness: nil, colour: nil))
        #expect(mode(["up-bath"], isGroup: false) == .toggle)
        let bars = [LightTarget(zone: "cellar", bar: "a"), LightTarget(zone: "cellar", bar: "d")]
        #expect(LightOrder.mode(.toggle, for: bars, isGroup: true, in: snapshot) == .off)
        #expect(LightOrder.mode(.auto, for: bars, isGroup: true, in: snapshot) == .auto)
    }

    @Test func `each command has its own answer, by its id and its zone`() {
        var answers = LightAnswers(site: "home", zones: ["x": "cellar", "y": "up-hall", "z": "up-bath"])
        func hear(_ topic: String, _ payload: String) {
            answers.take(
                ReceivedMessage(topic: "footlight/home/\(topic)", payload: Array(payload.utf8), retained: false))
        }
        hear("zone/cellar/override", #"{"issued":1,"ids":["y","old"],"bars":{}}"#)
        hear("zone/cellar/result", #"{"id":"z","command":"off","done":false,"error":"no"}"#)
        hear("zone/cellar/override", "rubbish")
        #expect(answers.open == ["x", "y", "z"])
        hear("zone/cellar/override", #"{"issued":2,"ids":["y","x"],"bars":{}}"#)
        hear("zone/up-hall/result", #"{"id":"y","command":"off","done":false,"error":"why not"}"#)
        hear("zone/up-bath/result", #"{"id":"z","command":"off","done":true,"note":"taken otherwise"}"#)
        #expect(answers.open == ["z"])
        #expect(answers.outcomes == ["x": .obeyed, "y": .refused("why not")])
    }
}
