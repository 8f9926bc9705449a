import HomeAssistant
import Mesh
import Testing

@testable import Fleet

@Suite("Home Assistant is told of groups")
struct DiscoveryTests {
    private static func site(_ settings: HomeAssistantSettings?) -> SiteMessage {
        SiteMessage(revision: 9, zones: ["stairs"], timeZone: nil, homeAssistant: settings)
    }

    /// What was retained on topics of groups' devices; the harness knows topics without a site's first levels.
    private static func told(_ fleet: TestFleet) -> [String] {
        fleet.retained.keys.filter { $0.hasSuffix("/footlight_home_group_stairs/config") }
    }

    @Test func `where the site says so, by who leads, retained`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        fleet.hear(.siteConfiguration, Self.site(.usual))
        fleet.run(seconds: 60)
        #expect(Self.told(fleet).count == 1)
    }

    @Test func `where it doesn't, nothing is said`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        fleet.run(seconds: 60)
        #expect(Self.told(fleet).isEmpty)
    }

    @Test func `a group is part of its zone's device, with ids of its own`() {
        let topics = DiscoveryTopic(site: "home", .usual)
        let device = DiscoveredDevice(group: "stairs", state: "footlight/home/fleet/group/stairs", topics)
        #expect(device.identifier == topics.objectID(of: .zone("stairs")))
        #expect(device.components["problem"]?["unique_id"] == "footlight_home_group_stairs_problem")
    }
}
