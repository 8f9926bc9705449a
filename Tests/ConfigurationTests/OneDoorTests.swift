import Foundation
import Testing

/// Bytes from outside reach a library's decoder in one place, behind bounds of our own.
@Suite struct OneDoorTests {
    private static let decoders = [
        "JSONDecoder", "JSONSerialization", "PropertyListDecoder", "PropertyListSerialization", "XMLParser",
        "NSKeyedUnarchiver", "URLEncodedFormDecoder",
    ]

    /// Every file of sources, by its path from the repository's folder.
    private static func sources(_ folders: [String]) throws -> [String: String] {
        var texts: [String: String] = [:]
        for folder in folders {
            let root = "\(Samples.repository)/\(folder)"
            let names = try #require(FileManager.default.enumerator(atPath: root))
            for case let name as String in names where name.hasSuffix(".swift") {
                texts["\(folder)/\(name)"] = try String(contentsOfFile: "\(root)/\(name)", encoding: .utf8)
            }
        }
        return texts
    }

    @Test func `the command line prints nothing but by what shows what hides in a text`() throws {
        let calls = "debugPrint|print|dump|fputs|fprintf|puts|putchar|vprintf"
        let ways = try Regex(#"(?:^|[^.\w])(?:\#(calls))\(|Glibc\.write\(|FileHandle|stdout"#)
        let printing = try Self.sources(["Sources/footlight"]).filter { $0.value.contains(ways) }.keys.sorted()
        #expect(
            printing == [
                // Writes the demo's files.
                "Sources/footlight/Demo/DemoStaircase.swift", "Sources/footlight/Output/Screen.swift",
                "Sources/footlight/Output/StandardError.swift", "Sources/footlight/Replay/TerminalLine.swift",
                "Sources/footlight/Terminal/RawTerminal.swift",
            ], "print by Screen.show and StandardError.write")
    }

    @Test func `no decoder is called but in JSON.swift, once for each of its doors`() throws {
        var calls: [String: Int] = [:]
        let sources = try Self.sources(["Sources", "agent", "Benchmarks"])
        for (name, text) in sources {
            for decoder in Self.decoders {
                let count = text.components(separatedBy: decoder).count - 1
                if count > 0 { calls["\(name): \(decoder)", default: 0] += count }
            }
        }
        #expect(sources.count > 300)
        #expect(
            calls == ["Sources/Mesh/JSON.swift: JSONDecoder": 3],
            "read JSON by JSON.decode or JSON.scalar, which hold its bounds before a library sees it")
    }
}
