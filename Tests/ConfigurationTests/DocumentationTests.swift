import FoundationEssentials
import NodeFile
import Testing

@Suite("What the documentation shows is taken")
struct DocumentationTests {
    /// The files in YAML that a document shows.
    static func examples(_ document: String) throws -> [String] {
        let bytes = try Data(contentsOf: URL(filePath: "\(Samples.repository)/\(document)"))
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: "```yaml\n").dropFirst()
        return parts.compactMap { $0.split(separator: "```").first.map(String.init) }
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
