internal import HTTPTypes
internal import Hummingbird
internal import Lighting
public import Logging
internal import Mesh
internal import NIOCore
internal import Platform
internal import ServiceLifecycle
internal import Synchronization
internal import Telemetry
internal import UnixSignals
internal import WebServer

/// The backend over HTTP: it takes records, hands them out, and tells whether it can do either. It keeps nothing itself:
/// any number of them work on one store.
public final class BackendServer: Sendable {
    /// The media type of records.
    static let type = "application/x-ndjson"

    private let host: String
    private let port: Int
    let store: any RecordStore
    private let limits: IngestLimits
    private let drain: Duration
    private let log: Logger
    private let credentials: CredentialCache
    private let rates = Mutex<[String: RateLimit]>([:])
    private let requests = Mutex<[Credential.Scope: Int]>([:])
    private let isDraining = Atomic<Bool>(false)
    private let hasListened = Atomic<Bool>(false)

    /// A server of a store.
    ///
    /// - Parameter drain: for how long it goes on after a signal to end, while `/ready` says that it will: as long as load
    ///   balancers take to look elsewhere.
    public init(
        host: String, port: Int, store: any RecordStore, limits: IngestLimits = IngestLimits(), drain: Duration,
        log: Logger
    ) {
        self.host = host
        self.port = port
        self.store = store
        self.limits = limits
        self.drain = drain
        self.log = log
        credentials = CredentialCache(store)
    }

