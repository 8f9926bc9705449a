internal import Mesh

/// A line of a log, from a node's agent or a fleet agent.
public struct LogLine: Codable, Sendable, Hashable {
    /// The importance of a line, in the words of Swift's logging.
    public enum Level: String, Codable, Sendable, CaseIterable {
        /// A detail, for whoever looks for a fault.
        case debug
        /// Worth knowing.
        case info
        /// Worth knowing in the ordinary run of things.
        case notice
        /// Someone should look.
        case warning
        /// Something failed.
        case error
        /// Someone must look now.
        case critical
    }

    /// The importance.
    public var level: Level
    /// The line; at most 4096 bytes.
    public var text: String

    /// A line.
    public init(level: Level, text: String) {
        self.level = level
        self.text = RecordText.cut(text, to: 4096)
    }

    func check() throws(MessageError) { try RecordText.checkLength(text, 0...4096, field: "body.text") }
}
