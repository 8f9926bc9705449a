internal import ArgumentParser
internal import Backend

/// `footlight-backend verify`
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Looks through all records for what is missing, changed or there twice.",
        discussion: "Exit code 0: all is whole; 1: a line for each record that isn't.")

    @OptionGroup var store: StoreOptions

    @Option(help: ArgumentHelp("One site's alone.", valueName: "SITE"))
    var site: String?

    func run() async throws {
        let site = site
        let (count, findings) = try await store.use { store in
            var verification = Verification()
            return (try await verification.run(store, site: site), verification.findingCount)
        }
        print(findings == 0 ? "\(count) records: all are whole" : "\(count) records; \(findings) findings")
        if findings > 0 { throw ExitCode.failure }
    }
}
