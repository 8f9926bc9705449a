import FoundationEssentials
import NodeFile
import TestSupport
import Testing

@Suite("What the documentation shows is taken")
struct DocumentationTests {
    /// The files in YAML that a document shows.
    static func examples(_ document: String) throws -> [String] {
        let bytes = try Data(contentsOf: URL(filePath: "\(Samples.repository)/\(document)"))
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: "```yaml\n").dropFirst()
        return parts.compactMap { $0.split(separator: "```").first.map(String.init) }
    }

    /// The names in a list of fields in the sources.
    private static func fields(in path: String, after mark: String) throws -> [String] {
        let bytes = try Data(contentsOf: URL(filePath: "\(Samples.repository)/\(path)"))
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: mark, maxSplits: 1)
        let list = try #require(parts.last?.prefix { $0 != "]" })
        return list.split(separator: "\"", omittingEmptySubsequences: false).enumerated().compactMap {
            $0.offset % 2 == 1 ? String($0.element) : nil
        }
    }

    @Test func `each field of an agent's file and of its bars has its row`() throws {
        let rows = try Repository.rows("docs/agent-file.md", section: "An agent").map { Repository.code($0[0])[0] }
        let agent = try ["let ofNode = [", "let shared = ["].flatMap {
            try Self.fields(in: "Sources/NodeFile/Field+Agent.swift", after: $0)
        }
        #expect(agent.count > 15 && Set(rows) == Set(agent), "\(Set(rows).symmetricDifference(agent))")
        let bars = try Repository.rows("docs/agent-file.md", section: "A bar").map { Repository.code($0[0])[0] }
        let bar = try Self.fields(in: "Sources/NodeFile/Field+Bars.swift", after: "item.fields(")
        #expect(bar.count > 4 && Set(bars) == Set(bar), "\(Set(bars).symmetricDifference(bar))")
    }

    @Test func `each field of a fleet's file is told of`() throws {
        let fleet = try Self.fields(in: "Sources/Configuration/Field+Fleet.swift", after: "let known = [")
        let text = try ["docs/agent-file.md", "docs/fleet.md", "examples/fleet.yaml"].map(Repository.text).joined()
        #expect(fleet.count > 15)
        for field in fleet { #expect(text.contains("`\(field)`") || text.contains("\(field):"), "\(field)") }
    }

    @Test(arguments: ["README.md", "examples/agent.yaml", "examples/fleet.yaml"])
    func `whoever reads below the folder that only root and agents may read is told to do so as root`(
        _ document: String
    ) throws {
        let lines = try Repository.text(document).split(separator: "\n").filter {
            $0.contains("--config /etc/footlight") || $0.contains("systemctl enable")
        }
        #expect(lines.count >= 2)
        for line in lines { #expect(line.drop { "# ".contains($0) }.hasPrefix("sudo "), "\(line)") }
    }

    @Test(arguments: ["docs/hardware.md", "docs/wired.md"])
    func `agents' files`(_ document: String) throws {
        let examples = try Self.examples(document)
        #expect(!examples.isEmpty)
        for example in examples {
            let isWhole = example.contains("site:")
            let text = (isWhole ? "" : "site: home\nnode: hall\nbrokers: [mqtt://localhost]\n") + example
            _ = try AgentFile(text: text, file: document)
        }
    }
}
