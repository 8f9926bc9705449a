import FoundationEssentials
import Processes
import TestSupport
import Testing

/// The page of docs/topology.md that begins with an imported template: its files are written, its commands called as a
/// shell calls them, and what they print is what stands there.
@Suite struct TopologyPageTests {
    private static let section = "## From your own VPC to three zones"

    /// The fenced blocks of the section: their language and their lines.
    private func blocks() throws -> [(language: Substring, lines: [Substring])] {
        let all = try Repository.text("docs/topology.md").split(separator: "\n", omittingEmptySubsequences: false)
        var blocks: [(language: Substring, lines: [Substring])] = []
        var isOpen = false
        for line in all.drop(while: { $0 != Self.section }).dropFirst() {
            if line.hasPrefix("## "), !isOpen { break }
            if line.hasPrefix("```") {
                if !isOpen { blocks.append((line.dropFirst(3), [])) }
                isOpen.toggle()
            } else if isOpen {
                blocks[blocks.count - 1].lines.append(line)
            }
        }
        return blocks
    }

    @Test func `from your own VPC to three zones: each command prints what the page says`() async throws {
        let folder = try TemporaryFolder("page")
        let program = try Release.present.path("footlight")
        let programs = program.split(separator: "/").dropLast().joined(separator: "/")
        var commands = 0
        for (language, lines) in try blocks() {
            if language == "yaml" {
                let name = try #require(lines.first?.dropFirst(2).prefix { $0 != ":" })
                try folder.write(lines.joined(separator: "\n") + "\n", to: String(name))
                continue
            }
            #expect(language == "console")
            var rest = lines[...]
            while let line = rest.popFirst() {
                let output = rest.prefix { !$0.hasPrefix("$ ") }
                rest = rest.dropFirst(output.count)
                let call = "cd \"$1\" && PATH=/\(programs):$PATH && { \(line.dropFirst(2)); } 2>&1"
                let child = try ChildProcess("/bin/sh", ["-c", call, "sh", folder.path])
                _ = try await child.end(within: .seconds(30))
                #expect(child.output == output.map { $0 + "\n" }.joined(), "\(line)")
                commands += 1
            }
        }
        #expect(commands == 6)
    }
}
