import Lighting
import Testing

@testable import Mesh

@Suite struct NodeRenameTests {
    private let rename = NodeRename(from: "a", to: "n")

    @Test(arguments: [
        ("a", "n"), ("a/bar", "n/bar"), ("ab", "ab"), ("b/a", "b/a"), ("", ""), ("a/", "a/"), ("a/b/c", "a/b/c"),
    ])
    func `places of the node's have its new name, others theirs`(place: String, renamed: String) {
        #expect(rename.place(place) == renamed)
    }

    @Test func `a node named first is none where a sensor stands first`() {
        let zone = Zone(bars: ["first", "b"], sensors: ["first/eye": .first, "b/eye": .bar("first/bar")])
        let message = NodeRename(from: "first", to: "n").zone(ZoneMessage(zone, revision: 1), revision: 2)
        #expect(message?.zone == Zone(bars: ["n", "b"], sensors: ["n/eye": .first, "b/eye": .bar("n/bar")]))
        #expect(message?.revision == 2)
    }

    @Test func `where nothing names it, there is nothing to say`() {
        let zone = Zone(bars: ["b"], sensors: [:], onlyWhenDark: DarkLimit(sensor: "b/sky", lux: 10))
        #expect(rename.zone(ZoneMessage(zone, revision: 1), revision: 2) == nil)
        #expect(rename.override(OverrideMessage()) == nil)
    }
}
