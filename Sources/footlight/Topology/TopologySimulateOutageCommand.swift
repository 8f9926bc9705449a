internal import AWSTopology
internal import ArgumentParser

/// `footlight topology simulate outage backend.yaml --zone b`
struct TopologySimulateOutageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outage", abstract: "Lose a zone: what is lost, what starts where, and how long it takes.",
        discussion: "Two zones are shown beside three. The same seed gives the same answer, always.")

    @Argument(help: "A topology; without one, the default.")
    var file: String?

    @OptionGroup var given: TopologyParameters

    @Option(help: "The letter of the zone that is lost.")
    var zone = "b"

    @Option(help: ArgumentHelp("The letter of a second zone that is lost.", valueName: "zone"))
    var second: String?

    @Option(help: ArgumentHelp("How long after the first, with its unit: 30m, 3h.", valueName: "time"))
    var after = "3h"

    @Option(help: "How many groups the fleet has, 1 to 1000.")
    var groups = 40

    @Option(help: "How many instances each group of the fleet has, 1 to 100.")
    var perGroup = 2

    @Option(help: "How often the loss is played through, 1 to 1000000.")
    var trials = 100_000

    @Option(help: "What chance follows from.")
    var seed: UInt64 = 1

    @Option(help: "How much of its load a zone can take on top while all ask for it, in per cent (an assumption).")
    var headroom = 50.0

    @Option(help: "How often a zone is lost, per zone and year (an assumption).")
    var failuresPerYear = 0.2

    @Flag(help: "Write JSON.")
    var json = false

    @Option(help: ArgumentHelp("Write the plots as SVG too.", valueName: "file"))
    var svg: String?

    func validate() throws {
        guard (1...1000).contains(groups) else { throw ValidationError("--groups is 1 to 1000, not \(groups).") }
        guard (1...100).contains(perGroup) else { throw ValidationError("--per-group is 1 to 100, not \(perGroup).") }
        guard (1...1_000_000).contains(trials) else {
            throw ValidationError("--trials is 1 to 1000000, not \(trials).")
        }
        guard (0...1000).contains(headroom) else { throw ValidationError("--headroom is 0 to 1000 per cent.") }
        guard (0...365).contains(failuresPerYear) else { throw ValidationError("--failures-per-year is 0 to 365.") }
        guard Duration(brief: after) != nil else {
            throw ValidationError("--after is a time with its unit (30m, 3h), not \"\(after)\".")
        }
    }

    func run() throws {
        let topology =
            try file.map { try TopologyFile.read($0, parameters: given.values) }
            ?? Topology(reading: DefaultTopology.text, file: "default")
        var request = OutageSimulation.Request(zone: AvailabilityZone(region: topology.region, letter: zone))
        request.groups = groups
        request.perGroup = perGroup
        request.trials = trials
        request.seed = seed
        request.timings.headroom = headroom / 100
        request.timings.zoneFailuresPerYear = failuresPerYear
        let later = second.map {
            (zone: AvailabilityZone(region: topology.region, letter: $0), after: Duration(brief: after) ?? .zero)
        }
        let report = try OutageReport(of: topology, request, second: later)
        if json { Screen.show(json: report.json) } else { Screen.show(lines: report.text) }
        if let svg { try TopologyFile.write(report.svg, to: svg) }
    }
}
