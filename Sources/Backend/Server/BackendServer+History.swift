internal import HTTPTypes
internal import Hummingbird
internal import Lighting
internal import Mesh
internal import Platform
internal import WebServer

/// History, by query.
extension BackendServer {
    private static let day: Int64 = 86_400_000_000_000
    private static let longestPage: Int64 = 10_000

    private static let site = Endpoint.Parameter("site", .name, "the site", inPath: true)
    private static let time: [Endpoint.Parameter] = [
        .init("from", .instant, "from this instant; 30 days before `to` by default"),
        .init("to", .instant, "until before this one; now by default"),
    ]
    private static let format = Endpoint.Parameter(
        "format", .word(TableFormat.allCases.map(\.rawValue)), "json by default; ndjson: a line each; csv")

    private static func paging(_ order: RowOrder) -> [Endpoint.Parameter] {
        [
            .init("order", .word(["oldest", "newest"]), "which come first; the oldest by default"),
            .init("limit", .count(1...longestPage), "so many at most; 1000 by default"),
            .init("after", .cursor(order.parts), "the next page: what the one before said in Footlight-Next"),
        ]
    }

    private static let node = Endpoint.Parameter("node", .name, "one node's")
    private static let zone = Endpoint.Parameter("zone", .name, "one zone's")

    var historyEndpoints: [Endpoint] { presentEndpoints + listEndpoints + sumEndpoints }

    private static func get(
        _ path: String, _ summary: String, _ answers: Endpoint.Answers, _ parameters: [Endpoint.Parameter],
        _ answer: @escaping @Sendable (Call) async throws(Refusal) -> Response
    ) -> Endpoint {
        Endpoint(
            method: .get, path: path, summary: summary, access: .token(.read), parameters: parameters,
            answers: answers, answer: answer)
    }

    /// A list of rows within a time, by page.
    private func list<Row: TableRow>(
        _ name: String, _ summary: String, _ filter: Endpoint.Parameter, _ order: RowOrder,
        _ page: @escaping @Sendable (History, HistoryQuery) async throws -> TablePage<Row>
    ) -> Endpoint {
        BackendServer.get(
            "/v1/sites/{site}/\(name)", summary, .rows(Row.columns),
            [BackendServer.site, filter] + BackendServer.time + BackendServer.paging(order) + [BackendServer.format]
        ) { [self] call async throws(Refusal) in
            let asked = try asked(call, order)
            return table(try await asking { try await page(History(store: store), asked) }, call, name)
        }
    }

    /// How sites and nodes are now.
    private var presentEndpoints: [Endpoint] {
        let (site, format) = (BackendServer.site, BackendServer.format)
        return [
            BackendServer.get(
                "/v1/sites", "The sites that the token may read, as they are now", .rows(SiteRow.columns),
                [
                    .init("limit", .count(1...100), "so many at most; 100 by default"),
                    .init("after", .name, "the next page: what the one before said in Footlight-Next"), format,
                ]
            ) { [self] call async throws(Refusal) in
                let page = try await asking {
                    try await History(store: store).sites(
                        only: call.readable, after: call.text("after") ?? "", limit: Int(call.number("limit") ?? 100),
                        at: RealTimeClock.now)
                }
                return table(page, call, "sites")
            },
            BackendServer.get(
                "/v1/sites/{site}/nodes", "A site's nodes, and how they are now", .rows(NodeRow.columns),
                [site, format]
            ) {
                [self] call async throws(Refusal) in
                let rows = try await asking { try await History(store: store).nodes(call.text("site") ?? "") }
                return table(TablePage(rows: rows, next: nil), call, "nodes")
            },
            BackendServer.get(
                "/v1/sites/{site}/nodes/{node}", "A node, and how it is now", .object(NodeRow.columns),
                [site, .init("node", .name, "the node", inPath: true)]
            ) { [self] call async throws(Refusal) in
                let (site, node) = (call.text("site") ?? "", call.text("node") ?? "")
                let row = try await asking { try await History(store: store).nodes(site, node: node) }.first
                guard let row else { throw Refusal(404, "site \(site) has no record of a node \(node)") }
                return Response(.ok, "application/json", TableFormat.object(row))
            },
        ]
    }

