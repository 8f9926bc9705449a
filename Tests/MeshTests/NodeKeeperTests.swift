import Lighting
import Testing

@testable import Mesh

@Suite struct NodeKeeperTests {
    static let off = ZoneCommand(mode: .off, ending: .never, id: "c1")
    /// Off until another command.
    static let standing = #"{"state":"off","for":"ever"}"#

    @Test func `the keeper is the first of the zone's nodes that are online`() {
        var node = TestNode.atWork("stair-02", sensors: [])
        #expect(node.core.isKeeper(of: "stairs"))
        node.hear(status: .online, of: "aaa", at: at(1))
        #expect(node.core.isKeeper(of: "stairs"))  // It has no part in the zone.
        node.hear(status: .online, of: "stair-01", at: at(1))
        #expect(!node.core.isKeeper(of: "stairs"))
        node.hear(status: .offline, of: "stair-01", at: at(2))
        #expect(node.core.isKeeper(of: "stairs"))
        node.hear(status: .online, of: "stair-03", priority: 1, at: at(3))
        #expect(!node.core.isKeeper(of: "stairs"))
        node.hear(status: .online, of: "landing", synchronised: true, at: at(4))
        #expect(node.core.presence.first(of: ["landing", "stair-02", "stair-03"]) == "landing")
        #expect(!node.core.isKeeper(of: "cellar"))
    }

    @Test func `the keeper makes an override of a command, once`() throws {
        var node = TestNode.atWork()
        let actions = node.hear(.set(zone: "stairs"), bytes: Self.off.payload, at: at(10))
        let override: OverrideMessage = try #require(actions.last(.override(zone: "stairs")))
        #expect(try override.overrides().zone == Override(mode: .off, start: at(10.03)))
        #expect(override.ids == ["c1"])
        #expect(actions.publications.first { $0.topic.hasSuffix("override") }?.retain == true)
        let again = node.hear(.set(zone: "stairs"), bytes: Self.off.payload, at: at(11))
        #expect(again.published(.override(zone: "stairs")).isEmpty)
    }

