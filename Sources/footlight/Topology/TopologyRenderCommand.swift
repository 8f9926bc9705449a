import AWSTopology
import ArgumentParser
import Foundation

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

    @Option(help: ArgumentHelp("Write to this file, not to standard output.", valueName: "file"))
    var out: String?

    func run() throws {
        let topology = try file.map { try TopologyFile.read($0) } ?? TopologyFile.standard()
        let missing = topology.cloudFormationTemplate.unresolvedReferences
        if !missing.isEmpty {
            let text = "warning: \(missing.joined(separator: ", ")): referred to, but not there; lint says where\n"
            FileHandle.standardError.write(Data(text.utf8))
        }
        let text = format.text(of: topology)
        guard let out else { return print(text, terminator: "") }
        do { try text.write(toFile: out, atomically: true, encoding: .utf8) } catch {
            throw ValidationError("\(out) can't be written; check that its folder is there and that you may write it.")
        }
    }
}
