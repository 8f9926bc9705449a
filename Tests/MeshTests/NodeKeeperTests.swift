import Lighting
import Testing

@testable import Mesh

@Suite struct NodeKeeperTests {
    static let off = ZoneCommand(mode: .off, id: "c1")

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
            message.take(ZoneCommand(mode: .off), at: issued, lead: .zero)
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
        node.hear(.siteConfiguration, SiteMessage(revision: 2, zones: ["hall"], timeZone: nil), at: at(20))
        let actions = node.settle(at: at(20.1))
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
}
