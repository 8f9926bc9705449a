internal import HTTPTypes
internal import Hummingbird
internal import Mesh
internal import WebServer

extension BackendServer {
    /// All that it answers.
    var endpoints: [Endpoint] { recordEndpoints + historyEndpoints + pageEndpoints }

    var router: Router<BasicRequestContext> {
        let router = Router(options: .autoGenerateHeadEndpoints)
        let endpoints = endpoints
        router.add(middleware: Strangers(endpoints: endpoints))
        for endpoint in endpoints {
            router.on(RouterPath(endpoint.path), method: endpoint.method) { [self] request, context in
                await answer(endpoint.isPage ? request : nil) { () async throws(Refusal) in
                    let call = try Call(request, endpoint, path: context.parameters)
                    guard case .token(let scope) = endpoint.access else { return try await endpoint.answer(call) }
                    return try await serving(scope) { () async throws(Refusal) in
                        try await endpoint.answer(try await allowed(call, scope))
                    }
                }
            }
        }
        return router
    }

    /// A request with the site that its token is for.
    private func allowed(_ call: Call, _ scope: Credential.Scope) async throws(Refusal) -> Call {
        var call = call
        call.site = try await site(of: call.request, for: scope)
        if let asked = call.text("site"), call.site != asked, call.site != Credential.everySite {
            throw Refusal(403, "the token is for site \(call.site), not for \(asked)")
        }
        return call
    }

    private var recordEndpoints: [Endpoint] {
        [
            Endpoint(
                method: .post, path: "/v1/records", summary: "Hand over records: a line of JSON each",
                access: .token(.write),
                body: .init(
                    type: BackendServer.type,
                    schema: ["type": "string", "description": "docs/backend.md tells of records"]),
                answers: .taken,
                answer: { [self] call async throws(Refusal) in try await take(call.request, of: call.site) }),
            Endpoint(
                method: .get, path: "/v1/records", summary: "A site's records, by their instants, as they were taken",
                access: .token(.read),
                parameters: [
                    .init("site", .name, "the site, where the token is for all"),
                    .init("node", .name, "one node's"), .init("kind", .name, "of one kind"),
                    .init("from", .instant, "from this instant"), .init("to", .instant, "until before this one"),
                    .init("limit", .count(1...Int64(RecordQuery.longestPage)), "so many at most; 1000 by default"),
                    .init("after", .recordCursor, "the next page: what the one before said in Footlight-Next"),
                ],
                answers: .text(BackendServer.type),
                answer: { [self] call async throws(Refusal) in try await hand(out: call) }),
            Endpoint(
                method: .get, path: "/health", summary: "Whether the store takes writes", access: .anybody,
                answers: .health,
                answer: { [self] _ async throws(Refusal) in await health() }),
            Endpoint(
                method: .get, path: "/ready", summary: "The same, and whether the process is to end", access: .anybody,
                answers: .health, answer: { [self] _ async throws(Refusal) in await ready() }),
            Endpoint(
                method: .get, path: "/openapi.json", summary: "This", access: .anybody,
                answers: .text("application/json"),
                answer: { [self] _ async throws(Refusal) in
                    Response(.ok, "application/json", OpenAPI(endpoints: endpoints).bytes)
                }),
        ]
    }
}

/// Answers what no endpoint is for: another path, or another method.
private struct Strangers: RouterMiddleware {
    let endpoints: [Endpoint]

    func handle(
        _ request: Request, context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            let allowed = endpoints.filter { $0.matches(request.uri.path) }.map(\.method.rawValue)
            guard !allowed.isEmpty else {
                if request.headers[.accept]?.contains("text/html") ?? false {
                    return BackendServer.page(Refusal(404, "There is nothing at this address."), for: request)
                }
                return Response(
                    .notFound, "application/json", JSON.encode(Refusal(404, "there is nothing at this path")))
            }
            let methods = (allowed + (allowed.contains("GET") ? ["HEAD"] : [])).joined(separator: ", ")
            response = Response(
                .methodNotAllowed, "application/json", JSON.encode(Refusal(405, "this path takes \(methods)")))
            response.headers[.allow] = methods
        }
        return response
    }
}