    /// Serves until SIGTERM or SIGINT; what was begun is ended.
    ///
    /// - Throws: ``ServeFailure``.
    public func run() async throws {
        var quiet = log
        quiet.logLevel = .warning
        let (host, port, log) = (host, port, log)
        let application = Application(
            router: router,
            // What stalls is ended: an upload that nobody goes on with would keep a stopping process alive.
            // First it is told so, though.
            server: .http1(configuration: .init(idleTimeout: .seconds(Int64(limits.bodySeconds) + 5))),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
            onServerRunning: { [self] channel in
                hasListened.store(true, ordering: .relaxed)
                log.notice("listens at http://\(host):\(channel.localAddress?.port ?? port)")
            },
            logger: quiet)
        // The last is the first to end.
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [application, SummaryKeeper(store: store, log: log), Drainer(server: self)],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet))
        do {
            try await group.run()
        } catch {
            await store.close()
            throw ServeFailure(error, at: "\(host):\(port)", hasListened: hasListened.load(ordering: .relaxed))
        }
        await store.close()
    }

    /// Goes on for a while once the process is to end.
    private struct Drainer: Service {
        let server: BackendServer

        func run() async throws {
            try? await gracefulShutdown()
            server.isDraining.store(true, ordering: .relaxed)
            server.log.notice("asked to end: goes on for \(server.drain.seconds) s")
            try? await Task.sleep(for: server.drain)
        }
    }

    // MARK: - Records

    /// What a good answer to records says.
    private struct Taken: Encodable {
        /// How many the request held: all of them are kept.
        var taken: Int
        /// How many of them weren't there before.
        var new: Int
    }

    /// Runs `body` unless too many of its kind are served already: each holds memory, and the store answers one by one.
    func serving(
        _ scope: Credential.Scope, _ body: () async throws(Refusal) -> Response
    ) async throws(Refusal) -> Response {
        let isOver = requests.withLock { counts in
            counts[scope, default: 0] += 1
            return counts[scope, default: 0] > limits.requests
        }
        defer { requests.withLock { $0[scope, default: 0] -= 1 } }
        if isOver { throw Refusal(503, "\(limits.requests) requests are served already", retryAfter: 1) }
        return try await body()
    }

    /// Keeps a request's records.
    func take(_ request: Request, of site: String) async throws(Refusal) -> Response {
        if let type = request.headers[.contentType], !type.hasPrefix(BackendServer.type) {
            throw Refusal(
                415, "Content-Type: \(BackendServer.type) is wanted: one record, a line of JSON, after another")
        }
        let body = try await body(
            of: request, limit: limits.bodyBytes,
            tooLarge: Refusal(
                413,
                "the body has more than \(limits.bodyBytes) bytes: send fewer records at once, or pack them by gzip"))
        let records = try Ingest.records(
            body, encoding: request.headers[.contentEncoding], site: site, limits: limits,
            at: MeshInstant(nanoseconds: RealTimeClock.now))
        let wait = rates.withLock { rates in
            rates[site, default: RateLimit(perSecond: limits.recordsPerSecond, at: MonotonicClock.now)].take(
                records.count, at: MonotonicClock.now)
        }
        if let wait {
            throw Refusal(
                429, "site \(site) sends more than \(limits.recordsPerSecond) records a second over a minute",
                retryAfter: wait)
        }
        let new = try await asking { try await self.store.add(records) }
        return Response(.ok, "application/json", JSON.encode(Taken(taken: records.count, new: new)))
    }

    /// A request's body, of so many bytes at most.
    func body(of request: Request, limit: Int, tooLarge: Refusal) async throws(Refusal) -> [UInt8] {
        if let text = request.headers[.contentLength], let length = Int(text), length > limit { throw tooLarge }
        let outcome = await withTaskGroup(of: Result<[UInt8], Refusal>.self) { group in
            group.addTask { await BackendServer.collect(request.body, limit, tooLarge) }
            group.addTask { [limits] in
                try? await Task.sleep(for: .seconds(limits.bodySeconds))
                return .failure(Refusal(408, "the body took more than \(limits.bodySeconds) s to come"))
            }
            defer { group.cancelAll() }
            return await group.next() ?? .failure(tooLarge)
        }
        return try outcome.get()
    }

    private static func collect(
        _ body: RequestBody, _ limit: Int, _ tooLarge: Refusal
    ) async -> Result<[UInt8], Refusal> {
        var bytes: [UInt8] = []
        do {
            for try await piece in body {
                guard bytes.count + piece.readableBytes <= limit else { return .failure(tooLarge) }
                bytes += piece.readableBytesView
            }
            return .success(bytes)
        } catch {
            return .failure(Refusal(400, "the body was cut off"))
        }
    }

    /// Hands out a site's records.
    func hand(out call: Call) async throws(Refusal) -> Response {
        guard let site = call.text("site") ?? call.readable else {
            throw Refusal(400, "site: is missing: the token is for all sites, name one")
        }
        var query = RecordQuery(site: site, node: call.text("node"), kind: call.text("kind"))
        query.from = call.number("from") ?? 0
        query.to = call.number("to") ?? .max
        query.limit = Int(call.number("limit") ?? 1000)
        query.after = call.text("after").flatMap(RecordQuery.Cursor.init(text:))
        let page = try await asking { [query] in try await self.store.records(query) }
        var response = Response(
            .ok, BackendServer.type, page.lines.reduce(into: []) { $0 += $1 + [0x0a] })
        if let next = page.next { response.headers[BackendServer.next] = next.description }
        return response
    }

    /// Where the next page begins.
    static let next = HTTPField.Name("Footlight-Next")!

    /// The site that a request's token is for: the one in its head, or a browser's.
    func site(of request: Request, for scope: Credential.Scope) async throws(Refusal) -> String {
        let mark = "Bearer "
        if let text = request.headers[.authorization] {
            guard text.hasPrefix(mark) else { throw BackendServer.noToken }
            return try await site(byToken: String(text.dropFirst(mark.count)), for: scope)
        }
        // What a browser sends along unasked changes nothing.
        guard scope == .read, let token = Session(request).token else { throw BackendServer.noToken }
        return try await site(byToken: token, for: scope)
    }

    private static let noToken = Refusal(401, "no token: send Authorization: Bearer footlight_…")

    /// The site that a token is for.
    func site(byToken token: String, for scope: Credential.Scope) async throws(Refusal) -> String {
        let credential = try await asking { try await self.credentials.credential(token) }
        guard let credential, credential.expires.map({ $0 > RealTimeClock.now / 1_000_000_000 }) ?? true else {
            throw Refusal(401, "the token is unknown or has run out: footlight-backend credential add makes a new one")
        }
        guard credential.scope == scope else {
            throw Refusal(403, "the token is for \(credential.scope.rawValue), not for \(scope.rawValue)")
        }
        return credential.site
    }

    /// Asks the store.
    func asking<Result: Sendable>(
        _ body: @Sendable () async throws -> Result
    ) async throws(Refusal) -> Result {
        do {
            return try await body()
        } catch {
            log.error("\(error)")
            let isOfMoment = (error as? StoreError).map { $0.code == .unavailable || $0.code == .full } ?? false
            // What the store says may be nobody's business outside.
            throw Refusal(
                isOfMoment ? 503 : 500, "the store doesn't take it at present; nothing of this request counts as taken",
                retryAfter: 5)
        }
    }

    // MARK: - Health

    /// - Source: I. Nadareishvili, "Health Check Response Format for HTTP APIs", draft-inadarei-api-health-check-06.
    private struct Health: Encodable {
        var status: String
        var output: String?
        var version = Version.text
    }

    func health() async -> Response {
        let (answers, outcome) = AsyncStream<String?>.makeStream()
        Task { [store] in
            do {
                try await store.check()
                outcome.yield(nil)
            } catch { outcome.yield("\(error)") }
        }
        // Whoever asks has waited for longer by then than it is worth; a library that waits can't be called off.
        let timer = Task {
            try await Task.sleep(for: .seconds(4))
            outcome.yield("the store hasn't answered for 4 s")
        }
        let fault = await answers.first { _ in true } ?? nil
        timer.cancel()
        if let fault { log.error("unhealthy: \(fault)") }
        let answer = Health(status: fault == nil ? "pass" : "fail", output: fault)
        return Response(fault == nil ? .ok : .serviceUnavailable, "application/health+json", JSON.encode(answer))
    }

    func ready() async -> Response {
        guard isDraining.load(ordering: .relaxed) else { return await health() }
        return Response(
            .serviceUnavailable, "application/health+json", JSON.encode(Health(status: "fail", output: "about to end")))
    }

    // MARK: - Answers

    /// What `body` answers, or why it doesn't: on a page, where a browser asked for one.
    func answer(_ browser: Request?, _ body: () async throws(Refusal) -> Response) async -> Response {
        do throws(Refusal) {
            return try await body()
        } catch {
            if let browser { return BackendServer.page(error, for: browser) }
            var response = Response(HTTPResponse.Status(code: error.status), "application/json", JSON.encode(error))
            if let seconds = error.retryAfter { response.headers[.retryAfter] = "\(seconds)" }
            if error.status == 401 { response.headers[.wwwAuthenticate] = "Bearer" }
            // The rest of a body that isn't read any more isn't waited for.
            if [408, 413].contains(error.status) { response.headers[.connection] = "close" }
            return response
        }
    }
}
