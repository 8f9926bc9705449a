internal import AWSTopology
internal import ArgumentParser
internal import FoundationEssentials

/// `footlight topology migrate two-zones.yaml three-zones.yaml`
struct TopologyMigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Plan the steps from one live topology to another.",
        discussion: """
            No step leaves the service without a zone, or the plan is refused, with exit code 1. Nothing is done to AWS.
            """)

    /// The order as an option has it.
    enum Order: String, CaseIterable, ExpressibleByArgument {
        case best, reference

        var order: MigrationOrder { self == .best ? .best : .reference }
    }

    @Argument(help: "The topology that stands.")
    var from: String

    @Argument(help: "The topology that is to stand.")
    var to: String

    @Option(
        help: ArgumentHelp(
            "The best order that a search finds, or the reference's: zone by zone, databases last.",
            valueName: Order.allCases.map(\.rawValue).joined(separator: "|")))
    var order = Order.best

    @Option(help: ArgumentHelp("Write the runbook and a template per phase into this new folder.", valueName: "folder"))
    var out: String?

    @OptionGroup var given: TopologyParameters

    @Flag(help: "Write JSON.")
    var json = false

    func run() throws {
        let plan: MigrationPlan
        let (from, to) = try TopologyFile.read(from, and: to, parameters: given.values)
        do throws(MigrationRefusal) {
            plan = try MigrationPlan(from: from, to: to, order: order.order)
        } catch {
            StandardError.write(lines: "footlight: \(error)")
            throw ExitCode(Failure.Code.notSo.rawValue)
        }
        if let out { try write(plan, to: out) }
        if json { Screen.show(json: plan.json) } else { Screen.show(lines: plan.text) }
    }

    private func write(_ plan: MigrationPlan, to out: String) throws {
        let folder = URL(filePath: out, directoryHint: .isDirectory)
        let present = (try? FileManager.default.contentsOfDirectory(atPath: out)) ?? []
        guard present.isEmpty else {
            throw Failure(
                .usage, "\(out) isn't empty, and templates of two plans must not be mixed; name a new folder.")
        }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for file in plan.files(emit: { $0.cloudFormation() }) {
                try file.contents.write(to: folder.appending(path: file.name), atomically: true, encoding: .utf8)
            }
        } catch {
            throw Failure(.badFile, "\(out) can't be written; name a folder that you may write to.")
        }
    }
}
