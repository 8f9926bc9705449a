/// The name of a resource or a parameter within a template.
///
/// - Source: AWS CloudFormation User Guide, "Resources": a logical ID is alphanumeric and unique within the template;
///   "CloudFormation quotas": at most 255 characters.
enum LogicalName {
    /// Refuses what can be none.
    ///
    /// - Throws: ``TopologyError``.
    static func check(_ name: String, at place: SourcePlace?) throws(TopologyError) {
        guard isOne(name) else { throw error(.malformed, name, at: place) }
    }

    /// Whether a text can be one.
    static func isOne(_ name: String) -> Bool {
        (1...255).contains(name.utf8.count) && name.utf8.allSatisfy(isAlphanumeric)
    }

    static func error(_ code: TopologyError.Code, _ name: String, at place: SourcePlace?) -> TopologyError {
        TopologyError(
            code, at: place, field: name, found: "the name \"\(name)\"",
            allowed: "up to 255 letters and digits, each name once", remedy: "rename it")
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}
