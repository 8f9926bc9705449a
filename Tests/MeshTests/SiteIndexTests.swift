import Mesh
import Testing

@Suite struct SiteIndexTests {
    @Test func `one message leads to the next, each named once`() {
        var index = SiteIndex(site: "home")
        #expect(index.begin() == ["footlight/home/config/site"])
        let site = Array(#"{"revision": 1, "zones": ["stairs"]}"#.utf8)
        #expect(
            index.take(topic: "footlight/home/config/site", payload: site) == [
                "footlight/home/config/zone/stairs", "footlight/home/zone/stairs/override",
                "footlight/home/zone/stairs/state", "footlight/home/fleet/group/stairs",
            ])
        #expect(index.take(topic: "footlight/home/config/site", payload: site).isEmpty)
        let zone = Array(#"{"bars": ["a"], "sensors": {"b/eye": "first"}, "holdSeconds": 60}"#.utf8)
        let nodes = index.take(topic: "footlight/home/config/zone/stairs", payload: zone)
        #expect(nodes.count == 8)
        for topic in ["config/node/a", "node/b/status", "node/a/delivery", "fleet/node/b"] {
            #expect(nodes.contains("footlight/home/\(topic)"), "\(topic)")
        }
    }

    @Test(arguments: ["", "rubbish", "{}", "[]", #"{"revision": 1, "zones": ["a/b", "+"]}"#])
    func `what can't be read leads nowhere`(text: String) {
        var index = SiteIndex(site: "home")
        for topic in ["config/site", "config/zone/x", "node/x/status", "node/x/health", "nonsense"] {
            #expect(index.take(topic: "footlight/home/\(topic)", payload: Array(text.utf8)).isEmpty)
        }
    }
}
