import Lighting
import Testing

@testable import Telemetry

@Suite struct ChainTests {
    /// What is found in lines, which are sorted by their keys first, as a store gives them.
    private static func findings(_ lines: [[UInt8]]) throws -> [String] {
        let records = try lines.map { try ReceivedRecord(line: $0) }.sorted { $0.key < $1.key }
        var check = ChainCheck()
        var findings: [ChainCheck.Finding] = []
        for record in records {
            findings += check.take(key: record.key, previous: record.previous, digest: record.digest)
        }
        findings += check.finish()
        return findings.map(\.description)
    }

    private static func lines(_ count: Int, in chain: inout RecordChain) -> [[UInt8]] {
        (0..<count).map { index in
            chain.append(
                .motion(MotionEvent(sensor: "bottom", motion: index.isMultiple(of: 2))),
                at: Examples.start + .seconds(index))
        }
    }

    @Test func `boots that follow each other are whole, whatever they are called`() throws {
        var first = Examples.chain("ffff")
        let before = Self.lines(5, in: &first)
        var second = Examples.chain("0000", previous: first.digest)
        let after = Self.lines(3, in: &second)
        #expect(try Self.findings(before + after) == [])
        #expect(try Self.findings([]) == [])
    }

    @Test func `each record that is missing is named`() throws {
        var chain = Examples.chain()
        let all = Self.lines(6, in: &chain)
        for index in 0..<5 {
            var rest = all
            rest.remove(at: index)
            #expect(try Self.findings(rest) == ["home/stair-01/1f0c/\(index + 1) is missing"])
        }
        #expect(try Self.findings([all[0], all[5]]) == ["home/stair-01/1f0c/2 to 5 are missing"])
    }

    @Test func `a boot's end that is missing shows in the next boot`() throws {
        var first = Examples.chain("a")
        let before = Self.lines(3, in: &first)
        var second = Examples.chain("b", previous: first.digest)
        let after = Self.lines(2, in: &second)
        let found = ["home/stair-01/b/1 follows a record of stair-01's boot before, which is missing"]
        #expect(try Self.findings(before.dropLast() + after) == found)
        #expect(try Self.findings(after) == found)
    }

    @Test func `changed, exchanged and doubled records are named`() throws {
        var chain = Examples.chain()
        let all = Self.lines(4, in: &chain)
        func changed(_ index: Int, _ old: String, _ new: String) -> [UInt8] {
            Array(String(decoding: all[index], as: UTF8.self).replacing(old, with: new).utf8)
        }
        var lines = all
        lines[1] = changed(1, "\"motion\":false", "\"motion\":true")
        #expect(
            try Self.findings(lines) == ["home/stair-01/1f0c/2 is changed: the record after it follows another one"])
        lines = all
        lines[1] = changed(1, "\"sequence\":2", "\"sequence\":3")
        lines[2] = changed(2, "\"sequence\":3", "\"sequence\":2")
        #expect(try Self.findings(lines).count == 3)
        lines = all + [changed(2, "\"motion\":true", "\"motion\":false")]
        #expect(try Self.findings(lines).contains("home/stair-01/1f0c/3 is there twice, with different contents"))
    }

    @Test func `one node's chain says nothing of another's`() throws {
        var one = Examples.chain()
        var other = RecordChain(site: "home", node: "stair-02", boot: "1f0c", previous: Digest(of: [1]))
        let found = "home/stair-02/1f0c/1 follows a record of stair-02's boot before, which is missing"
        #expect(try Self.findings(Self.lines(3, in: &one) + Self.lines(3, in: &other)) == [found])
    }
}
