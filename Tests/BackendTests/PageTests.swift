import Hummingbird
import Lighting
import Logging
import Telemetry
import Testing

@testable import Backend

/// What pages say, and that they stay pages whatever records say.
@Suite struct PageTests {
    private static let now: Int64 = 1_795_000_000_000_000_000
    private static let hour: Int64 = 3_600_000_000_000
    private static let time = PageTime(timeZone: "Europe/Berlin", now: now)
    /// What would end an attribute, a tag or a text, run something, or turn the line round.
    private static let evil = "</td>\"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;&amp;\u{202e}\u{1}"

    /// All pages with a text in the place of each that records bring along.
    private static func pages(_ text: String) -> [(String, HTML)] {
        let nodes = [
            NodeRow(
                node: text, verdict: text, verdictAt: now, verdictCause: text, report: text, reportAt: now - hour,
                reportCause: text, firstRecord: now - hour, lastRecord: now),
            NodeRow(
                node: "stair-02", verdict: nil, verdictAt: nil, verdictCause: nil, report: nil, reportAt: nil,
                reportCause: nil, firstRecord: nil, lastRecord: nil),
        ]
        let words = [HealthRow(at: now - hour, node: text, status: text, cause: text, writer: text)]
        let activities = [
            ActivityRow(
                began: now - hour, ended: now, id: text, node: text, zone: text, kind: text, step: text, status: text,
                cause: text, detail: text)
        ]
        let log = [LogRow(at: now, node: text, boot: text, sequence: 1, level: text, text: text)]
        let sync = [
            SyncRow(
                zone: text, start: now / (4 * Quarter.nanoseconds) * 4 * Quarter.nanoseconds, activations: 3,
                measured: 2,
                late: 5_000_000, spread: 4_000_000, counts: [0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0])
        ]
        let cursor = RowCursor([.integer(1), .text(text), .text(text), .integer(1)])
        let (dayAgo, weekAgo): (Int64, Int64) = (now - 24 * hour, now - 7 * 24 * hour)
        let strip = HealthStrip(from: weekAgo, to: now, state: text, words: words)
        let motion: [MotionRow] = (0..<168).map { (number: Int64) -> MotionRow in
            MotionRow(weekday: number / 24 + 1, hour: number % 24, motions: number)
        }
        let site = SiteRow(
            site: text, nodes: 5, healthy: 1, unhealthy: 2, unobservable: 1, lastRecord: now, activations: 12_345)
        let latest = ActivationRow(at: now, zone: text, bars: 2, late: -1_500_000, spread: nil)
        let pages: [(String, HTML)] = [
            ("/login", LoginPage(fault: text, next: text, timeZone: text).html),
            ("fault", FaultPage(status: 404, text: text).html),
            (
                "/sites",
                SitesPage(page: TablePage(rows: [site], next: RowCursor([.text(text)])), time: time).html
            ),
            ("/sites", SitesPage(page: TablePage(rows: [], next: nil), time: time).html),
            (
                "/sites/home",
                HealthPage(
                    site: text, span: .week, time: time, nodes: nodes, verdicts: words, from: weekAgo,
                    states: [text: text], words: words, activities: activities
                ).html
            ),
            (
                "/sites/home",
                HealthPage(
                    site: "home", span: .day, time: time, nodes: [], verdicts: [], from: dayAgo, states: [:],
                    words: [], activities: []
                ).html
            ),
            (
                "/sites/home/activations",
                ActivationsPage(
                    site: text, span: .week, time: time, zone: text, sync: sync,
                    latest: TablePage(rows: [latest], next: cursor)
                ).html
            ),
            (
                "/sites/home/motion",
                MotionPage(
                    site: text, span: .month, time: time, node: text,
                    rows: motion, nodes: [text, "stair-02"]
                ).html
            ),
            (
                "/sites/home/nodes/stair-01",
                NodePage(
                    site: text, span: .year, time: time, node: nodes[0], strip: strip, activities: activities,
                    log: TablePage(rows: log, next: cursor), isContinued: true
                ).html
            ),
        ]
        return pages
    }

