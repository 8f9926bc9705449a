internal import AWSTopology
internal import ArgumentParser

/// `footlight topology render backend.yaml --format cloudformation`
struct TopologyRenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Write a topology as a template, a diagram or a document.",
        discussion: "Of the same topology it always writes the same bytes. Without a FILE: the default topology.")

    @Argument(help: "A topology.")
    var file: String?

    @Option(
        help: ArgumentHelp("What to write.", valueName: RenderFormat.allCases.map(\.rawValue).joined(separator: "|")))
    var format: RenderFormat

    @OptionGroup var given: TopologyParameters

    @Option(help: ArgumentHelp("Write to this file, not to standard output.", valueName: "file"))
    var out: String?

    func run() throws {
        let topology = try file.map { try TopologyFile.read($0, parameters: given.values) } ?? TopologyFile.standard()
        let missing = topology.cloudFormationTemplate.unresolvedReferences
        if !missing.isEmpty {
            StandardError.write(
                "warning: \(missing.joined(separator: ", ")): referred to, but not there; lint says where")
        }
        let text = format.text(of: topology)
        guard let out else { return Screen.show(document: text) }
        try TopologyFile.write(text, to: out)
    }
}
