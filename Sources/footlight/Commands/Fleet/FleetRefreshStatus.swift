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

    @Argument(help: ArgumentHelp("The zone; all of them if none is named.", valueName: "ZONE"))
    var zone: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        try await site.withSite { session in
            let records = try await FleetRecords(session, zone: zone)
            let rows = records.sortedGroups.compactMap { zone, group in
                group.refresh.map { RefreshRow($0, zone: zone, at: .now) }
            }
            if json { return try JSONOutput.show(rows) }
            if rows.isEmpty { return print("There was none.") }
            RefreshRow.table(rows).show()
            for row in rows where !row.refresh.reason.isEmpty {
                print(Wrapping.wrap(Printable.text("\(row.zone): \(row.refresh.reason)"), margin: "  "))
            }
        }
    }
}
