import Lighting
import Mesh
import Testing

@testable import Fleet

/// A broker that died before it saved, and comes back with what it had.
@Suite struct OlderMemoryTests {
    @Test func `records and places that are older than the leader's are written again`() throws {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        let saved = fleet.retained.filter { $0.key.hasPrefix("fleet/node/") || $0.key.hasPrefix("fleet/group/") }
        fleet.nodes["stair-02"]?.answers = false
        fleet.run(seconds: 200)
        #expect(fleet.activities().map(\.status) == [.successful])
        let newest = fleet.retained
        fleet.handle(.disconnected)
        fleet.handle(.connected)
        for (topic, payload) in saved {
            fleet.retained[topic] = payload
            fleet.handle(.message(topic: "footlight/home/\(topic)", payload: payload, retained: true))
        }
        // It has never heard of the places.
        for topic in newest.keys where topic.hasPrefix("config/node/") { fleet.retained[topic] = nil }
        let zone = Topic.zoneConfiguration(zone: "stairs").name(site: home)
        let payload = try #require(fleet.core.copies[zone])
        fleet.handle(.message(topic: zone, payload: payload, retained: true))
        fleet.hear(.siteConfiguration, SiteMessage(revision: 1, zones: ["stairs"], timeZone: nil))
        fleet.handle(.settled)
        fleet.run(seconds: 30)
        for topic in newest.keys where topic.hasPrefix("config/node/") {
            #expect(fleet.retained[topic] == newest[topic])
        }
        #expect(fleet.activities().map(\.status) == [.successful])
        for node in ["stair-02", "spare-1"] {
            let before = try JSON.decode(NodeMessage.self, from: #require(newest["fleet/node/\(node)"]))
            let now = try JSON.decode(NodeMessage.self, from: #require(fleet.retained["fleet/node/\(node)"]))
            #expect(now.lifecycleState == before.lifecycleState && now.stamp >= before.stamp)
        }
    }

    @Test func `a zone that was removed, and places that were taken back, don't return`() throws {
        var fleet = TestFleet(zones: ["stairs": stairs(2), "hall": ["hall-01"]], spares: ["spare-1"])
        let places = PlacesMessage(revision: 5, bars: ["bar": "stair-02"])
        let topic = Topic.nodeConfiguration(node: "spare-1")
        fleet.hear(topic, places)
        fleet.handle(.message(topic: topic.name(site: home), payload: []))
        fleet.hear(.siteConfiguration, SiteMessage(revision: 9, zones: ["stairs"], timeZone: nil))
        fleet.handle(.message(topic: Topic.zoneConfiguration(zone: "hall").name(site: home), payload: []))
        fleet.handle(.disconnected)
        fleet.handle(.connected)
        fleet.hear(.siteConfiguration, SiteMessage(revision: 1, zones: ["hall", "stairs"], timeZone: nil))
        let hall = Zone(bars: ["hall-01"], sensors: [:])
        fleet.hear(.zoneConfiguration(zone: "hall"), ZoneMessage(hall, revision: 1))
        fleet.hear(topic, places)
        fleet.handle(.settled)
        fleet.run(seconds: 10)
        #expect(fleet.core.groups.keys.sorted() == ["stairs"])
        let kept = try JSON.decode(PlacesMessage.self, from: #require(fleet.retained["config/node/spare-1"]))
        #expect(kept == PlacesMessage(revision: 6))
        let site = try JSON.decode(SiteMessage.self, from: #require(fleet.retained["config/site"]))
        #expect(site.revision == 9)
    }

    @Test func `who doesn't lead writes newer places again too: the leader may be at another broker`() {
        var fleet = TestFleet(zones: ["stairs": stairs(2)])
        let now = fleet.now.nanoseconds
        let newer = PlacesMessage(revision: now, bars: ["bar": ""])
        fleet.hear(.nodeConfiguration(node: "stair-01"), newer)
        fleet.handle(.disconnected)
        fleet.handle(.connected)
        #expect(!fleet.core.isLeading(at: fleet.now))
        let topic = Topic.nodeConfiguration(node: "stair-01").name(site: home)
        let older = JSON.encode(PlacesMessage(revision: now - 1, bars: ["bar": "stair-01"]))
        fleet.handle(.message(topic: topic, payload: older, retained: true))
        #expect(fleet.retained["config/node/stair-01"] == JSON.encode(newer))
    }

    @Test func `what another wrote in the leader's own term is written again, whatever its revision`() throws {
        var fleet = TestFleet(zones: ["stairs": stairs(2)])
        let topic = FleetTopic.node("stair-01").name(site: home)
        let own = try JSON.decode(NodeMessage.self, from: #require(fleet.retained["fleet/node/stair-01"]))
        #expect(fleet.core.isLeading(at: fleet.now) && own.healthStatus == .healthy)
        for revision in [own.stamp.revision, 1] {
            var foreign = own
            foreign.stamp.revision = revision
            foreign.healthStatus = .unhealthy
            fleet.handle(.message(topic: topic, payload: JSON.encode(foreign)))
            fleet.run(seconds: 5)
            let now = try JSON.decode(NodeMessage.self, from: #require(fleet.retained["fleet/node/stair-01"]))
            #expect(now.healthStatus == .healthy && now.stamp > foreign.stamp)
        }
        // What is its own calls for nothing.
        let count = fleet.published.count { $0.topic == "fleet/node/stair-01" }
        fleet.run(seconds: 30)
        #expect(fleet.published.count { $0.topic == "fleet/node/stair-01" } == count)
    }
}
