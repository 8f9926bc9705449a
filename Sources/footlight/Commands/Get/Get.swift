internal import ArgumentParser

/// `footlight get`
struct Get: AsyncParsableCommand {
    /// What there are tables of.
    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case zones
        case nodes
        case bars
        case sensors
    }

    static let configuration = CommandConfiguration(
        abstract: "Shows what is: zones, nodes, bars, sensors.",
        discussion: """
            Without an argument: the zones, and what is the matter.

            EXAMPLES
              footlight get
              footlight get bars
              footlight get nodes --json | jq -r '.[] | select(.state != "online").node'
            """)

    @Argument(help: ArgumentHelp("zones, nodes, bars or sensors.", valueName: "KIND"))
    var kind: Kind?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        try await site.withSite { session in
            let snapshot = try await session.snapshot()
            let inputs = kind == .sensors ? await session.inputs(of: snapshot) : [:]
            let overview =
                kind == nil ? await Overview(snapshot, brokers: session.brokerProblems(snapshot.presence)) : nil
            if json { return try overview.map(JSONOutput.show) ?? showJSON(snapshot, inputs) }
            switch kind {
            case .zones: ZoneRow.table(ZoneRow.all(in: snapshot), at: snapshot.time).show()
            case .nodes: NodeRow.table(NodeRow.all(in: snapshot), at: snapshot.time).show()
            case .bars: BarRow.table(BarRow.all(in: snapshot), at: snapshot.time).show()
            case .sensors: SensorRow.table(SensorRow.all(in: snapshot, inputs: inputs), at: snapshot.time).show()
            case nil: overview?.show(broker: "\(session.broker)")
            }
        }
    }

    private func showJSON(_ snapshot: SiteSnapshot, _ inputs: [String: String]) throws {
        switch kind {
        case .zones: try JSONOutput.show(ZoneRow.all(in: snapshot))
        case .nodes: try JSONOutput.show(NodeRow.all(in: snapshot))
        case .bars: try JSONOutput.show(BarRow.all(in: snapshot))
        case .sensors: try JSONOutput.show(SensorRow.all(in: snapshot, inputs: inputs))
        case nil: break
        }
    }
}
