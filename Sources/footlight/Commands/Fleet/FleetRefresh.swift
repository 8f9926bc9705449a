internal import ArgumentParser
internal import Fleet

/// `footlight fleet refresh`
struct FleetRefresh: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refresh",
        abstract: "Updates the nodes of a zone, a few at a time.",
        discussion: """
            EXAMPLES
              footlight fleet refresh start stairs --to 1.2.0 --wait
              footlight fleet refresh status
              footlight fleet refresh cancel stairs        # begin no more updates
              footlight fleet refresh rollback stairs      # back to what they had
            """,
        subcommands: [
            FleetRefreshStart.self, FleetRefreshStatus.self, FleetRefreshCancel.self, FleetRefreshRollback.self,
        ])
}
