internal import ArgumentParser
internal import Backend

/// `footlight-backend checkpoint`
struct CheckpointCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "Signs what a store has, apart from it, so that whatever is changed later shows.",
        discussion: """
            EXAMPLES
              footlight-backend checkpoint key checkpoint.key
              footlight-backend checkpoint make --store … --vault file:///mnt/elsewhere/footlight --key checkpoint.key
              footlight-backend verify --store … --vault file:///mnt/elsewhere/footlight --key checkpoint.key.pub
            """,
        subcommands: [Key.self, Make.self])

    /// `footlight-backend checkpoint key`
    struct Key: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "key", abstract: "Makes a key to sign with: FILE, and FILE.pub to check with.",
            discussion: "Keep FILE where nobody who may write to the database can read it.")

        @Argument(help: ArgumentHelp("A file that isn't there yet.", valueName: "FILE"))
        var file: String

        func run() async throws {
            try await asking { try SigningKey.make(file: file) }
            print("\(file) signs; \(file).pub checks")
        }
    }

    /// `footlight-backend checkpoint make`
    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "make", abstract: "Signs what is new since the last checkpoint.",
            discussion: "Exit code 0: all is signed; 1: a line for each record that contradicts what was signed before."
        )

        @OptionGroup var store: StoreOptions
        @OptionGroup var vault: VaultOptions

        func run() async throws {
            let (vault, key) = try vault.both()
            let (made, findings) = try await store.use { store in
                var maker = try CheckpointMaker(vault: vault, key: SigningKey(file: key))
                return (try await maker.make(of: store), maker.findingCount)
            }
            print(
                "checkpoint \(made.number): \(made.records) new records"
                    + (findings > 0 ? "; \(findings) findings" : ""))
            if findings > 0 { throw ExitCode.failure }
        }
    }
}
