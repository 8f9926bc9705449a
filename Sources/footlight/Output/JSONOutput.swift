internal import FoundationEssentials

/// Output for programs.
enum JSONOutput {
    /// Writes a value to standard output, its fields in the order of their names.
    static func show(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        Screen.show(json: String(decoding: try encoder.encode(value), as: UTF8.self) + "\n")
    }
}
