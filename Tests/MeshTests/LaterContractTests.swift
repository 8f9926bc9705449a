import Lighting
import Testing

@testable import Mesh

/// Messages of a contract that doesn't exist yet: what this version doesn't know of them is left out alone, and told.
@Suite struct LaterContractTests {
    /// What is said of a message of a later contract.
    static let origin = "written by protocol 99, this speaks \(Version.contract): update it"
    static let zone = Topic.zoneConfiguration(zone: "stairs")

    private func check(_ node: TestNode) throws -> HealthMessage.Check? {
        try JSON.decode(HealthMessage.self, from: node.core.health(at: at(12), checks: []).payload).checks
            .first { $0.check == "protocol" }
    }

    /// Each with a word that no version has yet, and what is to stand in its stead.
    static let words: [(String, @Sendable (Zone) -> Bool)] = [
        (
            #""look":{"curve":"bounce","brightness":0.5}"#,
            { $0.look.curve == .smooth && $0.look.brightness.value == 0.5 }
        ),
        (#""look":{"colour":"dawn"}"#, { $0.look.colour == Look().colour }),
        (#""look":{"gradient":"dawn","brightness":7}"#, { $0.look.gradient == nil && $0.look.brightness == .full }),
        (
            #""wave":{"order":"spiral","delaySeconds":0.2}"#,
            { $0.wave?.order == .fromSensor && $0.wave?.delay == .milliseconds(200) }
        ),
        (
            #""wave":{"order":{"spiral":3},"off":"explode"}"#,
            { $0.wave?.order == .fromSensor && $0.wave?.off == .follow }
        ),
        (
            #""profile":[{"from":"moonrise"},{"from":"22:00","colour":"dawn","brightness":0.1}]"#,
            {
                $0.profile.entries.map(\.from.text) == ["22:00"] && $0.profile.entries[0].brightness?.value == 0.1
            }
        ),
        (#""onlyWhenDark":{"sensor":"moon","belowLux":3}"#, { $0.onlyWhenDark == nil }),
        (#""holdSeconds":86400,"leadSeconds":9"#, { $0.hold == Zone(bars: [], sensors: [:]).hold && $0.lead == nil }),
    ]

    @Test(arguments: words)
    func `a zone is taken but for the word that isn't known, which is told; of this contract it is refused`(
        words: String, holds: @Sendable (Zone) -> Bool
    ) throws {
        func text(_ further: String) -> String {
            #"{"bars":["stair-01"],"sensors":{"stair-01/bottom":"first"},"sparkle":{"much":true},"#
                + #""revision":5,\#(further)\#(words)}"#
        }
        var node = TestNode.atWork()
        let refused = node.hear(Self.zone, text: text(""), at: at(10))
        #expect(
            refused.warnings.count == 1 && refused.warnings[0].hasPrefix("refused footlight/home/config/zone/stairs: "))
        #expect(!refused.warnings[0].contains("protocol") && node.core.zones["stairs"]?.revision == 1)
        #expect(try check(node) == nil)

        let taken = node.hear(Self.zone, text: text(#""protocol":99,"#), at: at(11))
        let record = try #require(node.core.zones["stairs"])
        #expect(record.revision == 5 && holds(record.state.zone))
        #expect(taken.warnings.count == 1 && taken.warnings[0].hasSuffix(Self.origin), "\(taken.warnings)")
        let told = try #require(try check(node))
        #expect(!told.healthy && told.value == 1 && told.detail?.hasSuffix(Self.origin) == true)
        node.motion(true, at: at(12))
        #expect(node.lights(at: at(14))[0] > 0, "it lights")

        node.hear(Self.zone, ZoneMessage(stairs, revision: 6), at: at(20))
        #expect(try check(node) == nil, "told until it is gone")
    }

    @Test func `a sensor at an end that isn't known counts, too`() throws {
        var node = TestNode.atWork()
        let text = #"{"protocol":99,"bars":["stair-01"],"sensors":{"stair-01/bottom":"middle"},"revision":5}"#
        node.hear(Self.zone, text: text, at: at(11))
        #expect(node.core.zones["stairs"]?.state.zone.sensors["stair-01/bottom"] == .first)
    }

    @Test func `what can't be done without is missed, whoever wrote it, and that it is later is told`() {
        var node = TestNode.atWork()
        let actions = node.hear(Self.zone, text: #"{"protocol":99,"sensors":{},"revision":5}"#, at: at(11))
        #expect(
            actions.warnings == [
                "refused footlight/home/config/zone/stairs: bars: is missing; \(Self.origin); what held before holds on"
            ])
        #expect(node.core.zones["stairs"]?.revision == 1)
    }

    @Test func `the site's names and places that aren't known are left out alone`() throws {
        let site = #"{"protocol":99,"revision":9,"zones":["stairs","Große Halle"],"timeZone":"where the sun is"}"#
        var remark: String?
        guard
            case .siteConfiguration(let read?) = try MeshMessage(.siteConfiguration, Array(site.utf8), remark: &remark)
        else {
            Issue.record("is another message")
            return
        }
        #expect(read.zones == ["stairs"] && read.timeZone == nil && remark?.hasSuffix(Self.origin) == true)
        let text =
            #"{"protocol":99,"revision":9,"bars":{"bar":"stair-02","bar":"stair-02","Bar 2":"x"},"sensors":{"s":"a/b/c"}}"#
            .replacing(#""bar":"stair-02","bar""#, with: #""bar""#)
        var leftOut: [String] = []
        let places = try JSON.decode(PlacesMessage.self, from: Array(text.utf8), leftOut: &leftOut)
        #expect(places.bars == ["bar": "stair-02"] && places.sensors == [:])
        #expect(leftOut.count == 1 && leftOut[0].contains("Bar 2") && leftOut[0].contains("a/b/c"))
        let older = text.replacing("99", with: "\(Version.contract)")
        #expect(throws: MessageError.self) { try JSON.decode(PlacesMessage.self, from: Array(older.utf8)) }
    }

    @Test func `of an override the command that isn't known is left out, and kept for those who know it`() throws {
        var node = TestNode.atWork()
        let issued = at(10).nanoseconds
        let text = """
            {"protocol":99,"issued":\(issued),"ids":[],"mood":1,"zone":{"mode":"on","level":0.5,"colour":"dawn","start":\(issued)},\
            "bars":{"stair-02":{"mode":"dance","start":\(issued)}}}
            """
        let actions = node.hear(.override(zone: "stairs"), text: text, at: at(10))
        #expect(actions.warnings.count == 1 && actions.warnings[0].hasSuffix(Self.origin))
        #expect(node.lights(at: at(12)) == [0.5])
        // As it came, not as it was understood.
        node.connect(2, at: at(20))
        #expect(node.settle(at: at(20.1)).published(.override(zone: "stairs")) == [text])
        // Another command beside it doesn't make a mistake of what is later.
        let command = node.hear(.set(zone: "stairs"), text: #"{"state":"off","bar":"stair-01"}"#, at: at(30))
        let override: OverrideMessage = try #require(command.last(.override(zone: "stairs")))
        #expect(override.contract == 99 && override.bars["stair-02"]?.mode == "dance")
        #expect(try override.overrides().bars.keys.sorted() == ["stair-01"])
    }

    @Test func `a command does what is known of it, and one that isn't known does nothing`() throws {
        var node = TestNode.atWork()
        let known = node.hear(
            .set(zone: "stairs"), text: #"{"protocol":99,"state":"on","colour":"dawn","easeSeconds":1e9}"#, at: at(10))
        #expect(known.warnings.count == 1 && known.warnings[0].hasSuffix(Self.origin))
        #expect(node.lights(at: at(12)) == [1])
        let unknown = node.hear(.set(zone: "stairs"), text: #"{"protocol":99,"state":"dance"}"#, at: at(13))
        #expect(unknown.published(.override(zone: "stairs")).isEmpty)
        #expect(unknown.warnings.first?.contains(Self.origin) == true)
        let action = node.hear(
            .action(node: "stair-01"), text: #"{"protocol":99,"action":"dance","id":"d"}"#, at: at(14))
        let answer: ResultMessage = try #require(action.last(.result(node: "stair-01")))
        #expect(answer.error?.hasPrefix("no action \"dance\"") == true && answer.error?.hasSuffix(Self.origin) == true)
    }

    @Test func `a sensor's register counts in the zones that are known`() throws {
        var node = TestNode.atWork()
        let status = """
            {"bars":[],"bootId":"b","connection":1,"priority":50,"protocol":99,"sensors":[],"started":1,"state":"dreaming",\
            "synchronised":true,"version":"9"}
            """
        node.hear(.status(node: "landing"), text: status, at: at(9))
        let now = at(10).nanoseconds
        let part = #"{"start":\#(now),"firstMotion":\#(now),"origin":"landing/top","leadSeconds":0.01}"#
        let text = """
            {"lastEdge":\(now),"lastMotion":\(now),"motion":false,"mood":{},"zones":{"stairs":\(part),"Große Halle":\(part)}}
            """
        let actions = node.hear(.sensor(node: "landing", sensor: "top"), text: text, at: at(10))
        #expect(actions.warnings.count == 1 && actions.warnings[0].hasSuffix(Self.origin))
        #expect(node.lights(at: at(12)) == [1])
    }

    @Test func `a health report is read but for the check that isn't known`() throws {
        let text =
            #"{"at":1,"uptimeSeconds":2,"checks":[{"check":"aura","healthy":true},{"check":"clock","healthy":true,"value":1,"unit":"ms"}]}"#
        var leftOut: [String] = []
        let report = try JSON.decode(HealthMessage.self, from: Array(text.utf8), leftOut: &leftOut)
        #expect(report.checks.map(\.check) == ["clock"] && leftOut == ["checks.[0].value: is missing, left out"])
    }

    @Test func `what a broker forgot of a later contract is given back whole`() {
        var node = TestNode.atWork()
        let site = #"{"mood":"good","protocol":99,"revision":9,"zones":["stairs"]}"#
        let places = #"{"bars":{"bar":"stair-01"},"mood":"good","protocol":99,"revision":9}"#
        node.hear(.siteConfiguration, text: site, at: at(10))
        node.hear(.nodeConfiguration(node: "stair-01"), text: places, at: at(10))
        node.connect(2, at: at(20))
        let restored = node.settle(at: at(20.1))
        #expect(restored.published(.siteConfiguration) == [site])
        #expect(restored.published(.nodeConfiguration(node: "stair-01")) == [places])
    }
}
