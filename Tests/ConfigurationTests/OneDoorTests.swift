import Foundation
import Testing

/// Bytes from outside reach a library's decoder in one place, behind bounds of our own.
@Suite struct OneDoorTests {
    private static let decoders = [
        "JSONDecoder", "JSONSerialization", "PropertyListDecoder", "PropertyListSerialization", "XMLParser",
        "NSKeyedUnarchiver", "URLEncodedFormDecoder",
    ]

    @Test func `no decoder is called but in JSON.swift, once for each of its doors`() throws {
        var calls: [String: Int] = [:]
        var files = 0
        for folder in ["Sources", "agent", "Benchmarks"] {
            let root = "\(Samples.repository)/\(folder)"
            let names = try #require(FileManager.default.enumerator(atPath: root))
            for case let name as String in names where name.hasSuffix(".swift") {
                files += 1
                let text = try String(contentsOfFile: "\(root)/\(name)", encoding: .utf8)
                for decoder in Self.decoders {
                    let count = text.components(separatedBy: decoder).count - 1
                    if count > 0 { calls["\(folder)/\(name): \(decoder)", default: 0] += count }
                }
            }
        }
        #expect(files > 300)
        #expect(
            calls == ["Sources/Mesh/JSON.swift: JSONDecoder": 3],
            "read JSON by JSON.decode or JSON.scalar, which hold its bounds before a library sees it")
    }
}
