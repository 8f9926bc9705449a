internal import ArgumentParser
internal import Backend
internal import Glibc
internal import Mesh
internal import Telemetry

/// `footlight-backend credential`
struct CredentialCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "credential",
        abstract: "Issues, lists and takes back what sites prove themselves by.",
        discussion: """
            A site may have several at once: to change one, add another, give it to the site, then revoke the old one. Instances
            hear of it within 10 s.
            """,
        subcommands: [Add.self, List.self, Revoke.self])

    /// `footlight-backend credential add`
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Issues a token for a site, and prints it: it can't be shown again.")

        @OptionGroup var store: StoreOptions

        @Option(help: ArgumentHelp("The site's name; '*': all sites, with --scope read.", valueName: "SITE"))
        var site: String

        @Option(help: ArgumentHelp("write or read.", valueName: "SCOPE"))
        var scope: Credential.Scope = .write

        @Option(help: ArgumentHelp("After how many days it runs out; it doesn't by default.", valueName: "DAYS"))
        var days: Int?

        func validate() throws {
            guard Name.isValid(site) || site == Credential.everySite && scope == .read else {
                throw ValidationError(
                    "--site \(site): is not \(Name.rule)" + (site == "*" ? ": * is for --scope read" : ""))
            }
            if let days, !(1...36_500).contains(days) {
                throw ValidationError("--days \(days): 1 to 36500 are possible")
            }
        }

        func run() async throws {
            let token = Credential.newToken()
            let expires = days.map { Int64(time(nil)) + Int64($0) * 86_400 }
            try await store.use { store in
                try await store.migrate()
                try await store.add(
                    Credential(digest: Digest(of: Array(token.utf8)), site: site, scope: scope, expires: expires))
            }
            print(token)
        }
    }

    /// `footlight-backend credential list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists what was issued.")

        @OptionGroup var store: StoreOptions

        @Flag(help: "Print JSON.")
        var json = false

        /// What programs are told of a credential.
        private struct Row: Encodable {
            var id: String
            var site: String
            var scope: String
            /// Seconds since 1970; nil: it doesn't run out.
            var expires: Int64?
            /// Whether it hasn't run out.
            var good: Bool
        }

        func run() async throws {
            let all = try await store.use { try await $0.credentials() }
            let now = Int64(time(nil))
            func isGood(_ credential: Credential) -> Bool { credential.expires.map { $0 > now } ?? true }
            if json {
                let rows = all.map {
                    Row(
                        id: $0.id, site: $0.site, scope: $0.scope.rawValue, expires: $0.expires, good: isGood($0))
                }
                return print(String(decoding: JSON.encode(rows), as: UTF8.self))
            }
            for credential in all {
                let end = credential.expires.map { isGood(credential) ? "until \($0)" : "has run out" } ?? "no end"
                print("\(credential.id)  \(credential.site)  \(credential.scope.rawValue)  \(end)")
            }
        }
    }

    /// `footlight-backend credential revoke`
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "Takes one back, by the id that list shows.")

        @OptionGroup var store: StoreOptions

        @Argument(help: ArgumentHelp("Its id.", valueName: "ID"))
        var id: String

        func run() async throws {
            let isGone = try await store.use { try await $0.revoke(credential: id) }
            guard isGone else {
                throw ValidationError(
                    "there is no credential \(id): footlight-backend credential list shows those there are")
            }
            print("\(id) is no longer good")
        }
    }
}
