internal import ArgumentParser
internal import Fleet
internal import Lighting

/// `footlight fleet scheduled-actions`
struct FleetScheduledActions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scheduled-actions",
        abstract: "Shows when groups sleep and wake.",
        discussion: """
            They stand in the fleet's file (examples/fleet.yaml).

            EXAMPLES
              footlight fleet scheduled-actions
              footlight fleet scheduled-actions stairs --json
            """)

    @OptionGroup var options: FleetRecordsOptions

    func run() async throws {
        try await options.withRecords { records in
            let rows = records.sortedGroups.flatMap { zone, group in
                (group.scheduledActions ?? []).map { ScheduledActionRow(zone: zone, scheduledAction: $0) }
            }
            if options.json { return try JSONOutput.show(rows) }
            var table = Table(["GROUP", "NAME", "ACTION", "NEXT", "IN", "RECURRENCE", "TIME ZONE"])
            for row in rows {
                let action = row.scheduledAction
                let next = action.next.map(MeshInstant.init(nanoseconds:))
                table.add([
                    Table.Cell(row.zone, .bold), Table.Cell(action.name), Table.Cell(action.action),
                    Table.Cell(next.map { HumanTime.date($0) } ?? "unknown"),
                    Table.Cell(next.map { HumanTime.span(($0 - .now).seconds, precise: false) } ?? ""),
                    Table.Cell(action.recurrence), Table.Cell(action.timeZone ?? "the system's"),
                ])
            }
            if rows.isEmpty { Screen.show("There are none.") } else { table.show() }
            for (zone, group) in records.sortedGroups {
                if let sleep = group.manualSleep {
                    Screen.show("\(zone): an operator said \(sleep ? "sleep" : "wake"), until the next one.")
                }
                if group.suspendedProcesses.contains(.scheduledActions) {
                    Screen.show("\(zone): ScheduledActions is suspended.")
                }
            }
        }
    }
}
