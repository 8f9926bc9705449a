internal import HTTPTypes
internal import Hummingbird
internal import Platform
internal import WebServer

/// Pages for people.
extension BackendServer {
    /// So many lines, words and activations are on a page at most.
    private static let longestTable = 50
    private static let longestLog = 200
    /// So many words of health strips are drawn from.
    private static let mostWords = 10_000
    private static let formBytes = 8192

    private static let span = Endpoint.Parameter(
        "span", .word(PageSpan.allCases.map(\.rawValue)), "how far back: 7 days by default")
    private static let site = Endpoint.Parameter("site", .name, "the site", inPath: true)

    var pageEndpoints: [Endpoint] {
        let (site, span) = (BackendServer.site, BackendServer.span)
        func page(
            _ path: String, _ summary: String, _ parameters: [Endpoint.Parameter],
            _ answer: @escaping @Sendable (Call) async throws(Refusal) -> HTML
        ) -> Endpoint {
            Endpoint(
                method: .get, path: path, summary: summary, access: .token(.read), parameters: parameters, isPage: true,
                answers: .page, answer: { call async throws(Refusal) in BackendServer.page(try await answer(call)) })
        }
        return [
            Endpoint(
                method: .get, path: "/", summary: "Leads to the sites", access: .anybody, isPage: true,
                answers: .redirect,
                answer: { _ async throws(Refusal) in BackendServer.redirect("/sites") }),
            page("/sites", "The sites", [.init("after", .name, "the sites behind this one")]) {
                [self] call async throws(Refusal) in try await sitesPage(call)
            },
            page("/sites/{site}", "A site's fleet", [site, span]) { [self] call async throws(Refusal) in
                try await healthPage(call)
            },
            page(
                "/sites/{site}/activations", "A site's activations", [site, span, .init("zone", .name, "one zone's")]
            ) { [self] call async throws(Refusal) in try await activationsPage(call) },
            page("/sites/{site}/motion", "When people move", [site, span, .init("node", .name, "one node's")]) {
                [self] call async throws(Refusal) in try await motionPage(call)
            },
            page(
                "/sites/{site}/nodes/{node}", "A node, and its log",
                [
                    site, .init("node", .name, "the node", inPath: true), span,
                    .init("after", .cursor(History.logOrder.parts), "the lines behind this one"),
                ]
            ) { [self] call async throws(Refusal) in try await nodePage(call) },
        ] + sessionEndpoints + fileEndpoints
    }

    private var sessionEndpoints: [Endpoint] {
        [
            Endpoint(
                method: .get, path: "/login", summary: "Asks for a token", access: .anybody,
                parameters: [.init("next", .page, "where to go then")], isPage: true, answers: .page,
                answer: { call async throws(Refusal) in
                    let timeZone = Session(call.request).timeZone ?? ""
                    return BackendServer.page(LoginPage(next: call.text("next") ?? "/sites", timeZone: timeZone).html)
                }),
            Endpoint(
                method: .post, path: "/login", summary: "Keeps a token in the browser", access: .anybody, isPage: true,
                body: .init(
                    type: "application/x-www-form-urlencoded",
                    schema: [
                        "type": "object", "required": ["token"],
                        "properties": [
                            "token": ["type": "string"], "timezone": ["type": "string"], "next": ["type": "string"],
                        ],
                    ]), answers: .redirect,
                answer: { [self] call async throws(Refusal) in try await login(call.request) }),
            Endpoint(
                method: .post, path: "/logout", summary: "Has the browser forget it", access: .anybody, isPage: true,
                answers: .redirect,
                answer: { call async throws(Refusal) in
                    try BackendServer.checkOrigin(of: call.request)
                    var response = BackendServer.redirect("/login")
                    response.add(Session(token: nil, timeZone: nil), call.request)
                    return response
                }),
        ]
    }

