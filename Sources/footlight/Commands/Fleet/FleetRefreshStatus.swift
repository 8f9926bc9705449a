internal import ArgumentParser
internal import Fleet

/// `footlight fleet refresh status`
struct FleetRefreshStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Shows the refresh of each zone that goes on, or the last one.",
        discussion: """
            EXAMPLES
              footlight fleet refresh status
              footlight fleet refresh status stairs --json
            """)

    @OptionGroup var options: FleetRecordsOptions

    func run() async throws {
        try await options.withRecords { records in
            let rows = records.sortedGroups.compactMap { zone, group in
                group.refresh.map { RefreshRow($0, zone: zone, at: .now) }
            }
            if options.json { return try JSONOutput.show(rows) }
            if rows.isEmpty { return Screen.show("There was none.") }
            RefreshRow.table(rows).show()
            for row in rows where !row.refresh.reason.isEmpty {
                Screen.show(Wrapping.wrap("\(row.zone): \(row.refresh.reason)", margin: "  "))
            }
        }
    }
}
