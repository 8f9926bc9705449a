internal import ArgumentParser
internal import Fleet
internal import Lighting

/// `footlight fleet describe`
struct FleetDescribe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Shows groups, their nodes and the fleet agents, as the one that leads has it.",
        discussion: """
            EXAMPLES
              footlight fleet describe
              footlight fleet describe stairs
              footlight fleet describe --json | jq '.groups.stairs.refresh'
            """)

    @OptionGroup var options: FleetRecordsOptions

    func run() async throws {
        try await options.withRecords { records in
            if options.json { return try JSONOutput.show(records) }
            let now = MeshInstant.now
            for (name, group) in records.sortedGroups {
                describe(name, group)
                FleetDescribe.table(records.nodes.filter { $0.value.groups.contains(name) }, at: now).show()
                Screen.show("")
            }
            let spares = records.nodes.filter(\.value.isSpare)
            if !spares.isEmpty {
                Screen.show(Style.bold.paint("spares", if: Screen.isColourful(1)))
                FleetDescribe.table(spares, at: now).show()
                Screen.show("")
            }
            agentTable(records).show()
        }
    }

    private func describe(_ name: String, _ group: GroupMessage) {
        let colourful = Screen.isColourful(1)
        let size =
            group.sleeping
            ? "sleeping"
            : "desired \(group.desiredCapacity) (min \(group.minSize), max \(group.maxSize)), in service "
                + "\(group.inService), healthy \(group.healthy)"
        Screen.show("\(Style.bold.paint(name, if: colourful)): \(size)")
        let refresh = group.refresh.map { RefreshRow($0, zone: name, at: .now).words }
        let facts: [(name: String, text: String?, style: Style)] = [
            ("needs a person", group.attention, .red), ("holding back", group.holding, .yellow),
            ("suspended", FleetDescribe.list(group.suspendedProcesses.map(\.rawValue)), .yellow),
            ("vacant", FleetDescribe.list(group.vacant, of: group.vacantCount), .red), ("refresh", refresh, .plain),
            ("next", group.nextScheduledAction.map(ScheduledActionRow.words), .plain),
        ]
        for fact in facts {
            guard let text = fact.text else { continue }
            let padding = String(repeating: " ", count: 16 - fact.name.count)
            let wrapped = Wrapping.wrap(text, margin: String(repeating: " ", count: 18))
            Screen.show("  \(fact.style.paint(fact.name, if: colourful))\(padding)\(wrapped)")
        }
    }

    private static func list(_ names: [String], of count: Int = 0) -> String? {
        guard !names.isEmpty else { return nil }
        return names.joined(separator: ", ") + (count > names.count ? ", and \(count - names.count) more" : "")
    }

    private static func table(_ nodes: [String: NodeMessage], at now: MeshInstant) -> Table {
        var table = Table(["NODE", "HEALTH", "STATE", "SINCE", "TRIED", "CAUSE"])
        for (name, node) in nodes.sorted(by: { $0.key < $1.key }) {
            let style: Style =
                switch node.healthStatus {
                case .healthy: .green
                case .unhealthy: .red
                case .unobservable: .yellow
                }
            let since = node.since > 0 ? HumanTime.ago(MeshInstant(nanoseconds: node.since), now: now) : ""
            table.add([
                Table.Cell(name), Table.Cell(node.healthStatus.rawValue, style),
                Table.Cell(node.stateWord),
                Table.Cell(since), Table.Cell(node.tried.map(\.rawValue).joined(separator: " ")),
                Table.Cell(node.cause),
            ])
        }
        return table
    }

    private func agentTable(_ records: FleetRecords) -> Table {
        var table = Table(["FLEET AGENT", "ROLE", "TERM", "PRIORITY", "VERSION", "VIEW"])
        for (id, claim) in records.agents.sorted(by: { $0.key < $1.key }) {
            let role: Table.Cell =
                if !claim.online { Table.Cell("offline", .red) } else if id == records.leader {
                    Table.Cell("leads", .green)
                } else { Table.Cell("follows") }
            table.add([
                Table.Cell(id), role, Table.Cell("\(claim.term)"), Table.Cell("\(claim.priority)"),
                Table.Cell(claim.version),
                (claim.problem ?? (claim.online ? claim.remark : nil)).map { Table.Cell($0, .yellow) }
                    ?? Table.Cell(claim.online ? "good" : ""),
            ])
        }
        return table
    }
}
