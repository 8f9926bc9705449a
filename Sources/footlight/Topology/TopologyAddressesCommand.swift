internal import AWSTopology
internal import ArgumentParser

/// `footlight topology addresses --vpc 10.0.0.0/20 --zones 3 --spare 1`
struct TopologyAddressesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "addresses", abstract: "Show the address plan as a table and a picture.",
        discussion: "The reference plan of a VPC, or with a FILE, that of the topology in it.")

    @Argument(help: "A topology; the options then aren't used.")
    var file: String?

    @Option(help: "The VPC's block, /16 to /28.")
    var vpc = "10.0.0.0/20"

    @Option(help: "How many zones are in use, 1 to 6.")
    var zones = 3

    @Option(help: "How many more zones to keep room for, 0 to 6.")
    var spare = 1

    @Flag(help: "Write JSON.")
    var json = false

    @Option(help: ArgumentHelp("Write the picture as SVG too.", valueName: "file"))
    var svg: String?

    func run() throws {
        let plan = try plan()
        if json { Screen.show(json: plan.json) } else { Screen.show(lines: "\(plan.table)\n\(plan.picture)") }
        if let svg { try TopologyFile.write(plan.svg, to: svg) }
    }

    private func plan() throws -> AddressPlan {
        guard let file else {
            return try AddressPlan.reference(vpc: try IPv4Network(vpc), zones: zones, spareZones: spare)
        }
        let topology = try TopologyFile.read(file)
        guard let plan = topology.addressPlan else {
            throw Failure(.badFile, "\(file) has no address plan; give its topology \"addresses\".")
        }
        return plan
    }
}
