internal import ArgumentParser
internal import Backend

/// `footlight-backend restore`
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Puts archived months back into a database, and proves that nothing is missing from them.",
        discussion: """
            What the database has already isn't kept twice. Exit code 0: all is there; 1: a line for each object that is
            missing or isn't what was archived. In a database that is archived regularly (archive --keep) a month stays
            until then: to keep it, restore into a database of its own.
            """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var vault: VaultOptions

    @Option(help: ArgumentHelp("This one alone, such as 2025-03.", valueName: "MONTH"))
    var month: [String] = []

    func validate() throws { _ = try month.map { try RecordMonth(argument: $0) } }

    func run() async throws {
        let (vault, file) = try vault.both()
        let named = try month.map { try RecordMonth(argument: $0) }
        let findings = try await store.use { store in
            try await store.migrate()
            let archive = try Archive(in: vault, key: VerifyingKey(file: file))
            var findings = 0
            for month in named.isEmpty ? archive.months : named {
                let count = try await archive.restore(month, to: store) { finding in
                    findings += 1
                    print(finding)
                }
                print("\(month): \(count) records are in the database, until archive is run on it for this month")
            }
            return findings
        }
        if findings > 0 { throw ExitCode.failure }
    }
}
