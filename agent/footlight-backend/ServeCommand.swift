internal import ArgumentParser
internal import Backend
internal import Configuration
internal import Glibc
internal import Logging

/// `footlight-backend serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Takes sites' records, and shows their history: to programs under /v1, to people at /sites.",
        discussion: """
            It brings the store's tables up to date first, where they aren't. SIGTERM: /ready says 503 from then on, and after
            --drain it ends what was begun and itself.
            """)

    @OptionGroup var store: StoreOptions

    @Option(help: ArgumentHelp("Where to listen.", valueName: "HOST:PORT"))
    var listen = "127.0.0.1:8080"

    @Option(help: ArgumentHelp("How long it goes on after SIGTERM, 0 to 600 s.", valueName: "SECONDS"))
    var drain = 10

    @Option(help: ArgumentHelp("How many records a second a site may send, over a minute.", valueName: "NUMBER"))
    var rate = IngestLimits().recordsPerSecond

    @Option(help: ArgumentHelp("How long a request's body may take to come, 1 to 600 s.", valueName: "SECONDS"))
    var patience = IngestLimits().bodySeconds

    @Option(help: ArgumentHelp("debug, info, notice, warning or error.", valueName: "LEVEL"))
    var logLevel: Logger.Level = .info

    func validate() throws {
        guard (0...600).contains(drain) else {
            throw ValidationError("--drain \(drain): 0 to 600 seconds are possible")
        }
        guard (1...1_000_000).contains(rate) else { throw ValidationError("--rate \(rate): 1 to 1000000 are possible") }
        guard (1...600).contains(patience) else {
            throw ValidationError("--patience \(patience): 1 to 600 seconds are possible")
        }
        guard ListenAddress(text: listen) != nil else {
            throw ValidationError("--listen \(listen): \(ListenAddress.textForms)")
        }
    }

    func run() async throws {
        guard let address = ListenAddress(text: listen) else { return }
        let level = logLevel
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
        let store = try store.address().store()
        var limits = IngestLimits()
        limits.recordsPerSecond = rate
        limits.bodySeconds = patience
        try await asking { try await store.migrate() }
        do {
            try await BackendServer(
                host: address.host, port: address.port, store: store, limits: limits, drain: .seconds(drain),
                log: Logger(label: "backend")
            ).run()
        } catch let failure as ServeFailure {
            let bytes = Array("footlight-backend: \(failure)\n".utf8)
            _ = write(2, bytes, bytes.count)
            throw ExitCode(failure.isOfAddress ? EX_UNAVAILABLE : EX_SOFTWARE)
        }
    }
}
