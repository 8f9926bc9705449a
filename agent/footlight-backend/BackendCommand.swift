public import ArgumentParser
internal import Backend
internal import Glibc
public import Logging
internal import Mesh

/// `footlight-backend`: keeps what sites hand over.
@main
struct BackendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "footlight-backend",
        abstract: "Takes sites' telemetry over HTTP, and keeps it in SQLite or PostgreSQL.",
        discussion: """
            One machine needs nothing but a file; any number of instances work on one PostgreSQL (docs/backend.md).
            FOOTLIGHT_STORE in the environment stands in for --store, so that no password is among the arguments.

            EXAMPLES
              footlight-backend credential add --site home --store sqlite:///var/lib/footlight/backend.sqlite
              footlight-backend serve --listen 127.0.0.1:8080 --store sqlite:///var/lib/footlight/backend.sqlite
              footlight-backend migrate --store postgresql://owner@db-a,db-b/footlight --grant ingest
              footlight-backend verify --store postgresql://owner@db-a,db-b/footlight
            """,
        version: Version.text,
        subcommands: [
            ServeCommand.self, MigrateCommand.self, CredentialCommand.self, CheckpointCommand.self, VerifyCommand.self,
            ArchiveCommand.self, RestoreCommand.self,
        ])
}

/// Which store a command is about.
struct StoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("sqlite:///PATH or postgresql://USER@HOST,HOST/NAME.", valueName: "ADDRESS"))
    var store: String?

    /// Opens the store, asks it something, and closes it, whether that fails or not.
    ///
    /// - Throws: what ends the program with a message.
    func use<Result>(_ body: (any RecordStore) async throws -> Result) async throws -> Result {
        let store = try address().store()
        do {
            let result = try await asking { try await body(store) }
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }

    /// Its address.
    ///
    /// - Throws: what ends the program with a message.
    func address() throws -> StoreAddress {
        guard let text = store ?? getenv("FOOTLIGHT_STORE").map({ String(cString: $0) }), !text.isEmpty else {
            throw ValidationError("which store? Give --store, or FOOTLIGHT_STORE in the environment")
        }
        do { return try StoreAddress(text) } catch { throw ValidationError("\(error)") }
    }
}

private func end(_ text: String, _ code: Int32) -> ExitCode {
    let bytes = Array("footlight-backend: \(text)\n".utf8)
    _ = write(2, bytes, bytes.count)
    return ExitCode(code)
}

/// Runs what a store or a vault is asked, and ends the program with its words where it fails.
func asking<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
        return try await body()
    } catch let error as StoreError {
        throw end(error.description, error.code == .unavailable ? EX_TEMPFAIL : EX_CONFIG)
    } catch let error as VaultError {
        throw end(error.description, EX_DATAERR)
    }
}

// A program's own conformance: nobody else's code is linked with it.
// swift-format-ignore: AvoidRetroactiveConformances
extension Logger.Level: @retroactive ExpressibleByArgument {}
extension Credential.Scope: ExpressibleByArgument {}
