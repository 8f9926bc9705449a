import Lighting
import Testing

@testable import Mesh

@Suite struct CommandTests {
    static let set = Topic.set(zone: "stairs")
    static let state = Topic.state(zone: "stairs")
    static let result = Topic.zoneResult(zone: "stairs")

    /// The states that the zone's keeper publishes from one second to another, with a tick whenever one is due.
    static func states(_ node: inout TestNode, _ seconds: ClosedRange<Double>) -> [ZoneReport] {
        var states: [ZoneReport] = []
        var now = at(seconds.lowerBound)
        while let due = node.core.nextDue(after: now), due <= at(seconds.upperBound) {
            now = max(due, now + .milliseconds(1))
            guard now <= at(seconds.upperBound) else { break }
            _ = node.lights(at: now)
            if let report: ZoneReport = node.tick(at: now).last(state) { states.append(report) }
        }
        return states
    }

    @Test(arguments: [0, 0.4, 2])
    func `a command takes over from the one before: no light below the lower of the two, no OFF`(ease: Double) throws {
        var zone = stairs
        zone.look.easeOut = .zero
        var node = TestNode.atWork(zones: ["stairs": zone])
        node.hear(Self.set, text: #"{"state":"ON","level":0.4,"easeSeconds":0}"#, at: at(10))
        _ = Self.states(&node, 10.02...12)
        #expect(node.lights(at: at(19.99)) == [0.4])
        var actions = node.hear(Self.set, text: #"{"state":"ON","level":0.8,"easeSeconds":\#(ease)}"#, at: at(20))
        var levels: [Double] = []
        for frame in 0..<500 {
            let now = at(20 + Double(frame) / 200)
            if frame == 10 { actions += node.tick(at: now) }
            levels += node.lights(at: now)
        }
        #expect(levels.allSatisfy { $0 >= 0.4 } && levels == levels.sorted() && levels.last == 0.8)
        let states = actions.published(Self.state)
        #expect(states.count == 1 && states[0].contains(#""state":"ON""#) && states[0].contains(#""level":0.8"#))
    }

    @Test func `a slider that is drawn from one end to the other goes up all the way, and is on all the time`() throws {
        var node = TestNode.atWork()
        node.hear(Self.set, text: #"{"state":"ON","level":0.2,"easeSeconds":0}"#, at: at(10))
        _ = Self.states(&node, 10.02...12)
        var levels: [Double] = []
        var states: [ZoneReport] = []
        for step in 0...200 {
            let now = 20 + Double(step) * 0.004
            let level = 0.2 + Double(step) / 250
            let actions = node.hear(Self.set, text: #"{"state":"ON","level":\#(level),"transition":0}"#, at: at(now))
            if let report: ZoneReport = actions.last(Self.state) { states.append(report) }
            states += Self.states(&node, now...now + 0.002)
            levels += node.lights(at: at(now + 0.002))
        }
        states += Self.states(&node, 20.81...22)
        levels += node.lights(at: at(22))
        #expect(levels == levels.sorted() && levels.last == 1, "\(levels)")
        #expect(Set(levels).count > 40, "the light follows while the slider is drawn")
        #expect(states.allSatisfy { $0.state == "ON" } && states.last?.level == 1, "\(states)")
    }

    @Test func `a zone's command takes over from its bars'`() {
        var node = TestNode.atWork()
        node.hear(Self.set, text: #"{"state":"on","level":0.5,"easeSeconds":0,"bar":"stair-01"}"#, at: at(10))
        #expect(node.lights(at: at(15)) == [0.5])
        node.hear(Self.set, text: #"{"state":"on","level":0.9,"easeSeconds":0}"#, at: at(20))
        #expect(node.lights(at: at(20.02)) == [0.5] && node.lights(at: at(20.04)) == [0.9])
        // It is over, and the bar's doesn't come back.
        node.hear(Self.set, text: "auto", at: at(30))
        #expect(node.lights(at: at(32)) == [0])
    }

    @Test func `what a command doesn't name stays as it is`() throws {
        var node = TestNode.atWork()
        func mode() -> Override.Mode? { node.core.zones["stairs"]?.state.override?.mode }
        let blue = Colour.rgb(red: 0, green: 0, blue: 255)
        node.hear(Self.set, text: #"{"state":"ON","color":{"r":0,"g":0,"b":255}}"#, at: at(10))
        #expect(mode() == .on(brightness: nil, colour: blue))
        node.hear(Self.set, text: #"{"state":"ON","brightness":51}"#, at: at(11))
        #expect(mode() == .on(brightness: Lightness(0.2), colour: blue))
        node.hear(Self.set, text: #"{"state":"ON","color_temp":500}"#, at: at(12))
        #expect(mode() == .on(brightness: Lightness(0.2), colour: .temperature(Kelvin(clamping: 2000))))
        node.hear(Self.set, text: "ON", at: at(13))
        #expect(mode() == .on(brightness: Lightness(0.2), colour: .temperature(Kelvin(clamping: 2000))))
        // A bar is as its zone is.
        node.hear(Self.set, text: #"{"state":"ON","level":0.7,"bar":"stair-01"}"#, at: at(14))
        #expect(
            node.core.zones["stairs"]?.state.barOverrides["stair-01"]?.mode
                == .on(brightness: Lightness(0.7), colour: .temperature(Kelvin(clamping: 2000))))
        // Off and on again is on as the zone's look.
        node.hear(Self.set, text: "off", at: at(15))
        node.hear(Self.set, text: "on", at: at(16))
        #expect(mode() == .on(brightness: nil, colour: nil))
    }

    @Test func `who dims what burns for a while leaves its end as it is; who says on, asks anew`() {
        var node = TestNode.atWork()
        func until() -> MeshInstant? { node.core.zones["stairs"]?.state.override?.until }
        node.hear(Self.set, text: #"{"state":"on","forSeconds":600}"#, at: at(10))
        #expect(until() == at(610.03))
        node.hear(Self.set, text: "40%", at: at(20))
        #expect(until() == at(610.03))
        node.hear(Self.set, text: #"{"state":"on","level":0.1,"forSeconds":60}"#, at: at(30))
        #expect(until() == at(90.03))
        node.hear(Self.set, text: "on", at: at(40))
        #expect(until() == nil)
    }

    @Test func `toggle is the other of what is`() {
        var node = TestNode.atWork()
        func mode() -> Override.Mode? { node.core.zones["stairs"]?.state.override?.mode }
        node.hear(Self.set, text: "TOGGLE", at: at(10))
        #expect(mode() == .on(brightness: nil, colour: nil))
        node.hear(Self.set, text: "toggle\n", at: at(11))
        #expect(mode() == .off)
        node.hear(Self.set, text: #"{"state":"toggle"}"#, at: at(12))
        #expect(mode() == .on(brightness: nil, colour: nil))
        // Of light by motion: off, and then whatever motion says.
        node.hear(Self.set, text: "auto", at: at(13))
        node.motion(true, at: at(14))
        node.hear(Self.set, text: "toggle", at: at(15))
        #expect(mode() == .off)
        node.hear(Self.set, text: "toggle", at: at(16))
        #expect(mode() == .auto && node.lights(at: at(17)) == [1])
    }

    @Test func `the same command again, by its id, toggles once`() {
        var node = TestNode.atWork()
        for second in 0..<3 {
            node.hear(Self.set, text: #"{"state":"toggle","id":"t1"}"#, at: at(10 + Double(second)))
        }
        #expect(node.core.zones["stairs"]?.state.override?.mode == .on(brightness: nil, colour: nil))
    }

    @Test func `a flash stands beside the command in force, and ends`() throws {
        var node = TestNode.atWork()
        node.hear(Self.set, text: #"{"state":"on","level":0.6,"easeSeconds":0}"#, at: at(10))
        _ = Self.states(&node, 10.02...12)
        let actions = node.hear(Self.set, text: #"{"state":"ON","flash":2}"#, at: at(20))
        let override: OverrideMessage = try #require(actions.last(.override(zone: "stairs")))
        #expect(try override.overrides().zone?.start == at(10.03) && override.flash?.until == at(22.03).nanoseconds)
        let levels = [20.02, 20.1, 20.6, 21.1, 21.6].map { node.lights(at: at($0))[0] }
        #expect(levels == [0.6, 0, 0.6, 0, 0.6] && node.lights(at: at(23)) == [0.6])
        #expect(Self.states(&node, 22.9...23).isEmpty)
        // Of what is over, the next command says nothing.
        let next: OverrideMessage = try #require(
            node.hear(Self.set, text: "on", at: at(30)).last(.override(zone: "stairs")))
        #expect(next.flash == nil)
    }

    @Test func `the state has Home Assistant's effect`() {
        var state = ZoneState(zone: stairs)
        #expect(ZoneReport(state, at: at(0)).effect == "auto")
        state.override = Override(mode: .off, start: at(0))
        #expect(ZoneReport(state, at: at(0)).effect == "off")
    }

    @Test func `who sends what isn't understood, or is taken otherwise, is answered by the keeper alone`() throws {
        var node = TestNode.atWork()
        let refused = node.hear(Self.set, text: #"{"state":"dim","id":"c7"}"#, at: at(10))
        let no: ZoneResultMessage = try #require(refused.last(Self.result))
        #expect(no.id == "c7" && !no.done && no.error == #"state: "dim" is none of on, off, toggle, auto"#)
        #expect(no.command == #"{"state":"dim","id":"c7"}"# && refused.publications.first?.retain == false)
        let nonsense: ZoneResultMessage = try #require(
            node.hear(Self.set, text: "on\u{1b}[2J!", at: at(11)).last(Self.result))
        #expect(nonsense.id == nil && nonsense.command == #"on\u{1B}[2J!"#)
        let slow = node.hear(Self.set, text: #"{"state":"ON","transition":120}"#, at: at(12))
        let so: ZoneResultMessage = try #require(slow.last(Self.result))
        #expect(so.done && so.note == "transition: 120.0 s is more than 60.0 s; taken as that")
        #expect(slow.warnings.count == 1 && node.core.zones["stairs"]?.state.override?.ease == .seconds(60))
        #expect(node.hear(Self.set, text: "off", at: at(13)).published(Self.result).isEmpty)
        node.hear(status: .online, of: "landing", priority: 9, at: at(14))
        #expect(node.hear(Self.set, text: "onwards", at: at(15)).published(Self.result).isEmpty)
    }

    @Test func `first light is told of once in an activation, whatever is commanded meanwhile`() throws {
        var node = TestNode.atWork()
        node.motion(true, at: at(10))
        _ = node.lights(at: at(10.2))
        node.core.written(at: at(10.2))
        node.hear(Self.set, text: #"{"state":"off","easeSeconds":0}"#, at: at(15))
        #expect(node.lights(at: at(16)) == [0])
        node.core.written(at: at(16))
        node.hear(Self.set, text: "auto", at: at(20))
        #expect(node.lights(at: at(20.02)) == [0])
        for frame in 0..<10 {
            _ = node.lights(at: at(20.03 + Double(frame) / 20))
            node.core.written(at: at(20.03 + Double(frame) / 20))
        }
        #expect(node.lights(at: at(21)) == [1])
        let told = try #require(node.core.bars[0].firstLight)
        #expect(told.planned == at(10.01).nanoseconds || abs(told.planned - at(10).nanoseconds) < 200_000_000)
        #expect(node.core.bars[0].deviations.count == 1 && told.actual == at(10.2).nanoseconds)
    }

    @Test func `a slower wave that is applied when all is over lights nobody's way`() {
        var node = TestNode.atWork("stair-03", sensors: ["other"])
        var message = NodeMotionTests.seen(at(10))
        message.motion = false
        node.hear(NodeMotionTests.top, message, at: at(10))
        var zone = stairs
        zone.hold = .seconds(10)
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(zone, revision: 2), at: at(11))
        #expect(node.lights(at: at(12)) == [1] && node.lights(at: at(22)) == [0])
        _ = Self.states(&node, 21...22)
        zone.wave?.delay = .seconds(5)
        zone.hold = .seconds(60)
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(zone, revision: 3), at: at(23))
        for second in 23..<90 { #expect(node.lights(at: at(Double(second))) == [0]) }
        #expect(Self.states(&node, 89...95).allSatisfy { $0.state == "OFF" && !$0.motion })
    }

    @Test func `a bare off means what the zone has it mean, until nobody is there by default`() throws {
        func override(_ text: String, _ manual: ManualEndings = ManualEndings()) -> Override? {
            var zone = stairs
            zone.manual = manual
            var node = TestNode.atWork(zones: ["stairs": zone])
            node.motion(true, at: at(5))
            node.hear(Self.set, text: text, at: at(10))
            return node.core.zones["stairs"]?.state.override
        }
        let ha = #"{"state": "OFF"}"#
        #expect(override(ha)?.ends == .empty && override("OFF\n")?.ends == .empty)
        #expect(override(ha, ManualEndings(off: .absence(.visit)))?.ends == .visit)
        #expect(override(ha, ManualEndings(off: .after(.seconds(7200))))?.until == at(7210.03))
        let standing = override(ha, ManualEndings(off: .never))
        #expect(standing != nil && standing?.ends == nil && standing?.until == nil)
        // What says how it ends, ends so.
        let said = override(#"{"state":"off","for":"ever"}"#)
        #expect(said != nil && said?.ends == nil && said?.until == nil)
        #expect(override(#"{"state":"off","for":"visit"}"#)?.ends == .visit)
        #expect(override("toggle")?.mode == .off && override("toggle")?.ends == .empty)
        // On stays until another command, unless the zone has it otherwise.
        #expect(override("on")?.ends == nil && override("on", ManualEndings(on: .absence(.visit)))?.ends == .visit)
        #expect(override(#"{"state":"on","until":"empty"}"#)?.ends == .empty)
    }

    @Test func `the keeper says once when a command has ended by itself, and it stays ended`() throws {
        var zone = stairs
        zone.wave = nil
        var node = TestNode.atWork(zones: ["stairs": zone])
        node.motion(true, at: at(10))
        node.hear(Self.set, text: "off", at: at(12))
        node.motion(false, at: at(20))
        node.tick(at: at(30))
        #expect(node.lights(at: at(70)) == [0] && node.core.nextDue(after: at(30)) ?? at(99) <= at(80))
        #expect(node.tick(at: at(79)).published(.override(zone: "stairs")).isEmpty)
        let said = node.tick(at: at(80))
        let ended: OverrideMessage = try #require(said.last(.override(zone: "stairs")))
        let override = try #require(try ended.overrides().zone)
        #expect(override.mode == .off && override.until == at(80) && override.ends == nil)
        let report: ZoneReport = try #require(said.last(Self.state))
        #expect(report.mode == "auto" && report.state == "OFF" && report.reason == "idle")
        #expect(node.tick(at: at(81)).published(.override(zone: "stairs")).isEmpty)
        zone.hold = .seconds(3600)
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(zone, revision: 2), at: at(90))
        node.motion(true, at: at(100))
        #expect(node.lights(at: at(101)) == [1])
    }

    @Test func `a keeper that takes up no command is taken for absent for a minute, or until it says otherwise`() throws
    {
        var node = TestNode.atWork("stair-02", sensors: [])
        node.hear(status: .online, of: "stair-01", at: at(5))
        func overrides(_ actions: [NodeAction]) -> Int { actions.published(.override(zone: "stairs")).count }
        #expect(!node.core.keeps("stairs"))
        #expect(overrides(node.hear(Self.set, text: "on", at: at(10))) == 0)
        #expect(node.core.nextDue(after: at(10)) ?? at(99) <= at(18))
        #expect(overrides(node.tick(at: at(17.9))) == 0 && !node.core.keeps("stairs"))
        let said = node.tick(at: at(18))
        #expect(overrides(said) == 1 && node.core.keeps("stairs"))
        let line = "stair-01, which keeps zone stairs, takes up no command: stair-02 keeps it meanwhile"
        #expect(said.warnings == [line])
        let report: ZoneReport = try #require(node.tick(at: at(18.1)).last(Self.state))
        #expect(report.mode == "on" && report.state == "ON")
        #expect(overrides(node.hear(Self.set, text: "off", at: at(19))) == 1, "the next has no wait")
        node.tick(at: at(79))
        #expect(!node.core.keeps("stairs"))
        // One that says anew that it is there is believed at once.
        node.hear(Self.set, text: "on", at: at(90))
        node.tick(at: at(98))
        #expect(node.core.keeps("stairs"))
        node.hear(status: .online, of: "stair-01", at: at(99))
        #expect(!node.core.keeps("stairs"))
    }

    @Test func `who says a command again and again, or another, waits no longer for a keeper that is silent`() throws {
        var node = TestNode.atWork("stair-02", sensors: [])
        node.hear(status: .online, of: "stair-01", at: at(5))
        node.tick(at: at(9))
        let text = #"{"state":"on","brightness":51,"id":"a"}"#
        for tenth in 0..<79 { node.hear(Self.set, text: text, at: at(10 + Double(tenth) / 10)) }
        node.hear(Self.set, text: #"{"color_temp":200}"#, at: at(17.95))
        #expect(!node.core.keeps("stairs"))
        let said = node.tick(at: at(18))
        #expect(said.published(.override(zone: "stairs")).count == 2, "each once, in their order")
        let last: OverrideMessage = try #require(said.last(.override(zone: "stairs")))
        #expect(last.ids == ["a"])
        let report: ZoneReport = try #require(node.tick(at: at(18.1)).last(Self.state))
        #expect(report.state == "ON" && report.brightness == 51 && report.colour == "5000K")
    }

    @Test func `a keeper in whose stead another acted says anew that it is there`() throws {
        var node = TestNode.atWork()
        #expect(node.core.keeps("stairs"))
        var other = OverrideMessage()
        other.take(ZoneCommand(mode: .on(brightness: nil, colour: nil)), at: at(10), lead: .milliseconds(30))
        let status = Topic.status(node: "stair-01")
        #expect(node.hear(.override(zone: "stairs"), other, at: at(10.1)).published(status).count == 1)
        other.take(ZoneCommand(mode: .off), at: at(10.5), lead: .milliseconds(30))
        #expect(node.hear(.override(zone: "stairs"), other, at: at(10.6)).published(status).isEmpty, "not too often")
        // What it says itself comes back, and nobody acted in its stead.
        let said = node.hear(Self.set, text: "on", at: at(20))
        let echo = try #require(said.publications.first { $0.topic.hasSuffix("/override") })
        #expect(node.hear(.override(zone: "stairs"), bytes: echo.payload, at: at(20.1)).published(status).isEmpty)
    }

    @Test func `a keeper that takes up a command, refuses it or has done so already is believed`() throws {
        var node = TestNode.atWork("stair-02", sensors: [])
        node.hear(status: .online, of: "stair-01", at: at(5))
        node.hear(Self.set, text: "on", at: at(10))
        var taken = OverrideMessage()
        taken.take(ZoneCommand(mode: .on(brightness: nil, colour: nil), id: "7"), at: at(10.1), lead: .milliseconds(30))
        node.hear(.override(zone: "stairs"), taken, at: at(10.2))
        node.tick(at: at(19))
        #expect(!node.core.keeps("stairs"))
        // What came of a command may be heard before it.
        taken.take(ZoneCommand(mode: .off), at: at(25), lead: .milliseconds(30))
        node.hear(.override(zone: "stairs"), taken, at: at(25))
        node.hear(Self.set, text: "off", at: at(25.001))
        node.tick(at: at(34))
        #expect(!node.core.keeps("stairs"))
        node.hear(Self.set, text: "nonsense", at: at(40))
        node.hear(Self.set, text: #"{"state":"on","id":"7"}"#, at: at(41))
        node.tick(at: at(50))
        #expect(!node.core.keeps("stairs"))
        // What it couldn't hear of it doesn't hold against anybody.
        node.hear(Self.set, text: "on", at: at(60))
        _ = node.core.handle(.disconnected, at: at(61))
        node.tick(at: at(70))
        node.connect(2, at: at(71))
        node.settle(at: at(72))
        #expect(!node.core.keeps("stairs"))
    }

    @Test func `who dims a light that lasts as long as the visit leaves it so`() {
        var node = TestNode.atWork()
        node.hear(Self.set, text: #"{"state":"on","for":"visit"}"#, at: at(10))
        node.hear(Self.set, text: "30%", at: at(20))
        let override = node.core.zones["stairs"]?.state.override
        #expect(override?.ends == .visit && override?.until == nil)
    }

    @Test func `a zone's own endings go through a message unchanged`() throws {
        for manual in [
            ManualEndings(), ManualEndings(on: .absence(.visit), off: .never),
            ManualEndings(on: .after(.seconds(90)), off: .after(.seconds(7200))),
        ] {
            var zone = stairs
            zone.manual = manual
            let message = try JSON.decode(ZoneMessage.self, from: JSON.encode(ZoneMessage(zone, revision: 1)))
            #expect(message.zone == zone)
        }
        let wrong = #"{"bars":["a"],"sensors":{},"manual":{"off":"soon"}}"#
        let found = refusal { () throws(MessageError) in
            _ = try JSON.decode(ZoneMessage.self, from: Array(wrong.utf8)).zone
        }
        #expect(found == #"manual.off | "soon" is none of ever, visit, empty"#)
    }

    @Test func `a standing command outlives a power cut that wipes the broker, too`() throws {
        var node = TestNode.atWork()
        let said = node.hear(Self.set, text: #"{"state":"off","for":"ever"}"#, at: at(10))
        // All lost power. What the node remembers comes first, then an empty broker.
        var again = TestNode(bootId: "boot-2", started: at(100))
        for case .remember(let topic, let payload) in said {
            let zone = Topic.zoneConfiguration(zone: "stairs").name(site: home)
            let configuration = JSON.encode(ZoneMessage(stairs, revision: 1))
            _ = again.core.handle(.remembered(topic: zone, payload: configuration), at: at(100))
            _ = again.core.handle(.remembered(topic: topic, payload: payload), at: at(100))
        }
        again.connect(at: at(101))
        let restored: OverrideMessage = try #require(
            (again.settle(at: at(102)) + again.tick(at: at(110))).last(.override(zone: "stairs")))
        #expect(try restored.overrides().zone?.mode == .off)
        again.motion(true, at: at(120))
        #expect(again.lights(at: at(122)) == [0])
    }
}
