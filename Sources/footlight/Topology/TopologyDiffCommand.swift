internal import AWSTopology
internal import ArgumentParser

/// `footlight topology diff old.yaml new.yaml`
struct TopologyDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Say what changes, is replaced and is interrupted from one topology to another.",
        discussion: "Exit code 0: the same; 1: different.")

    @Argument(help: "What is deployed.")
    var before: String

    @Argument(help: "What is to be deployed.")
    var after: String

    @OptionGroup var given: TopologyParameters

    @Flag(help: "Write JSON.")
    var json = false

    func run() throws {
        let (old, new) = try TopologyFile.read(before, and: after, parameters: given.values)
        let difference = TopologyDifference(from: old, to: new)
        if json { Screen.show(json: difference.json) } else { Screen.show(lines: difference.text) }
        if !difference.isEmpty { throw ExitCode(1) }
    }
}
