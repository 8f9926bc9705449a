import Foundation
import Testing

/// What fuzzing has found so far (`make fuzz` looks for more), read by the readers that it was found for.
@Suite struct CorpusTests {
    private static let corpus = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

    @Test(arguments: Reader.all.map(\.name))
    func `what must hold of a reader holds for its whole corpus`(name: String) throws {
        let reader = try #require(Reader.all.first { $0.name == name })
        let folder = Self.corpus.appending(path: name)
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        #expect(!files.isEmpty)
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: file))
            do { try reader.read(bytes) } catch { Issue.record("\(file.lastPathComponent): \(error)") }
        }
    }

    @Test func `the corpus is small, and has no folder that no reader reads`() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path)
        #expect(folders.sorted() == Reader.all.map(\.name).sorted())
        var size = 0
        for case let file as URL in try #require(
            FileManager.default.enumerator(at: Self.corpus, includingPropertiesForKeys: [.fileSizeKey]))
        {
            let count = try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
            #expect(count <= 16_384, "\(file.lastPathComponent)")
            size += count
        }
        #expect(size <= 300 << 10)
    }
}
