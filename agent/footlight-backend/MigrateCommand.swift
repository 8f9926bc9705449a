internal import ArgumentParser
internal import Backend

/// `footlight-backend migrate`
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Makes a store's tables, or brings them up to date.",
        discussion: """
            As the tables' owner. With --grant a PostgreSQL role may afterwards add records and read them, and nothing else: it
            can neither change nor delete what is there. Let instances serve as that role.
            """)

    @OptionGroup var store: StoreOptions

    @Option(help: ArgumentHelp("The role that instances serve as.", valueName: "ROLE"))
    var grant: String?

    @Flag(help: "Have what queries and pages show made anew, from the records, by the instances that serve.")
    var remakeSummaries = false

    func run() async throws {
        try await store.use { store in
            if let grant {
                guard let postgres = store as? PostgresStore else {
                    throw ValidationError("--grant: an SQLite file has no roles")
                }
                try await postgres.migrate(grantingTo: grant)
            } else {
                try await store.migrate()
            }
            if remakeSummaries { try await store.remakeSummaries() }
        }
        print("the tables are up to date" + (grant.map { "; \($0) may add and read records" } ?? ""))
    }
}