    private var fileEndpoints: [Endpoint] {
        [
            Endpoint(
                method: .get, path: "/style.css", summary: "The pages' looks", access: .anybody,
                answers: .text("text/css"),
                answer: { _ async throws(Refusal) in BackendServer.kept("text/css; charset=utf-8", Style.sheet) }),
            Endpoint(
                method: .get, path: "/icon.svg", summary: "The pages' icon", access: .anybody,
                answers: .text("image/svg+xml"),
                answer: { _ async throws(Refusal) in BackendServer.kept("image/svg+xml", Style.icon) }),
        ]
    }

    // MARK: - What is on them

    private var history: History { History(store: store) }

    private func time(_ call: Call) -> PageTime {
        PageTime(timeZone: Session(call.request).timeZone, now: RealTimeClock.now)
    }

    private func span(_ call: Call) -> PageSpan { call.text("span").flatMap(PageSpan.init) ?? .week }

    private func sitesPage(_ call: Call) async throws(Refusal) -> HTML {
        let time = time(call)
        let page = try await asking {
            try await history.sites(only: call.readable, after: call.text("after") ?? "", at: time.now)
        }
        return SitesPage(page: page, time: time).html
    }

    private func asked(_ call: Call, _ time: PageTime, limit: Int) -> HistoryQuery {
        var asked = HistoryQuery(
            site: call.text("site") ?? "", from: time.now - span(call).nanoseconds, to: time.now)
        asked.node = call.text("node")
        asked.zone = call.text("zone")
        asked.isNewestFirst = true
        asked.limit = limit
        return asked
    }

    private func healthPage(_ call: Call) async throws(Refusal) -> HTML {
        let time = time(call)
        let few = asked(call, time, limit: BackendServer.longestTable)
        let many = asked(call, time, limit: BackendServer.mostWords)
        return try await asking {
            let verdicts = try await history.health(many, own: false)
            // Of very many the oldest aren't drawn.
            let from = verdicts.next == nil ? many.from : verdicts.rows.last?.at ?? many.from
            return HealthPage(
                site: many.site, span: span(call), time: time, nodes: try await history.nodes(many.site),
                verdicts: verdicts.rows.reversed(), from: from,
                states: try await history.verdicts(many.site, at: from), words: try await history.health(few).rows,
                activities: try await history.activities(few).rows)
        }.html
    }

    private func activationsPage(_ call: Call) async throws(Refusal) -> HTML {
        let time = time(call)
        let asked = asked(call, time, limit: BackendServer.longestTable)
        return try await asking {
            ActivationsPage(
                site: asked.site, span: span(call), time: time, zone: asked.zone,
                sync: try await history.sync(asked, by: span(call).step), latest: try await history.activations(asked))
        }.html
    }

    private func motionPage(_ call: Call) async throws(Refusal) -> HTML {
        let time = time(call)
        let asked = asked(call, time, limit: 1)
        return try await asking {
            MotionPage(
                site: asked.site, span: span(call), time: time, node: asked.node,
                rows: try await history.motion(asked, clock: time.clock),
                nodes: try await history.nodes(asked.site).map(\.node))
        }.html
    }

    private func nodePage(_ call: Call) async throws(Refusal) -> HTML {
        let time = time(call)
        let few = asked(call, time, limit: BackendServer.longestTable)
        let many = asked(call, time, limit: BackendServer.mostWords)
        var log = asked(call, time, limit: BackendServer.longestLog)
        log.after = call.text("after").flatMap { RowCursor($0, History.logOrder.parts) }
        let (site, name) = (few.site, few.node ?? "")
        let page = try await asking { [log] () -> NodePage? in
            guard let node = try await history.nodes(site, node: name).first else { return nil }
            let verdicts = try await history.health(many, own: false)
            let from = verdicts.next == nil ? many.from : verdicts.rows.last?.at ?? many.from
            let state = try await history.verdicts(site, node: name, at: from)[name]
            return NodePage(
                site: site, span: span(call), time: time, node: node,
                strip: HealthStrip(from: from, to: time.now, state: state, words: verdicts.rows.reversed()),
                activities: try await history.activities(few).rows, log: try await history.log(log),
                isContinued: log.after != nil)
        }
        guard let page else { throw Refusal(404, "site \(site) has no record of a node \(name)") }
        return page.html
    }

