import Documents
import Mesh
import Testing

@testable import footlight

@Suite("A node's other name in the site file") struct SiteFileRenameTests {
    private let rename = NodeRename(from: "stair-03", to: "attic")

    @Test func `the name alone changes, comments and all else stay`() throws {
        let text = """
            site: home   # stair-03 is behind the plant
            zones:
              stairs:
                bars: [stair-01, stair-03, stair-033/bar, landing/stair-03]\r
                sensors: {stair-03/eye: stair-03, stair-01/eye: first}
                onlyWhenDark: {sensor: "stair-03/sky", below: 10lx}
                hold: 1m

            """
        let edit = try SiteFileRename(text, file: "site.yaml", rename)
        let wanted = """
            site: home   # attic is behind the plant
            zones:
              stairs:
                bars: [stair-01, attic, stair-033/bar, landing/stair-03]\r
                sensors: {attic/eye: attic, stair-01/eye: first}
                onlyWhenDark: {sensor: "attic/sky", below: 10lx}
                hold: 1m

            """
        #expect(edit.text == wanted)
        #expect(edit.lines.map(\.number) == [1, 4, 5, 6])
    }

    @Test(arguments: [
        "site: stair-03\nzones: {stairs: {bars: [stair-03]}}\n",
        "site: home\nzones: {stair-03: {bars: [stair-03]}}\n",
        "site: home\nzones: {stairs: {bars: [stair-03/a, \"stair\\x2d03/b\"]}}\n",
    ])
    func `where something else has the name, nothing is changed`(text: String) throws {
        let edit = try SiteFileRename(text, file: "site.yaml", rename)
        #expect(edit.text == nil && !edit.lines.isEmpty)
    }

    @Test func `a file with a fault is refused with its place`() {
        #expect(throws: ConfigurationErrors.self) {
            try SiteFileRename("site: home\nzones: {stairs: {bars: 3}}\n", file: "site.yaml", rename)
        }
    }
}
