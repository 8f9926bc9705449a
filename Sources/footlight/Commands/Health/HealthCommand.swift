internal import ArgumentParser
internal import Lighting
internal import Mesh

/// `footlight health`
struct HealthCommand: AsyncParsableCommand {
    /// How often what is shown is looked at again.
    private static let pace = Duration.milliseconds(250)
    /// How often other brokers are looked at again.
    private static let brokerPace = Duration.seconds(5)

    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Shows whether nodes do their work, and why not.",
        discussion: """
            A line for each node, in the words of the fleet agent that leads; where none
            does, nodes are judged by their own reports, which they are asked for. Spares
            count, nodes without a place don't. Where several brokers are named, all are
            looked at: nodes on another than the rest aren't healthy. The exit code is 0
            where all are Healthy, asleep or in Standby and nothing is held back, else 1.

            EXAMPLES
              footlight health
              footlight health stairs --watch     # live; q ends it. No terminal: a line for each change
              footlight health --json | jq -r '.nodes[] | select(.healthStatus != "Healthy").node'
            """)

    @Argument(help: ArgumentHelp("The zone; all of them if none is named.", valueName: "ZONE"))
    var zone: String?

    @Flag(help: "Go on showing it, until q or an interrupt.")
    var watch = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        let isHealthy = try await site.withSite { session in
            try await session.withFleet { feed in
                let zones = await feed.now.zones.keys
                if let zone { try session.check(zone: zone, among: Array(zones)) }
                let asked = MeshInstant.now
                try await session.hearAll(feed)
                guard watch else {
                    let state = await feed.now
                    let brokers = await session.brokerProblems(state.presence)
                    return try show(HealthReport(state, zone: zone, brokers: brokers, asked: asked, at: .now))
                }
                return try await follow(feed, of: session, asked: asked)
            }
        }
        if !isHealthy { throw ExitCode(Failure.Code.notSo.rawValue) }
    }

    /// - Returns: whether all is well.
    private func show(_ report: HealthReport) throws -> Bool {
        if json {
            try JSONOutput.show(report)
        } else {
            for line in report.lines(columns: Screen.columns, colourful: Screen.isColourful(1)) { Screen.show(line) }
        }
        return report.healthy
    }

    /// Goes on showing it until a key ends that.
    ///
    /// - Returns: whether all is well in the end.
    private func follow(_ feed: FleetFeed, of session: SiteSession, asked: MeshInstant) async throws -> Bool {
        let terminal = json ? nil : RawTerminal()
        var told = HealthChanges()
        var drawn: [StyledLine] = []
        var brokers: [String] = []
        var brokersDue = MeshInstant.now
        while true {
            let state = await feed.now
            if brokersDue <= .now {
                brokers = await session.brokerProblems(state.presence)
                brokersDue = .now + HealthCommand.brokerPace
            }
            if await feed.isOver { throw Failure(.unavailable, "the connection to the broker ended") }
            let report = HealthReport(state, zone: zone, brokers: brokers, asked: asked, at: .now)
            if let terminal {
                if terminal.keys().contains(where: Key.quits) { return report.healthy }
                let colourful = Screen.isColourful(1)
                let page = report.lines(columns: terminal.size.columns, colourful: colourful)
                let lines =
                    Array(page.prefix(terminal.size.rows - 2)) + ["", Style.dim.paint("q quits", if: colourful)]
                if lines != drawn { terminal.show(lines) }
                drawn = lines
            } else {
                let changes = told.take(report)
                if json, !changes.isEmpty { try JSONOutput.show(report) }
                if !json { for change in changes { Screen.show("\(HumanTime.clock(.now)) \(change)") } }
                flushOutput()
            }
            try await Task.sleep(for: HealthCommand.pace)
        }
    }
}
