import Testing

@testable import Mesh

@Suite struct TopicTests {
    static let names: [(Topic, String)] = [
        (.status(node: "a"), "node/a/status"), (.health(node: "a"), "node/a/health"),
        (.delivery(node: "a"), "node/a/delivery"),
        (.sensor(node: "a", sensor: "b"), "node/a/sensor/b"), (.light(node: "a", light: "b"), "node/a/light/b"),
        (.bar(node: "a", bar: "b"), "node/a/bar/b"),
        (.action(node: "a"), "node/a/action"), (.result(node: "a"), "node/a/result"),
        (.records(node: "a"), "node/a/records"), (.recorded(node: "a"), "node/a/recorded"),
        (.collector, "fleet/collector"),
        (.siteConfiguration, "config/site"), (.zoneConfiguration(zone: "z"), "config/zone/z"),
        (.nodeConfiguration(node: "a"), "config/node/a"),
        (.set(zone: "z"), "zone/z/set"), (.zoneResult(zone: "z"), "zone/z/result"),
        (.override(zone: "z"), "zone/z/override"), (.state(zone: "z"), "zone/z/state"),
    ]

    @Test func `every topic is among those below`() {
        #expect(Set(Self.names.map { TopicKind($0.0) }) == Set(TopicKind.allCases))
    }

    @Test(arguments: names)
    func `a topic's name is read as that topic`(topic: Topic, name: String) {
        #expect(topic.name(site: "home") == "footlight/home/" + name)
        #expect(Topic(name: "footlight/home/" + name, site: "home") == topic)
        #expect(Topic(name: "footlight/home/" + name, site: "hom") == nil)
        #expect(Topic(name: "footlight/home/" + name, site: "home2") == nil)
    }

    @Test(arguments: [
        "", "footlight", "footlight/home", "footlight/home/", "footlight/home/node", "footlight/home/node/a",
        "footlight/home/node//status", "footlight/home/node/A/status", "footlight/home/node/a/status/b",
        "footlight/home/node/a/sensor", "footlight/home/node/a/sensor/", "footlight/home/node/a/sensor/b/c",
        "footlight/home/config/site/a", "footlight/home/config/zone", "footlight/home/zone/z/colour",
        "footlight/home/node/+/status", "footlight/home/node/#", "/footlight/home/node/a/status",
        "footlight/home/node/a.b/status", "footlight/home/node/é/status",
        "footlight/home/node/12345678901234567890123456789012345678901234567890123456789012345/status",
    ])
    func `other names are no topics`(name: String) {
        #expect(Topic(name: name, site: "home") == nil)
    }

    @Test func `places are a node, or a node and a part`() {
        #expect(Name.place("a-1")?.node == "a-1" && Name.place("a-1")?.part == nil)
        #expect(Name.place("a/b")?.node == "a" && Name.place("a/b")?.part == "b")
        for text in ["", "/", "a/", "/b", "a/b/c", "a b", "A", "a_b"] { #expect(Name.place(text) == nil, "\(text)") }
    }
}
