internal import AWSTopology
internal import ArgumentParser

/// `footlight topology cost backend.yaml --zones compare`
struct TopologyCostCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cost", abstract: "Estimate what a topology costs in a month, by part.",
        discussion: """
            List prices from a dated table, on demand. What a topology doesn't say is assumed; change it by options. \
            With another number of zones, whatever there is one of per zone is counted anew, and groups are made as \
            large as leaves as many instances as now when a zone is lost. Without a FILE: the default topology.
            """)

    @Argument(help: "A topology.")
    var file: String?

    @OptionGroup var given: TopologyParameters

    @Option(help: ArgumentHelp("Over so many zones; \"compare\" sets two beside three.", valueName: "1…6|compare"))
    var zones: String?

    @Option(help: "GB a month out through NAT gateways.")
    var natGigabytes = CostAssumptions().natGigabytes

    @Option(help: "GB a month through interface endpoints.")
    var endpointGigabytes = CostAssumptions().endpointGigabytes

    @Option(help: "Sites that hand over records.")
    var sites = CostAssumptions().sites

    @Option(help: "Records of a site in a day.")
    var records = CostAssumptions().recordsPerDay

    @Option(help: "Months since the first record.")
    var months = CostAssumptions().months

    @Option(help: "Months that records stay in the database, before they move to the archive.")
    var keptMonths = CostAssumptions().keptMonths

    @Option(help: "GB a month between instances and databases, besides records.")
    var databaseGigabytes = CostAssumptions().databaseGigabytes

    @Option(help: "GB a month through load balancers, besides records.")
    var ingestGigabytes = CostAssumptions().ingestGigabytes

    @Option(help: "GB a month out to the internet.")
    var internetGigabytes = CostAssumptions().internetGigabytes

    @Option(help: "GB a month of logs.")
    var logGigabytes = CostAssumptions().logGigabytes

    @Option(help: "GB in buckets, besides archived records.")
    var bucketGigabytes = CostAssumptions().bucketGigabytes

    @Option(help: "The region whose prices to take, where the topology's has no table.")
    var prices: String?

    @Flag(help: "Write JSON.")
    var json = false

    func validate() throws {
        _ = try counts()
        let amounts = [
            natGigabytes, endpointGigabytes, databaseGigabytes, ingestGigabytes, internetGigabytes, logGigabytes,
            bucketGigabytes,
        ]
        guard amounts.allSatisfy({ $0 >= 0 && $0 <= 1e9 }) else {
            throw ValidationError("Amounts are 0 to 1,000,000,000 GB.")
        }
        guard [sites, records, months, keptMonths].allSatisfy({ $0 >= 0 && $0 <= 1e6 }) else {
            throw ValidationError("--sites, --records, --months and --kept-months are 0 to 1,000,000.")
        }
    }

    func run() throws {
        let topology = try file.map { try TopologyFile.read($0, parameters: given.values) } ?? TopologyFile.standard()
        let table = try table(for: topology)
        let estimates = try counts().map { topology.cost(prices: table, assumptions: assumptions, zones: $0) }
        if json {
            let parts = estimates.map(\.json)
            Screen.show(json: parts.count == 1 ? parts[0] : "[\n\(parts.joined(separator: ","))]\n")
        } else {
            Screen.show(lines: CostEstimate.text(estimates))
        }
    }

    private var assumptions: CostAssumptions {
        var assumptions = CostAssumptions()
        assumptions.natGigabytes = natGigabytes
        assumptions.endpointGigabytes = endpointGigabytes
        assumptions.databaseGigabytes = databaseGigabytes
        assumptions.ingestGigabytes = ingestGigabytes
        assumptions.sites = sites
        assumptions.recordsPerDay = records
        assumptions.months = months
        assumptions.keptMonths = keptMonths
        assumptions.internetGigabytes = internetGigabytes
        assumptions.logGigabytes = logGigabytes
        assumptions.bucketGigabytes = bucketGigabytes
        return assumptions
    }

    private func counts() throws -> [Int?] {
        switch zones {
        case nil: return [nil]
        case "compare"?: return [2, 3]
        case let text?:
            guard let count = Int(text), (1...6).contains(count) else {
                throw ValidationError("--zones is a number from 1 to 6, or \"compare\"; not \"\(text)\".")
            }
            return [count]
        }
    }

    private func table(for topology: Topology) throws -> PriceTable {
        let known = PriceTable.all.map(\.region).joined(separator: ", ")
        let region = prices ?? topology.region ?? PriceTable.all[0].region
        guard let table = PriceTable.of(region: region) else {
            throw Failure(
                .usage, "There are no prices of \(region); take the nearest by --prices: \(known).")
        }
        return table
    }
}
