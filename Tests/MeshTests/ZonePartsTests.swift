import Testing

@testable import Mesh

@Suite("Who has a part in which zone, and what is subscribed to for it")
struct ZonePartsTests {
    @Test func `a node's zones are those that name it, until they are others or gone`() {
        var parts = ZoneParts()
        parts.set("stairs", nodes: ["a", "b"])
        parts.set("hall", nodes: ["b"])
        #expect(parts.zones(of: "a") == ["stairs"])
        #expect(parts.zones(of: "b") == ["hall", "stairs"])
        parts.set("stairs", nodes: ["a", "c"])
        #expect(parts.zones(of: "b") == ["hall"])
        #expect(parts.zones(of: "c") == ["stairs"])
        parts.set("hall", nodes: [])
        #expect(parts.zones(of: "b") == [])
    }

    @Test func `a filter is subscribed to for as long as something needs it, and told of once`() {
        var filters = FilterNeeds()
        filters.replace([], with: ["x", "y"])
        filters.replace([], with: ["y", "z"])
        #expect(filters.news() == (["x", "y", "z"], []))
        #expect(filters.news() == ([], []))
        filters.replace(["x", "y"], with: ["w"])
        #expect(filters.news() == (["w"], ["x"]))
        #expect(filters.isTold("y") && !filters.isTold("x"))
        filters.replace(["y", "z"], with: [])
        // Needed again before anybody was told.
        filters.replace([], with: ["z"])
        #expect(filters.news() == ([], ["y"]))
        #expect(filters.told == ["w", "z"])
    }

    @Test func `what has come on a topic is asked for again once, where it is subscribed to still`() {
        var filters = FilterNeeds()
        filters.replace([], with: ["x", "y"])
        _ = filters.news()
        filters.renew("x")
        #expect(filters.news() == ([], []))
        filters.hear("x")
        filters.hear("z")
        filters.renew("x")
        filters.renew("x")
        filters.renew("z")
        #expect(filters.news() == (["x"], []))
        filters.renew("x")
        #expect(filters.news() == ([], []))
        // Not after a connect, which brings all.
        filters.hear("x")
        filters.begin()
        filters.renew("x")
        #expect(filters.news() == ([], []))
        filters.hear("x")
        filters.replace(["x", "y"], with: [])
        filters.renew("x")
        #expect(filters.news() == ([], ["x", "y"]))
    }
}
