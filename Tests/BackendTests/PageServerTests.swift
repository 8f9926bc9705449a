import Backend
import Glibc
import Lighting
import Platform
import Processes
import Telemetry
import TestSupport
import Testing

@testable import Backend

/// Pages as a browser gets them.
@Suite struct PageServerTests {
    @Test(arguments: TestStore.Kind.allCases)
    func `a token for reading opens the pages of its site, until it is given back`(kind: TestStore.Kind) async throws {
        let test = try await TestStore.new(kind)
        let now = RealTimeClock.now
        _ = try await test.store.add(
            try Records.chain(20, from: MeshInstant(nanoseconds: now - 3_600_000_000_000)))
        try await eventually(within: .seconds(30), "all is summed up") { try await test.store.summarise().done == 0 }
        try await onThread {
            let backend = try BackendProcess(store: test.address)
            let read = try BackendProcess.token(store: test.address, "--site", "home", "--scope", "read")
            let write = try BackendProcess.token(store: test.address, "--site", "home")
            func login(_ token: String, _ rest: String = "", _ headers: [String: String] = [:]) throws -> HTTPExchange {
                try backend.ask("POST", "/login", headers, body: Array("token=\(token)\(rest)".utf8))
            }
            func get(_ target: String, _ cookie: String?) throws -> HTTPExchange {
                try backend.ask("GET", target, cookie.map { ["Cookie": $0] } ?? [:])
            }
            // Who isn't logged in is asked, and then led to where he wanted to go.
            let first = try get("/sites/home/motion?span=day", nil)
            #expect(first.status == 303 && first.header("Location") == "/login?next=/sites/home/motion?span=day")
            let form = try get(try #require(first.header("Location")), nil)
            #expect(form.status == 200 && form.text.contains(#"name="next" value="/sites/home/motion?span=day""#))
            #expect(try get("/", nil).header("Location") == "/sites")

            for (status, text, answer) in [
                (401, "unknown or has run out", try login("footlight_wrong")),
                (401, "unknown or has run out", try login("")), (403, "is for write, not for read", try login(write)),
                (400, "no time zone of that name", try login(read, "&timezone=Europe%2FRoma%3B%20x")),
                (403, "from elsewhere", try login(read, "", ["Origin": "https://elsewhere.example"])),
                (403, "from elsewhere", try login(read, "", ["Sec-Fetch-Site": "cross-site"])),
                (413, "8192 bytes", try login(String(repeating: "x", count: 8192))),
            ] {
                #expect(answer.status == status && answer.text.contains(text), "\(answer)")
                #expect(answer.header("Set-Cookie") == nil)
                _ = try HTMLDocument(answer.text)
            }
            let entry = try login(
                read, "&timezone=Europe%2FRome&next=%2Fsites%2Fhome",
                ["Origin": "http://127.0.0.1", "X-Forwarded-Proto": "https"])
            #expect(entry.status == 303 && entry.header("Location") == "/sites/home")
            let cookies = entry.head.filter { $0.hasPrefix("Set-Cookie: ") }.map { $0.dropFirst(12) }
            #expect(cookies.count == 2)
            #expect(cookies.allSatisfy { $0.hasSuffix("; Max-Age=43200; Path=/; HttpOnly; SameSite=Strict; Secure") })
            // Not to somebody else's, whatever a form says.
            #expect(try login(read, "&next=%2F%2Felsewhere").header("Location") == "/sites")
            #expect(try login(read).header("Set-Cookie")?.contains("Secure") == false)

            let cookie = cookies.map { $0.prefix { $0 != ";" } }.joined(separator: "; ")
            for target in [
                "/sites", "/sites/home", "/sites/home?span=year", "/sites/home/activations?zone=stair",
                "/sites/home/motion?node=",
                "/sites/home/nodes/stair-01?span=day",
            ] {
                let page = try get(target, cookie)
                #expect(
                    page.status == 200 && page.header("Content-Type") == "text/html; charset=utf-8",
                    "\(target): \(page)")
                #expect(
                    page.header("Content-Security-Policy")?.hasPrefix("default-src 'none'; style-src 'self';") == true)
                #expect(page.header("Cache-Control") == "no-store" && page.text.contains("Europe/Rome"))
                _ = try HTMLDocument(page.text)
            }
            // A line as a record says it, and as a page shows it.
            #expect(
                try get("/sites/home/nodes/stair-01", cookie).text
                    .contains("‘line’ \\ &quot;1&quot;\t&#39;); DROP TABLE record; --"))
            for (status, target) in [
                (404, "/sites/home/nodes/nobody"), (403, "/sites/cabin"), (400, "/sites/Home"),
                (400, "/sites/home?span=ever"),
                (400, "/sites/home?x=y"),
            ] {
                let page = try get(target, cookie)
                #expect(page.status == status, "\(target): \(page)")
                #expect(try HTMLDocument(page.text).elements.contains { $0.attributes["class"] == "fault" })
            }
            // What pages link to, the cookie opens too; what changes something it doesn't.
            #expect(
                try get("/v1/sites/home/log?format=csv", cookie).text.hasPrefix("at,node,boot,sequence,level,text\r\n"))
            #expect(try backend.ask("POST", "/v1/records", ["Cookie": cookie], body: [1]).status == 401)
            #expect(try get("/v1/sites/home/log", "footlight=x").status == 401)
            for (target, type) in [("/style.css", "text/css; charset=utf-8"), ("/icon.svg", "image/svg+xml")] {
                let file = try get(target, nil)
                #expect(file.status == 200 && file.header("Content-Type") == type)
            }

            #expect(
                try backend.ask("POST", "/logout", ["Cookie": cookie, "Sec-Fetch-Site": "cross-site"]).status == 403)
            let exit = try backend.ask("POST", "/logout", ["Cookie": cookie])
            #expect(exit.status == 303 && exit.header("Location") == "/login")
            #expect(exit.head.filter { $0.contains("Max-Age=0;") }.count == 2)
        }
    }
}