    /// Rows within a time, by page.
    private var listEndpoints: [Endpoint] {
        let (node, zone) = (BackendServer.node, BackendServer.zone)
        return [
            list("health", "What was found of nodes' health, as it changed", node, History.healthOrder) {
                try await $0.health($1)
            },
            list(
                "activations", "Zones' activations, and how together their bars lit", zone, History.activationOrder
            ) { try await $0.activations($1) },
            list("log", "Lines of nodes' and fleet agents' logs", node, History.logOrder) { try await $0.log($1) },
            list("activities", "What the fleet agent did to nodes", node, History.activityOrder) {
                try await $0.activities($1)
            },
        ]
    }

    /// What is summed up within a time.
    private var sumEndpoints: [Endpoint] {
        let (site, time, format) = (BackendServer.site, BackendServer.time, BackendServer.format)
        let (node, zone) = (BackendServer.node, BackendServer.zone)
        return [
            BackendServer.get(
                "/v1/sites/{site}/sync", "How together zones' bars lit, summed up by steps of time",
                .rows(SyncRow.columns),
                [site, zone] + time + [
                    .init(
                        "step", .word(History.Step.allCases.map(\.rawValue)),
                        "quarter (of an hour; within 8 days), hour (within 32), day (UTC's); by default what suits the time"
                    ),
                    format,
                ]
            ) { [self] call async throws(Refusal) in
                let asked = try asked(call)
                let step = call.text("step").flatMap(History.Step.init) ?? .suiting(asked.to - asked.from)
                guard asked.to - asked.from <= step.longestDays * BackendServer.day else {
                    throw Refusal(
                        400,
                        "step: by \(step.rawValue) at most \(step.longestDays) days can be told; name a longer step")
                }
                let rows = try await asking { try await History(store: store).sync(asked, by: step) }
                return table(TablePage(rows: rows, next: nil), call, "sync")
            },
            BackendServer.get(
                "/v1/sites/{site}/motion", "How often motion began, by the hours of the week", .rows(MotionRow.columns),
                [site, node] + time + [
                    .init("timezone", .timeZone, "whose hours; the backend's own by default"), format,
                ]
            ) { [self] call async throws(Refusal) in
                let asked = try asked(call)
                let clock = ZoneClock.clock(call.text("timezone"), from: asked.from, to: asked.to)
                let rows = try await asking { try await History(store: store).motion(asked, clock: clock) }
                return table(TablePage(rows: rows, next: nil), call, "motion")
            },
        ]
    }

    private func asked(_ call: Call, _ order: RowOrder? = nil) throws(Refusal) -> HistoryQuery {
        let to = call.number("to") ?? RealTimeClock.now
        let from = call.number("from") ?? max(0, to - 30 * BackendServer.day)
        guard from < to else { throw Refusal(400, "from: is not before to") }
        var asked = HistoryQuery(site: call.text("site") ?? "", from: from, to: to)
        asked.node = call.text("node")
        asked.zone = call.text("zone")
        if let order { asked.after = call.text("after").flatMap { RowCursor($0, order.parts) } }
        asked.isNewestFirst = call.text("order") == "newest"
        asked.limit = Int(call.number("limit") ?? 1000)
        return asked
    }

    private func table<Row>(_ page: TablePage<Row>, _ call: Call, _ name: String) -> Response {
        let format = call.text("format").flatMap(TableFormat.init) ?? .json
        var response = Response(.ok, format.type, format.bytes(page))
        if let next = page.next { response.headers[BackendServer.next] = next.description }
        if format == .csv {
            let file = [call.text("site"), name].compactMap { $0 }.joined(separator: "-")
            response.headers[.contentDisposition] = "attachment; filename=\"\(file).csv\""
        }
        return response
    }
}

extension Call {
    /// The one site that may be read; nil: all.
    var readable: String? { site == Credential.everySite ? nil : site }
}
