import Mesh
import TestSupport
import Testing

@testable import Fleet

/// What CONTRIBUTING.md asks of whoever adds a health check, where the compiler doesn't.
@Suite struct HealthRecipeTests {
    /// The checks of the table in docs/protocol.md with their units, `bar/<bar>` being `bar/`.
    private static func described() throws -> [String: String] {
        let rows = try Repository.rows("docs/protocol.md", section: #"node/\<node\>/health"#)
        return Dictionary(
            uniqueKeysWithValues: rows.map { (kind($0[0].filter { $0 != "`" }), $0[1].filter { $0 != "`" }) })
    }

    /// `bar/<bar>` is `bar/`.
    private static func kind(_ check: String) -> String {
        check.firstIndex(of: "/").map { String(check[...$0]) } ?? check
    }

    @Test func `every check is in the table of docs/protocol.md, with its unit`() throws {
        let known = HealthCheck.allCases.map { ($0.rawValue, $0.unit) }
        #expect(try Self.described() == Dictionary(uniqueKeysWithValues: known))
    }

    @Test func `every check is made by a node`() throws {
        let made = try Repository.swift(
            below: "Sources/Mesh/Node", "Sources/Mesh", "Sources/Node", "Sources/Telemetry", "agent/footlight-agent")
        for check in HealthCheck.allCases {
            #expect(made.contains(try Regex("\\(\\s*\\.\(check), (of|healthy): ")), "nobody reports \(check.rawValue)")
        }
    }

    @Test func `every rule is of a check that there is, and is in the table of docs/fleet.md`() throws {
        let described = try Self.described()
        var told: [String: CheckRule] = [:]
        for row in try Repository.rows("docs/fleet.md", section: "Health") where row.count == 3 {
            func figure(_ word: String) -> Double? {
                row[2].hasPrefix(word) ? Double(row[2].dropFirst(word.count).prefix { $0 != " " }) : nil
            }
            #expect(["counts", "is shown"].contains(row[1]), "\(row)")
            told[Self.kind(row[0].filter { $0 != "`" })] = CheckRule(
                counts: row[1] == "counts", maximum: figure("at most "), minimum: figure("at least "))
        }
        #expect(told == CheckRule.defaults)
        for check in CheckRule.defaults.keys { #expect(described[check] != nil, "docs/protocol.md, \(check)") }
    }

    @Test func `every rule with a limit is judged by its unit`() throws {
        let described = try Self.described()
        let rows = try Repository.rows("docs/fleet.md", section: "Health").filter { $0.count == 3 && $0[2] != "–" }
        #expect(rows.count == CheckRule.defaults.values.count { $0.maximum != nil || $0.minimum != nil })
        for row in rows {
            let unit = try #require(described[row[0].filter { $0 != "`" }]?.prefix { $0 != " " }, "\(row)")
            #expect(row[2].hasSuffix(" \(unit)"), "\(row), \(unit)")
        }
    }
}