    @Test func `who is not the keeper leaves a command to it, and takes over when it goes`() {
        var node = TestNode.atWork("stair-02", sensors: [])
        node.hear(status: .online, of: "stair-01", at: at(1))
        #expect(node.hear(.set(zone: "stairs"), bytes: Self.off.payload, at: at(2)).isEmpty)
        let takeover = node.hear(status: .offline, of: "stair-01", at: at(3))
        #expect(takeover.topics == ["zone/stairs/state"])
        #expect(
            node.hear(.set(zone: "stairs"), bytes: Self.off.payload, at: at(4)).topics.first == "zone/stairs/override")
    }

    @Test func `a command for a bar that isn't there is refused by all`() {
        var node = TestNode.atWork()
        let actions = node.hear(.set(zone: "stairs"), text: #"{"state":"off","bar":"stair-09"}"#, at: at(1))
        #expect(actions.published(.override(zone: "stairs")).isEmpty)
        #expect(actions.warnings.first?.contains(#"bar: "stair-09" is not a bar of zone stairs"#) == true)
    }

    @Test func `so many bars have commands of their own that no message holds them`() {
        let bars = ["stair-01"] + (0..<3000).map { "a-long-name-of-a-bar-\($0)" }
        var node = TestNode.atWork(zones: ["stairs": Zone(bars: bars, sensors: [:])])
        let off = #"{"mode":"off","start":1800000000000000000,"easeSeconds":1.5}"#
        let entries = bars[1...1400].map { "\"\($0)\":\(off)" }.joined(separator: ",")
        node.hear(
            .override(zone: "stairs"), text: #"{"issued":1,"ids":[],"bars":{\#(entries)}}"#, at: at(1))
        #expect(node.core.zones["stairs"]?.state.barOverrides.count == 1400)
        var refused: [String] = []
        for bar in bars[1401...] where refused.isEmpty {
            let actions = node.hear(.set(zone: "stairs"), text: #"{"state":"off","bar":"\#(bar)"}"#, at: at(2))
            #expect(actions.publications.allSatisfy { $0.payload.count < 131_072 })
            refused = actions.warnings
        }
        #expect(refused.first?.contains("give the zone a command, which ends them") == true)
        #expect(
            node.hear(.set(zone: "stairs"), text: "auto", at: at(3)).published(.override(zone: "stairs")).count == 1)
    }

    @Test func `an older override changes nothing, one of the future is refused`() {
        var node = TestNode.atWork()
        func override(_ issued: MeshInstant) -> OverrideMessage {
            var message = OverrideMessage()
            message.take(ZoneCommand(mode: .off, ending: .never), at: issued, lead: .zero)
            return message
        }
        node.hear(.override(zone: "stairs"), override(at(5)), at: at(5))
        node.hear(.override(zone: "stairs"), override(at(4)), at: at(6))
        #expect(node.core.zones["stairs"]?.override.issued == at(5).nanoseconds)
        let refused = node.hear(.override(zone: "stairs"), override(.distantFuture), at: at(7))
        #expect(refused.warnings.first?.contains("override: issued: 4102444800.000000000 lies more than 2 s") == true)
        #expect(node.core.zones["stairs"]?.override.issued == at(5).nanoseconds)
        // Commands go on working.
        let next = node.hear(.set(zone: "stairs"), text: "auto", at: at(8))
        #expect(next.published(.override(zone: "stairs")).count == 1 && next.warnings.isEmpty)
    }

    @Test func `a broker that lost its memory gets configuration and override back`() {
        var node = TestNode.atWork()
        node.hear(.set(zone: "stairs"), bytes: Self.off.payload, at: at(10))
        let configuration = node.core.zones["stairs"]?.configuration
        let restored = node.connect(2, at: at(20)) + node.settle(at: at(20.1))
        #expect(
            restored.topics.filter { !$0.hasPrefix("node") } == [
                "config/zone/stairs", "zone/stairs/override", "config/site", "zone/stairs/state",
            ])
        #expect(restored.publications.first { $0.topic.hasSuffix("config/zone/stairs") }?.payload == configuration)
    }

    @Test func `what the broker still has is not published again`() {
        var node = TestNode.atWork()
        #expect(node.connect(2, at: at(20)).topics == ["node/stair-01/status"])
        node.hear(.siteConfiguration, SiteMessage(revision: 1, zones: ["stairs"], timeZone: nil), at: at(20))
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 1), at: at(20))
        // The zone's state alone: another keeper may have written it meanwhile.
        #expect(node.settle(at: at(20.1)).topics == ["zone/stairs/state"])
    }

    @Test func `a zone that was removed meanwhile is not given back, it is forgotten`() {
        var node = TestNode.atWork()
        node.connect(2, at: at(20))
        let list = SiteMessage(revision: 2, zones: ["hall"], timeZone: nil)
        let actions = node.hear(.siteConfiguration, list, at: at(20)) + node.settle(at: at(20.1))
        #expect(actions.published(.zoneConfiguration(zone: "stairs")).isEmpty)
        #expect(actions.contains(.remember(topic: "footlight/home/config/zone/stairs", payload: [])))
        #expect(node.core.zones.isEmpty)
    }

    @Test func `a zone is told of as one light, when that changes`() throws {
        var node = TestNode.atWork()
        let on = node.hear(.set(zone: "stairs"), text: #"{"state":"ON","brightness":51}"#, at: at(10))
        #expect(on.published(.state(zone: "stairs")).isEmpty)
        let report: ZoneReport = try #require(node.tick(at: at(10.03)).last(.state(zone: "stairs")))
        #expect(report.state == "ON" && report.brightness == 51 && report.mode == "on" && report.reason == "manual")
        #expect(node.tick(at: at(11)).published(.state(zone: "stairs")).isEmpty)
        let changed = ZoneMessage(Zone(bars: ["stair-01"], sensors: [:]), revision: 2)
        node.hear(.zoneConfiguration(zone: "stairs"), changed, at: at(12))
        #expect(node.core.zones["stairs"]?.override.ids == [])  // The command had no name; it is still in force:
        #expect(node.core.zones["stairs"]?.state.override?.start == at(10.03))
        // An older configuration changes nothing.
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 1), at: at(13))
        #expect(node.core.zones["stairs"]?.state.zone.bars == ["stair-01"])
    }

    @Test func `a broker that comes back with an older override gets the newest again`() throws {
        var node = TestNode.atWork()
        var older = OverrideMessage()
        older.take(ZoneCommand(mode: .off), at: at(5), lead: .zero)
        node.hear(.set(zone: "stairs"), text: "auto", at: at(10))
        node.connect(2, at: at(20))
        node.hear(.siteConfiguration, SiteMessage(revision: 1, zones: ["stairs"], timeZone: nil), at: at(20))
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 1), at: at(20))
        node.hear(.override(zone: "stairs"), retained: JSON.encode(older), at: at(20))
        let restored: OverrideMessage = try #require(node.settle(at: at(20.1)).last(.override(zone: "stairs")))
        #expect(try restored.overrides().zone?.mode == .auto)
        // Once: it comes back to it.
        node.hear(.override(zone: "stairs"), restored, at: at(21.2))
        #expect(node.tick(at: at(30)).published(.override(zone: "stairs")).isEmpty)
    }

    @Test func `commands in force are remembered over a start, and read once the time is known`() throws {
        var node = TestNode.atWork()
        let said = node.hear(.set(zone: "stairs"), text: Self.standing, at: at(10))
        let word = Array(try #require(said.published(.override(zone: "stairs")).first).utf8)
        let topic = "footlight/home/zone/stairs/override"
        #expect(said.contains(.remember(topic: topic, payload: word)))
        // Another start; without a broker it knows the zone, and at first not the time.
        var again = TestNode(bootId: "boot-2")
        _ = again.core.handle(.clock(isTrusted: false), at: at(20))
        let zone = JSON.encode(ZoneMessage(stairs, revision: 1))
        _ = again.core.handle(.remembered(topic: "footlight/home/config/zone/stairs", payload: zone), at: at(20))
        _ = again.core.handle(.remembered(topic: topic, payload: word), at: at(20))
        #expect(again.core.zones["stairs"]?.state.override == nil)
        _ = again.core.handle(.clock(isTrusted: true), at: at(21))
        #expect(again.core.zones["stairs"]?.state.override?.mode == .off)
        again.motion(true, at: at(22))
        #expect(again.lights(at: at(23)) == [0])
        // With the zone it is forgotten.
        let gone = again.hear(.zoneConfiguration(zone: "stairs"), bytes: [], at: at(24))
        #expect(gone.contains(.remember(topic: topic, payload: [])))
    }

    @Test func `a node that has just started knows better than a broker that lost its last minutes`() throws {
        var (older, newer) = (OverrideMessage(), OverrideMessage())
        older.take(ZoneCommand(mode: .off), at: at(5), lead: .zero)
        newer.take(ZoneCommand(mode: .auto), at: at(10), lead: .zero)
        for isOlderKept in [true, false] {
            var node = TestNode(bootId: "boot-2")
            _ = node.core.handle(.clock(isTrusted: false), at: at(20))
            let zone = JSON.encode(ZoneMessage(stairs, revision: 1))
            _ = node.core.handle(.remembered(topic: "footlight/home/config/zone/stairs", payload: zone), at: at(20))
            let topic = Topic.override(zone: "stairs")
            _ = node.core.handle(.remembered(topic: topic.name(site: home), payload: JSON.encode(newer)), at: at(20))
            node.connect(at: at(20))
            node.hear(.siteConfiguration, SiteMessage(revision: 1, zones: ["stairs"], timeZone: nil), at: at(20))
            node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 1), at: at(20))
            if isOlderKept { node.hear(topic, retained: JSON.encode(older), at: at(20)) }
            #expect(node.settle(at: at(20.1)).published(topic).isEmpty)
            _ = node.core.handle(.clock(isTrusted: true), at: at(22))
            #expect(node.core.zones["stairs"]?.state.override?.mode == .auto)
            let told: OverrideMessage = try #require(node.tick(at: at(30)).last(topic))
            #expect(told == newer)
        }
    }

    @Test func `a command that was taken away doesn't return with a broker's older memory`() throws {
        var node = TestNode.atWork()
        let topic = Topic.override(zone: "stairs")
        let said = node.hear(.set(zone: "stairs"), text: Self.standing, at: at(10))
        let word = Array(try #require(said.published(topic).first).utf8)
        node.hear(topic, bytes: [], at: at(11))
        #expect(node.core.zones["stairs"]?.state.override == nil)
        node.connect(2, at: at(20))
        node.hear(.siteConfiguration, SiteMessage(revision: 1, zones: ["stairs"], timeZone: nil), at: at(20))
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 1), at: at(20))
        node.hear(topic, retained: word, at: at(20))
        let told: OverrideMessage = try #require(node.settle(at: at(20.1)).last(topic))
        let before: OverrideMessage = try #require(said.last(topic))
        #expect(node.core.zones["stairs"]?.state.override == nil)
        #expect(told.issued == before.issued + 1 && told.ids == before.ids)
        #expect(try told.overrides().zone == nil)
    }

    @Test func `an older configuration that a node had no part in takes its zone away from nobody`() throws {
        var node = TestNode.atWork()
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 12), at: at(8))
        node.motion(true, at: at(9))
        node.motion(false, at: at(10))
        // A broker that lost its last minutes has the one before.
        let before = Zone(bars: ["stair-02"], sensors: [:])
        let actions = node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(before, revision: 11), at: at(20))
        #expect(node.lights(at: at(30)) == [1])
        let again: ZoneMessage = try #require(actions.last(.zoneConfiguration(zone: "stairs")))
        #expect(again.revision == 12 && again.zone == stairs, "its keeper says the newest again")
    }

    @Test func `an older word that a zone was removed, sent again, takes nothing away`() throws {
        var node = TestNode.atWork()
        let list = SiteMessage(revision: 5, zones: ["stairs"], timeZone: nil)
        node.hear(.siteConfiguration, list, at: at(10))
        let topic = Topic.zoneConfiguration(zone: "stairs")
        node.hear(topic, ZoneMessage(stairs, revision: 5), at: at(10))
        node.hear(topic, bytes: [], at: at(11))
        #expect(node.core.zones["stairs"] != nil)
        let restored: ZoneMessage = try #require(node.tick(at: at(25)).last(topic))
        #expect(restored == ZoneMessage(stairs, revision: 5))
        // Without it in the list it is gone, in whichever order the two come, and taken from the broker.
        node.hear(topic, restored, at: at(26))
        node.hear(.siteConfiguration, SiteMessage(revision: 6, zones: [], timeZone: nil), at: at(30))
        #expect(node.core.zones.isEmpty)
        #expect(node.tick(at: at(45)).published(topic) == [""])
    }

    @Test func `a zone that was removed doesn't return with a broker's older memory`() throws {
        var node = TestNode.atWork()
        node.hear(.siteConfiguration, SiteMessage(revision: 5, zones: [], timeZone: nil), at: at(10))
        node.hear(.zoneConfiguration(zone: "stairs"), bytes: [], at: at(10))
        #expect(node.core.zones.isEmpty)
        node.connect(2, at: at(20))
        node.hear(.siteConfiguration, SiteMessage(revision: 1, zones: ["stairs"], timeZone: nil), at: at(20))
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 1), at: at(20))
        #expect(node.core.zones.isEmpty)
        let actions = node.settle(at: at(20.1)) + node.tick(at: at(30))
        let told: SiteMessage = try #require(actions.last(.siteConfiguration))
        #expect(told.zones == [] && told.revision == 5)
        for topic in [Topic.zoneConfiguration(zone: "stairs"), .override(zone: "stairs"), .state(zone: "stairs")] {
            #expect(actions.published(topic) == [""])
        }
        // Another of the name that comes later is another.
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 6), at: at(31))
        #expect(node.core.zones["stairs"]?.revision == 6)
    }

    @Test func `who knows a newer override than the keeper, which has just started, gives it to all`() {
        var node = TestNode.atWork("stair-02", sensors: [])
        _ = node.tick(at: at(8))  // What it had to restore after connecting is behind it.
        var older = OverrideMessage()
        older.take(ZoneCommand(mode: .off), at: at(5), lead: .zero)
        node.hear(.set(zone: "stairs"), text: "auto", at: at(10))
        node.hear(status: .online, of: "stair-01", at: at(11))
        #expect(node.hear(.override(zone: "stairs"), older, at: at(12)).published(.override(zone: "stairs")).isEmpty)
        #expect(node.tick(at: at(14.9)).published(.override(zone: "stairs")).isEmpty)
        #expect(node.tick(at: at(15.2)).published(.override(zone: "stairs")).count == 1)
    }

    @Test func `commands in a fast row, each heard when the next is out already, are published once each`() {
        var node = TestNode.atWork()
        let first = node.hear(.set(zone: "stairs"), text: "on", at: at(10)).publications
        let second = node.hear(.set(zone: "stairs"), text: Self.standing, at: at(10.001)).publications
        for echo in [first, second].compactMap({ $0.first { $0.topic.hasSuffix("override") } }) {
            #expect(
                node.hear(.override(zone: "stairs"), bytes: echo.payload, at: at(10.01))
                    .published(.override(zone: "stairs")).isEmpty)
        }
        #expect(node.tick(at: at(20)).published(.override(zone: "stairs")).isEmpty)
    }

    @Test func `a command that the broker has kept is not obeyed but told of, until it is cleared`() throws {
        var node = TestNode.atWork()
        let topic = "footlight/home/zone/stairs/set"
        let actions = node.hear(.set(zone: "stairs"), retained: Array("off".utf8), at: at(10))
        #expect(actions.publications.isEmpty)
        #expect(actions.warnings.count == 1 && actions.warnings[0].contains("mosquitto_pub -r -n -t \(topic)"))
        #expect(node.hear(.set(zone: "stairs"), retained: Array("off".utf8), at: at(11)).isEmpty)
        func check() throws -> HealthMessage.Check? {
            try JSON.decode(HealthMessage.self, from: node.core.health(at: at(12), checks: []).payload).checks
                .first { $0.check == "retained actions" }
        }
        let told = try #require(try check())
        #expect(!told.healthy && told.value == 1 && told.detail?.contains("mosquitto_pub -r -n -t \(topic)") == true)
        node.hear(.set(zone: "stairs"), bytes: [], at: at(13))
        #expect(try check() == nil)
        #expect(
            node.hear(.set(zone: "stairs"), text: Self.standing, at: at(14)).published(.override(zone: "stairs")).count
                == 1)
    }

    @Test func `an action that the broker has kept is not obeyed, not even before the clock is known`() {
        var node = TestNode.atWork()
        _ = node.core.handle(.clock(isTrusted: false), at: at(9))
        let restart = Array(#"{"action":"restart","id":"r1"}"#.utf8)
        let actions = node.hear(.action(node: "stair-01"), retained: restart, at: at(10))
        #expect(actions.publications.isEmpty && !actions.contains(.restart) && actions.warnings.count == 1)
        node.hear(.set(zone: "stairs"), retained: Array("off".utf8), at: at(10))
        #expect(node.core.handle(.clock(isTrusted: true), at: at(11)).published(.override(zone: "stairs")).isEmpty)
        // Another's is none of ours.
        #expect(node.hear(.action(node: "stair-02"), retained: restart, at: at(12)).isEmpty)
        #expect(node.hear(.action(node: "stair-01"), bytes: [], at: at(13)).isEmpty)
        #expect(node.obeyed(ActionMessage(action: "restart", id: "r2"), at: at(14)).contains(.restart))
    }

    @Test func `places that the broker has an older word of are said again, of who is gone, too`() {
        var node = TestNode.atWork()
        for name in ["stair-01", "stair-03"] {
            node.hear(.nodeConfiguration(node: name), PlacesMessage(revision: 9, bars: ["bar": "\(name)"]), at: at(1))
        }
        let own = node.hear(
            .nodeConfiguration(node: "stair-01"), PlacesMessage(revision: 5, bars: ["bar": ""]), at: at(2))
        #expect(own.published(.nodeConfiguration(node: "stair-01")).first?.contains(#""revision":9"#) == true)
        let other = node.hear(
            .nodeConfiguration(node: "stair-03"), PlacesMessage(revision: 5, bars: ["bar": ""]), at: at(3))
        #expect(other.publications.isEmpty)
        let later = node.tick(at: at(7)).published(.nodeConfiguration(node: "stair-03"))
        #expect(later.count == 1 && later[0].contains(#""revision":9"#))
        #expect(node.tick(at: at(20)).published(.nodeConfiguration(node: "stair-03")).isEmpty)
    }
}
