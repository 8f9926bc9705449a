import Configuration
import Documents
import Lighting
import NodeFile
import Testing
import YAML

@Suite("Any change of a good file leaves a file that is read or refused")
struct MutationTests {
    /// What is put in where a mutation puts something in: what is likely to mean something.
    static let pieces =
        [
            ":", ": ", "-", "- ", "{", "}", "[", "]", ",", "\n", "\n  ", " ", "\"", "'", "&a ", "*a", "!x ", "#", "|",
            ">",
            "%", "~", "null", "\0", "\u{1b}", "é", "0", "-1", "1e999", "nan", "-0", "999999999999999999999", "99999h",
            "K",
            "s", "/", ".", "..", "$", "+", "first", "site", "bars", "<<: ",
        ].map { Array($0.utf8) } + [[0xff], [0xc3], [0xed, 0xa0, 0x80], []]

    static func mutate(_ bytes: [UInt8], with generator: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let start = Int.random(in: 0...bytes.count, using: &generator)
            let end = min(bytes.count, start + Int.random(in: 0...12, using: &generator))
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes.removeSubrange(start..<end)
            case 1: bytes.insert(contentsOf: Array(bytes[start..<end]), at: end)
            case 2: bytes.replaceSubrange(start..<end, with: pieces.randomElement(using: &generator) ?? [])
            default: bytes.insert(contentsOf: pieces.randomElement(using: &generator) ?? [], at: start)
            }
        }
        return bytes
    }

    @Test(arguments: [Samples.site, Samples.agent, Samples.bench])
    func `fifteen hundred mutations of each sample`(_ sample: String) throws {
        let seed: UInt64 = 20_261_123
        var generator = SplitMix64(seed: seed)
        var read = 0
        for number in 0..<1500 {
            let bytes = Self.mutate(Array(sample.utf8), with: &generator)
            let thrown = faults { () throws -> Any in
                if sample == Samples.site { return try SiteFile(bytes: bytes, file: "f") }
                return try AgentFile(bytes: bytes, file: "f")
            }
            guard let thrown else {
                read += 1
                continue
            }
            let marks = thrown.errors.map { ($0.mark?.line ?? 0, $0.mark?.column ?? 0) }
            #expect(!thrown.errors.isEmpty, "seed \(seed), mutation \(number)")
            #expect(
                zip(marks, marks.dropFirst()).allSatisfy { $0 <= $1 }, "seed \(seed), mutation \(number): \(thrown)")
            for error in thrown.errors {
                #expect(error.file == "f")
                #expect(!error.problem.isEmpty && !error.remedy.isEmpty, "seed \(seed), mutation \(number): \(error)")
                #expect(error.description.utf8.count < 1000, "seed \(seed), mutation \(number): \(error)")
            }
        }
        // Neither everything nor nothing: else the mutations test nothing.
        #expect((15...1450).contains(read), "\(read) of 1500 were read")
    }
}
