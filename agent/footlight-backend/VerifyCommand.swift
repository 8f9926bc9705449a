internal import ArgumentParser
internal import Backend

/// `footlight-backend verify`
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Looks through all records for what is missing, changed or there twice.",
        discussion: """
            With a vault it compares them with what its checkpoints signed, and months that were archived may be missing. Without,
            whoever rewrites a boot's records to their end goes unseen. Exit code 0: all is whole; 1: a line for each record that isn't.
            """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var vault: VaultOptions

    @Option(help: ArgumentHelp("One site's alone.", valueName: "SITE"))
    var site: String?

    @Flag(help: "Read through the archived months as well.")
    var archived = false

    func validate() throws {
        if archived, vault.vault == nil { throw ValidationError("--archived: which vault? Give --vault and --key") }
    }

    func run() async throws {
        let site = site
        let vault = try vault.bothOrNone()
        let (isReadingArchive, tell) = (archived, { (finding: String) in print(finding) })
        let (count, findings, signed) = try await store.use { store in
            guard let vault else {
                var verification = Verification(tell: tell)
                return (try await verification.run(store, site: site), verification.findingCount, "")
            }
            let key = try VerifyingKey(file: vault.key)
            let checkpoints = try CheckpointLog(in: vault.vault, key: key)
            let archive = try Archive(in: vault.vault, key: key)
            var verification = Verification(checkpoints: checkpoints, archived: archive.segments, tell: tell)
            let count = try await verification.run(store, site: site)
            var (findings, signed) = (verification.findingCount, ", by \(checkpoints.number) checkpoints")
            if isReadingArchive {
                var archived = 0
                for month in archive.months {
                    archived += try await archive.read(
                        month,
                        tell: { finding in
                            findings += 1
                            tell(finding)
                        }, take: { _ in })
                }
                signed += "; \(archived) records in \(archive.months.count) archived months"
            }
            return (count, findings, signed)
        }
        print("\(count) records" + (findings == 0 ? ": all are whole" : "; \(findings) findings") + signed)
        if findings > 0 { throw ExitCode.failure }
    }
}
