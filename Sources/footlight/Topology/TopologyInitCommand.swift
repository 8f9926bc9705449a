internal import AWSTopology
internal import ArgumentParser

/// `footlight topology init > backend.yaml`
struct TopologyInitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write the default topology, commented, to standard output.")

    func run() { Screen.show(document: DefaultTopology.text) }
}
