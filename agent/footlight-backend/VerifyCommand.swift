internal import ArgumentParser
internal import Backend

/// `footlight-backend verify`
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Looks through all records for what is missing, changed or there twice.",
        discussion: """
            With a vault it compares them with what its checkpoints signed: without, whoever rewrites a boot's records to their
            end goes unseen. Exit code 0: all is whole; 1: a line for each record that isn't.
            """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var vault: VaultOptions

    @Option(help: ArgumentHelp("One site's alone.", valueName: "SITE"))
    var site: String?

    func run() async throws {
        let site = site
        let vault = try vault.bothOrNone()
        let (count, findings, signed) = try await store.use { store in
            let checkpoints = try vault.map { try CheckpointLog(in: $0.vault, key: VerifyingKey(file: $0.key)) }
            var verification = Verification(checkpoints: checkpoints ?? CheckpointLog())
            return (try await verification.run(store, site: site), verification.findingCount, checkpoints?.number)
        }
        print(
            "\(count) records" + (findings == 0 ? ": all are whole" : "; \(findings) findings")
                + (signed.map { ", by \($0) checkpoints" } ?? ""))
        if findings > 0 { throw ExitCode.failure }
    }
}
