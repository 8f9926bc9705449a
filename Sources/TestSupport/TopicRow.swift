import Processes

/// A topic by the table at the beginning of docs/protocol.md.
public struct TopicRow: Sendable, CustomStringConvertible {
    /// Its name below the site, each `<…>` being `x`.
    public let name: String
    /// The writers, as the table says it.
    public let writer: String
    /// True if the broker keeps the last message.
    public let isRetained: Bool
    /// MQTT's quality of service, 0 or 1.
    public let qos: Int

    /// The row as far as it is read.
    public var description: String { "\(name): \(writer), \(isRetained ? "yes" : "no"), \(qos)" }

    /// All topics of the table; throws where a row of it can't be read.
    public static func all() throws -> [TopicRow] {
        let rows = try Repository.rows("docs/protocol.md").filter { $0[0].hasPrefix("[`") && $0.count == 4 }
        return try rows.flatMap { cells in
            let names = fullNames(Repository.code(cells[0]))
            let writers = cells[1].split(separator: "; ").map(String.init)
            let manner = cells[2].split(separator: ", ")
            guard [1, names.count].contains(writers.count), manner.count == 2, let qos = Int(manner[1]),
                ["yes", "no"].contains(manner[0])
            else { throw TestFailure("docs/protocol.md has a row \(cells)") }
            return names.enumerated().map { index, name in
                TopicRow(
                    name: name, writer: writers[writers.count == 1 ? 0 : index], isRetained: manner[0] == "yes",
                    qos: qos)
            }
        }
    }

    /// `…/reply/<node>` ends the name before it in another way.
    private static func fullNames(_ spans: [String]) -> [String] {
        var names: [[String]] = []
        for span in spans {
            var levels = span.split(separator: "/").map { $0.hasPrefix("<") ? "x" : String($0) }
            if levels.first == "…", let before = names.last {
                levels = before.dropLast(levels.count - 1) + levels.dropFirst()
            }
            names.append(levels)
        }
        return names.map { $0.joined(separator: "/") }
    }
}