    @Test func `pages are well-formed, with nothing from elsewhere, whatever records say`() throws {
        for (path, page) in Self.pages(Self.evil) {
            let document = try HTMLDocument(page.text)
            #expect(
                document.elements.allSatisfy { $0.name != "script" && $0.name != "style" && $0.name != "iframe" },
                "\(path)")
            #expect(document.elements.filter { $0.name == "img" }.isEmpty, "\(path)")
            for element in document.elements {
                for (name, value) in element.attributes {
                    // Neither what runs nor looks of its own, which the policy would refuse; nothing by a whole address.
                    #expect(!name.hasPrefix("on") && name != "style", "\(path): \(element)")
                    if ["href", "src", "action"].contains(name) {
                        #expect(
                            value.hasPrefix("/") && !value.hasPrefix("//") || value.hasPrefix("#"),
                            "\(path): \(element)")
                    }
                }
            }
            #expect(!page.text.contains("\u{202e}") && !page.text.contains("\u{1}"))
            // It is there, to be read.
            if !path.hasSuffix("/sites"), page.text.contains("stair-02") {
                #expect(page.text.contains("&lt;script&gt;"))
            }
        }
    }

    /// For who doesn't see them, and who has no mouse.
    @Test func `pages have one heading, a language, a title, labels, and ids that are there once`() throws {
        for (path, page) in Self.pages("stair-01") {
            let document = try HTMLDocument(page.text)
            #expect(document.elements.filter { $0.name == "h1" }.count == 1, "\(path)")
            #expect(document.elements.first { $0.name == "html" }?.attributes["lang"] == "en")
            #expect(
                document.elements.contains { $0.name == "title" } && document.elements.contains { $0.name == "main" })
            let ids = document.elements.compactMap { $0.attributes["id"] }
            #expect(Set(ids).count == ids.count, "\(path): \(ids)")
            for element in document.elements {
                if ["input", "select"].contains(element.name), element.attributes["type"] != "hidden" {
                    let id = element.attributes["id"] ?? ""
                    #expect(
                        document.elements.contains { $0.name == "label" && $0.attributes["for"] == id },
                        "\(path): \(element)")
                }
                if let described = element.attributes["aria-describedby"] { #expect(ids.contains(described)) }
                if element.name == "svg" {
                    #expect(element.attributes["role"] == "img" && element.attributes["aria-label"] != nil)
                }
                if element.name == "th" { #expect(element.attributes["scope"] != nil, "\(path): \(element)") }
            }
        }
    }

    @Test func `every link of a page leads to something, asked for as it can be`() throws {
        let server = BackendServer(
            host: "", port: 0, store: SQLiteStore(path: "/nowhere"), drain: .zero, log: Logger(label: "test"))
        let endpoints = server.endpoints
        var seen: Set<String> = []
        for (path, page) in Self.pages("stair-01") {
            let document = try HTMLDocument(page.text)
            for element in document.elements {
                guard let target = element.attributes["href"] ?? element.attributes["action"], target != "#content"
                else {
                    continue
                }
                let parts = target.split(separator: "?", maxSplits: 1)
                let isPost = element.attributes["method"] == "post"
                let endpoint = endpoints.first {
                    $0.matches(String(parts[0])) && $0.method == (isPost ? .post : .get)
                }
                let found = try #require(endpoint, "\(path): \(target)")
                seen.insert(found.path)
                for pair in parts.dropFirst().first?.split(separator: "&") ?? [] {
                    let words = pair.split(separator: "=", maxSplits: 1)
                    let parameter = try #require(found.parameters.first { $0.name == words[0] }, "\(path): \(target)")
                    #expect(throws: Never.self, "\(path): \(target)") { try parameter.check(String(words[1])) }
                }
            }
        }
        #expect(seen.isSuperset(of: server.pageEndpoints.filter { $0.isPage && $0.path != "/" }.map(\.path)))
    }

    @Test func `a strip goes by what was found last, and says so in words`() {
        func word(_ hours: Int64, _ status: String) -> HealthRow {
            HealthRow(at: Self.now - hours * Self.hour, node: "n", status: status, cause: "", writer: "f")
        }
        let from = Self.now - 24 * Self.hour
        let strip = HealthStrip(
            from: from, to: Self.now, state: "Healthy",
            words: [word(12, "Unhealthy"), word(11, "Unhealthy"), word(9, "Healthy"), word(1, "Sleepy")])
        #expect(strip.parts.map(\.look) == [.good, .bad, .good, .unknown])
        #expect(strip.time(.bad) == 3 * Self.hour && strip.time(.unknown) == Self.hour)
        #expect(strip.words == "Unhealthy for 3 h, unobservable for 1 h")
        #expect(strip.html.text.contains("<rect class=\"bad\" x=\"500\" y=\"0\" width=\"125\" height=\"20\"/>"))
        let unknown = HealthStrip(from: from, to: Self.now, state: nil, words: [])
        #expect(unknown.parts.isEmpty && unknown.words == "nothing is known")
        let late = HealthStrip(from: from, to: Self.now, state: nil, words: [word(2, "Healthy")])
        #expect(late.parts == [.init(from: Self.now - 2 * Self.hour, to: Self.now, look: .good)])
        #expect(late.words == "Healthy throughout")
    }

    @Test(
        arguments: [
            (0, "0 ms"), (1_499_999, "1.5 ms"), (20_000_000, "20 ms"), (-1_500_000, "−1.5 ms"),
            (999_960_000, "1000 ms"),
            (1_250_000_000, "1.3 s"), (-10_000, "0 ms"),
        ] as [(Int64, String)])
    func `short times are told in tenths`(nanoseconds: Int64, text: String) {
        #expect(PageTime.short(nanoseconds) == text)
    }

    @Test func `times are told by the clock that was asked for`() {
        let instant: Int64 = 1_792_886_400_000_000_000
        let now = instant + 30 * 24 * Self.hour
        #expect(PageTime(timeZone: "Europe/Berlin", now: now).full(instant) == "2026-10-25 02:00:00")
        #expect(PageTime(timeZone: "Europe/Berlin", now: now).full(instant + 2 * Self.hour) == "2026-10-25 03:00:00")
        #expect(PageTime(timeZone: "Asia/Kolkata", now: now).time(instant, seconds: false) == "05:30")
        #expect(PageTime(timeZone: "nowhere", now: now).timeZone == nil)
        #expect(PageTime.span(59_000_000_000) == "59 s" && PageTime.span(3_900_000_000_000) == "1 h 5 min")
        #expect(PageTime.span(-1) == "0 s" && PageTime.span(200_000_000_000_000) == "2 d")
        #expect(PageTime.count(1_234_567) == "1\u{202f}234\u{202f}567" && PageTime.count(999) == "999")
    }

    @Test func `forms are read as browsers send them`() {
        let form = FormFields(Array("token=a%2Bb+c&timezone=Europe%2FRome&next=&broken=%zz%4&flag".utf8))
        #expect(form["token"] == "a+b c" && form["timezone"] == "Europe/Rome" && form["next"].isEmpty)
        #expect(form["broken"] == "%zz%4" && form["flag"].isEmpty && form["none"].isEmpty)
        #expect(Endpoint.Kind.isPage("/sites/home?span=day&zone=x"))
        for text in [
            "", "/login", "//sites", "/sites\r\nSet-Cookie: x=y", "https://elsewhere/sites", "/sites?x=\u{e4}",
        ] {
            #expect(!Endpoint.Kind.isPage(text), "\(text)")
        }
    }
}
