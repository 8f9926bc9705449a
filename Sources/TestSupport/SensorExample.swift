import FoundationEssentials
import Processes

/// A sensor among the examples of docs/hardware.md.
package struct SensorExample: Sendable, CustomStringConvertible {
    /// Whose it is, and of which version.
    package var product: String
    /// The topic that it speaks on.
    package var topic: String
    /// What it says while somebody is there.
    package var there: String
    /// What it says when nobody is; nil: nothing.
    package var gone: String?
    /// What the agent's file has of it, as a motion sensor and as a light sensor.
    package var input: String
    package var lightInput: String?

    package var description: String { product }

    /// All of them.
    ///
    /// - Throws: ``TestFailure`` where the table isn't as it was, and what reading it throws.
    package static func all(file: StaticString = #filePath) throws -> [SensorExample] {
        let root = "\(file)".split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
        let text = String(decoding: try Data(contentsOf: URL(filePath: "\(root)/docs/hardware.md")), as: UTF8.self)
        let rows = text.split(separator: "\n").drop { !$0.hasPrefix("| product, version") }.dropFirst(2)
            .prefix { $0.hasPrefix("|") }
        let examples = try rows.map { row in
            let cells = row.split(separator: " | ", omittingEmptySubsequences: false).map { $0.trimming() }
            guard cells.count == 6, !cells[5].isEmpty, let topic = cells[1].code.first, let there = cells[2].code.first,
                let input = cells[4].code.first
            else { throw TestFailure("docs/hardware.md: a sensor's row isn't as expected: \(row)") }
            return SensorExample(
                product: cells[0], topic: topic, there: there, gone: cells[3].code.first, input: input,
                lightInput: cells[4].code.dropFirst().first)
        }
        guard examples.count >= 8 else {
            throw TestFailure("docs/hardware.md has \(examples.count) examples of sensors")
        }
        return examples
    }
}

extension Substring {
    fileprivate func trimming() -> String {
        String(drop { $0 == "|" || $0 == " " }.reversed().drop { $0 == "|" || $0 == " " }.reversed())
    }
}

extension String {
    /// What stands in backquotes.
    fileprivate var code: [String] {
        split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
            .map { String($0.element) }
    }
}
