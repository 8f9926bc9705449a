internal import ArgumentParser
internal import Backend
internal import Glibc

/// `footlight-backend archive`
struct ArchiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Moves old months out of the database, into a vault.",
        discussion: """
            As the tables' owner. A month is packed, signed, read back, and then dropped. What contradicts itself or a checkpoint is
            told of, and its month stays. Months that records may still come for aren't taken. Exit code 0: all are
            archived; 1: a line for each record that is wrong.
            """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var vault: VaultOptions

    @Option(help: ArgumentHelp("Those older than so many months: 15 or more.", valueName: "MONTHS"))
    var keep: Int?

    @Option(help: ArgumentHelp("This one, such as 2025-03.", valueName: "MONTH"))
    var month: [String] = []

    func validate() throws {
        guard (keep == nil) != month.isEmpty else { throw ValidationError("which months? Give --keep or --month") }
        if let keep, !(15...1200).contains(keep) { throw ValidationError("--keep \(keep): 15 to 1200 are possible") }
        _ = try month.map { try RecordMonth(argument: $0) }
    }

    func run() async throws {
        let (vault, file) = try vault.both()
        let named = try month.map { try RecordMonth(argument: $0) }
        let keep = keep
        let findings = try await store.use { store in
            let key = try SigningKey(file: file)
            var months = named
            if let keep { months = try await store.months().filter { $0.isOlder(thanMonths: keep, at: time(nil)) } }
            var findings = 0
            for month in months {
                var writer = try ArchiveWriter(month, vault: vault, key: key)
                let count = try await writer.move(from: store)
                findings += writer.findingCount
                print(
                    count.map { count in
                        writer.wasThere
                            ? "\(month): \(count) records dropped, which the vault has: archived before, and not dropped "
                                + "then or restored since" : "\(month): \(count) records archived"
                    } ?? "\(month): stays in the database")
            }
            return findings
        }
        if findings > 0 { throw ExitCode.failure }
    }
}

extension RecordMonth {
    /// The month that an argument says.
    ///
    /// - Throws: what ends the program with a message.
    init(argument: String) throws {
        guard let month = RecordMonth(text: argument) else {
            throw ValidationError("--month \(argument): is none, such as 2025-03")
        }
        self = month
    }
}
