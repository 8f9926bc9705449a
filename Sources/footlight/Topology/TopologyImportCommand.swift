internal import AWSTopology
internal import ArgumentParser

/// `footlight topology import template.yaml > mine.yaml`
struct TopologyImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Write a template, plan or state in Footlight's own form.",
        discussion: """
            Every resource keeps its own name, and its id where a state knows it. What the file doesn't say, and what \
            Footlight has no words for, is told on standard error and in comments at the head of what is written.
            """)

    @Argument(help: "A CloudFormation template, a Terraform plan (terraform show -json), or a terraform.tfstate.")
    var files: [String]

    @OptionGroup var given: TopologyParameters

    func run() throws {
        let documents = try TopologySources.documents(of: files, parameters: given.values, notesUnread: true)
        guard let first = documents.first else {
            throw Failure(.badFile, "There is nothing to import in \(files.joined(separator: ", ")).")
        }
        var topology = first.document.topology
        if topology.name.isEmpty { topology.name = TopologyFile.name(of: files[0]) }
        var notes = ImportNotes(of: first.document).lines
        for (file, document) in documents.dropFirst() {
            try topology.add(document.topology, from: file)
            notes += ImportNotes(of: document).lines
        }
        for note in notes { StandardError.write("not said: \(note)") }
        Screen.show(document: topology.written(comments: Self.head(files, notes)))
    }

    private static func head(_ files: [String], _ notes: [String]) -> [String] {
        let head = [
            "Imported from \(files.joined(separator: ", ")) by footlight topology import: each resource as it is there.",
            "Check it: footlight topology lint FILE. Nothing is made of tags but Tier.",
        ]
        return notes.isEmpty ? head : head + ["", "What isn't said here:"] + notes.map { "- \($0)" }
    }
}

/// The parameters of templates, as every command takes them.
struct TopologyParameters: ParsableArguments {
    @Option(
        name: .customLong("parameter"),
        help: ArgumentHelp("A template's parameter, AWS::Region and its like too.", valueName: "name=value"))
    var parameters: [String] = []

    func validate() throws {
        if let text = parameters.first(where: { !$0.contains("=") || $0.hasPrefix("=") }) {
            throw ValidationError("\"\(text)\" is no parameter; write --parameter Name=value.")
        }
    }

    /// The values by name; of a name that is given twice, the last.
    var values: [String: String] {
        var values: [String: String] = [:]
        for text in parameters {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            values[parts[0]] = parts[1]
        }
        return values
    }
}