    // MARK: - Logging in

    private func login(_ request: Request) async throws(Refusal) -> Response {
        try BackendServer.checkOrigin(of: request)
        let form = FormFields(
            try await body(
                of: request, limit: BackendServer.formBytes,
                tooLarge: Refusal(413, "the form has more than \(BackendServer.formBytes) bytes")))
        let next = Endpoint.Kind.isPage(form["next"]) ? form["next"] : "/sites"
        func again(_ status: HTTPResponse.Status, _ fault: String) -> Response {
            BackendServer.page(LoginPage(fault: fault, next: next, timeZone: form["timezone"]).html, status: status)
        }
        let session = Session(token: form["token"], timeZone: form["timezone"].isEmpty ? nil : form["timezone"])
        if let timeZone = session.timeZone, !ZoneClock.isKnown(timeZone) {
            return again(.badRequest, "This machine knows no time zone of that name: Europe/Rome, say.")
        }
        do throws(Refusal) {
            _ = try await site(byToken: form["token"], for: .read)
        } catch {
            guard [401, 403].contains(error.status) else { throw error }
            return again(.init(code: error.status), "That can’t be used here: \(error.error).")
        }
        var response = BackendServer.redirect(next)
        response.add(session, request)
        return response
    }

    /// Another site's page may not send forms here.
    private static func checkOrigin(of request: Request) throws(Refusal) {
        let refusal = Refusal(
            403, "a page from elsewhere sent this; a proxy in front of this must keep the header Host")
        if let site = request.headers[HTTPField.Name("Sec-Fetch-Site")!] {
            guard ["same-origin", "none"].contains(site) else { throw refusal }
        } else if let origin = request.headers[.origin] {
            let host = request.head.authority ?? ""
            guard origin == "http://\(host)" || origin == "https://\(host)" else { throw refusal }
        }
    }

    // MARK: - Answers

    /// A page: nothing in it is loaded from elsewhere, nothing runs, nobody frames it, and no cache keeps it.
    static func page(_ html: HTML, status: HTTPResponse.Status = .ok) -> Response {
        var response = Response(status, "text/html; charset=utf-8", Array(html.text.utf8))
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        response.headers[.cacheControl] = "no-store"
        response.headers[HTTPField.Name("Referrer-Policy")!] = "same-origin"
        response.headers[HTTPField.Name("Cross-Origin-Opener-Policy")!] = "same-origin"
        response.headers[HTTPField.Name("Cross-Origin-Resource-Policy")!] = "same-origin"
        return response
    }

    /// Why there is no page, as one; who isn't logged in is asked for a token.
    static func page(_ refusal: Refusal, for request: Request) -> Response {
        guard refusal.status == 401 else {
            return page(
                FaultPage(status: refusal.status, text: refusal.error).html, status: .init(code: refusal.status))
        }
        let target = request.uri.path + (request.uri.query.map { "?\($0)" } ?? "")
        return redirect(
            request.method == .get && Endpoint.Kind.isPage(target) && target != "/sites"
                ? "/login?next=\(target.replacing("&", with: "%26"))" : "/login")
    }

    private static func redirect(_ path: String) -> Response {
        var response = page("", status: .seeOther)
        response.headers[.location] = path
        return response
    }

    private static func kept(_ type: String, _ text: String) -> Response {
        var response = Response(.ok, type, Array(text.utf8))
        response.headers[.cacheControl] = "max-age=300"
        return response
    }
}

extension Response {
    /// Has the browser keep a session, or forget it.
    fileprivate mutating func add(_ session: Session, _ request: Request) {
        let isSecure = request.headers[HTTPField.Name("X-Forwarded-Proto")!] == "https"
        for cookie in session.cookies(isSecure: isSecure) { headers.append(cookie) }
    }
}

extension Endpoint.Kind {
    /// Whether a text is the address of one of our pages, and of nothing else: it goes into a header.
    static func isPage(_ text: String) -> Bool {
        text.hasPrefix("/sites") && text.utf8.count <= 500
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "/?&=-_.%".utf8.contains(byte)
                }
            }
    }
}
