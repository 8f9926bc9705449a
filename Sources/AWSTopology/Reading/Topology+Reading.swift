import YAML

extension Topology {
    /// The topology that a text in Footlight's own form describes: the concise form expanded, then overrides laid over it.
    ///
    /// - Parameters:
    ///   - text: YAML; JSON is YAML too.
    ///   - file: The file's name, for errors and ``places``.
    /// - Throws: ``TopologyError`` with file, line and field.
    public init(reading text: String, file: String) throws(TopologyError) {
        let root: YAMLNode
        do { root = try YAML.parse(text) } catch {
            throw TopologyError(
                .malformed, at: SourcePlace(file: file, line: error.mark.line), found: error.message,
                allowed: "one YAML document", remedy: "correct it at column \(error.mark.column)")
        }
        var builder = TopologyBuilder(file: file)
        var fields = try FieldReader(root, file: file)
        try builder.build(&fields)
        self = builder.topology
    }
}
