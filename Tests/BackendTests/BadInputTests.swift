import Backend
import Glibc
import Gzip
import Lighting
import Platform
import Processes
import Telemetry
import TestSupport
import Testing

@testable import Backend

/// Records that can't be taken, and requests that can't be answered: each with its status, and a body that says why.
/// What concerns tokens, sizes, packing and history is in ``BackendServerTests`` and ``HistoryEndpointTests``.
@Suite struct BadInputTests {
    /// A good record, with one thing changed.
    private static func line(_ old: String = "", _ new: String = "", at: Int64 = Records.now.nanoseconds) -> [UInt8] {
        let good =
            #"{"at":\#(at),"body":{"motion":true,"sensor":"bottom"},"boot":"1f0c","kind":"motion","node":"stair-01","#
            + #""previous":"\#(String(repeating: "0", count: 64))","sequence":1,"site":"home","version":1}"#
        return Array((old.isEmpty ? good : good.replacing(old, with: new)).utf8)
    }

    private static func refusal(_ line: [UInt8]) -> Refusal? {
        do throws(Refusal) {
            _ = try Ingest.records(
                line, encoding: nil, site: "home", limits: IngestLimits(), at: Records.now)
            return nil
        } catch { return error }
    }

    @Test func `a good record is taken`() { #expect(Self.refusal(Self.line()) == nil) }

    @Test(arguments: [
        (#""node":"stair-01""#, #""node":"'; DROP TABLE record; --""#, "node: \"'; DROP TABLE record; --\" is not"),
        (#""node":"stair-01""#, #""node":"Stair""#, "node: \"Stair\" is not"),
        (#""node":"stair-01""#, #""node":"""#, "node: \"\" is not"),
        (#""node":"stair-01""#, #""node":7"#, "node"),
        (#""site":"home""#, #""site":"../home""#, "site: \"../home\" is not"),
        (#""boot":"1f0c""#, #""boot":"1 OR 1=1""#, "boot: \"1 OR 1=1\" is not"),
        (#""sequence":1"#, #""sequence":0"#, "sequence"), (#""sequence":1"#, #""sequence":-1"#, "sequence"),
        (#""sequence":1"#, #""sequence":9007199254740992"#, "sequence"),
        (#""sequence":1"#, #""sequence":1.5"#, "whole"),
        (#""sequence":1"#, #""sequence":"1""#, "sequence"),
        (#""version":1"#, #""version":0"#, "version"), (#""version":1"#, #""version":99999999"#, "version"),
        (#""kind":"motion""#, #""kind":"dance""#, "kind: \"dance\" is none of version 1's"),
        (#""kind":"motion""#, #""kind":"Motion""#, "kind: is not"),
        (#""kind":"motion""#, #""kind":"light""#, "is missing"),
        (#""sensor":"bottom""#, #""sensor":"bottom'--""#, "body.sensor"),
        (#","sensor":"bottom""#, "", "sensor"), (#""sensor":"bottom""#, #""sensor":null"#, "sensor"),
        (#""motion":true"#, #""motion":1"#, "motion"),
        (#""body":{"motion":true,"sensor":"bottom"}"#, #""body":[]"#, "body"),
        (#""previous":"0"#, #""previous":"g"#, "previous: is not a SHA-256 digest"),
        ("bottom", #"bot\u0000tom"#, "\\u0000"), ("bottom", #"bot\ud800tom"#, "a value that can't be"),
        ("bottom", "bot\ttom", "a value that can't be"),
        ("bottom", String(repeating: "x", count: 9000), "text of more than 8192 bytes"),
        (#""version":1"#, #""version":1,"extra":"# + String(repeating: "1", count: 40), "number of more than 32"),
        (#""version":1"#, #""version":1,"extra":"# + String(repeating: "[", count: 9), "nests deeper than 8"),
        (#""version":1}"#, #""version":1"#, "is not JSON"), (#""version":1}"#, #""version":1}}"#, "is not JSON"),
        (#""site":"home","#, "", "site: is missing"),
    ])
    func `a record that can't be is refused, with its field`(old: String, new: String, reason: String) throws {
        let refusal = try #require(Self.refusal(Self.line(old, new)), "\(new) was taken")
        #expect(refusal.status == 422 && refusal.refused?.first?.line == 1)
        #expect(refusal.error.contains(reason), "\(refusal.error)")
    }

    @Test func `records of long ago, of the future, and too long ones are refused`() {
        for (at, reason) in [
            (Records.now.nanoseconds + 601_000_000_000, "ahead of"),
            (Records.now.nanoseconds - 401 * 86_400_000_000_000, "days old"),
            (-1, "at"), (Int64.max, "at"),
        ] {
            let refusal = Self.refusal(Self.line(at: at))
            #expect(
                refusal?.status == 422 && refusal?.error.contains(reason) == true, "\(at): \(refusal?.error ?? "taken")"
            )
        }
        let texts = (0..<3).map { #""x\#($0)":""# + String(repeating: "x", count: 6000) + "\"," }.joined()
        let long = Self.refusal(Self.line(#""version":1"#, texts + #""version":1"#))
        #expect(long?.status == 422 && long?.error.contains("more than the 16384") == true)
    }

    @Test func `who is slow, hurries too much, or is cut off is told so`() async throws {
        let test = try await TestStore.new(.sqlite)
        try await onThread {
            let backend = try BackendProcess(store: test.address, ["--patience", "1", "--rate", "1"])
            let token = try BackendProcess.token(store: test.address, "--site", "home")
            let lines = try Records.chain(61, from: MeshInstant(nanoseconds: RealTimeClock.now - 3_600_000_000_000))
                .map(
                    \.line)
            let body = lines[0] + [0x0a]
            let request = HTTPExchange.request("POST", "/v1/records", ["Authorization": "Bearer \(token)"], body: body)
            let slow = try HTTPExchange(
                port: backend.port, pieces: [Array(request.dropLast(50)), Array(request.suffix(50))], pause: .seconds(3)
            )
            #expect(slow.status == 408 && slow.text.contains("took more than 1 s to come"), "\(slow)")
            // A minute's worth at once is 60.
            let hurried = try backend.post(lines, token: token)
            #expect(hurried.status == 429 && hurried.text.contains("more than 1 records a second"), "\(hurried)")
            #expect(hurried.header("Retry-After") != nil)
            #expect(try backend.post(Array(lines.prefix(50)), token: token).status == 200)
            // A gzip without its end, and a body with less than it said.
            let packed = Gzip.packed(body)
            let cut = try backend.ask(
                "POST", "/v1/records", token: token, ["Content-Encoding": "gzip"], body: Array(packed.dropLast(9)))
            #expect(cut.status == 400 && cut.text.contains("cut off"), "\(cut)")
            let long = try backend.ask("GET", "/v1/records?node=" + String(repeating: "x", count: 5000), token: token)
            #expect([400, 401, 403, 414, 431].contains(long.status), "\(long.status)")
            for (status, pieces) in [
                (400, "GET / HTTP/1.1\r\nHost: x\r\nbroken header\r\n\r\n"),
                (400, "POST /v1/records HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n"),
                (
                    400,
                    "POST /v1/records HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
                ),
                (400, "POST /v1/records HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
                (405, "PUT /v1/sites/home/nodes HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"),
                (404, "GET /v1/sites/home/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
                (404, "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
            ] {
                let answer = try HTTPExchange(port: backend.port, pieces: [Array(pieces.utf8)])
                #expect(answer.status == status || status == 400 && answer.status == 401, "\(pieces): \(answer)")
            }
            #expect(backend.process.ending == nil)
            #expect(try backend.ask("GET", "/health").status == 200)
        }
    }

    /// Each holds a connection, and what has come of its body.
    @Test func `more than 64 who hand over at once are asked to come again, and who reads isn't`() async throws {
        let test = try await TestStore.new(.sqlite)
        let backend = try await onThread { try BackendProcess(store: test.address) }
        let (write, read) = try await onThread {
            (
                try BackendProcess.token(store: test.address, "--site", "home"),
                try BackendProcess.token(store: test.address, "--site", "home", "--scope", "read")
            )
        }
        let line = try Records.chain(1, from: MeshInstant(nanoseconds: RealTimeClock.now - 3_600_000_000_000))[0].line
        let request = HTTPExchange.request(
            "POST", "/v1/records", ["Authorization": "Bearer \(write)"], body: line + [0x0a])
        let answers = try await withThrowingTaskGroup(of: HTTPExchange.self) { group in
            for _ in 0..<80 {
                group.addTask {
                    try await onThread {
                        try HTTPExchange(
                            port: backend.port, pieces: [Array(request.dropLast(50)), Array(request.suffix(50))],
                            pause: .seconds(6))
                    }
                }
            }
            #expect(try await onThread { try backend.ask("GET", "/v1/sites/home/nodes", token: read).status } == 200)
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0.status == 200 || $0.status == 503 }, "\(answers.map(\.status))")
        let refused = answers.filter { $0.status == 503 }
        #expect((1...16).contains(refused.count), "\(refused.count)")
        #expect(
            refused.allSatisfy { $0.text.contains("64 requests are served already") && $0.header("Retry-After") == "1" }
        )
        #expect(try await onThread { try backend.post([line], token: write).text } == #"{"new":0,"taken":1}"#)
    }

    @Test func `a token that has run out is refused`() async throws {
        let test = try await TestStore.new(.sqlite)
        let token = Credential.newToken()
        try await test.store.add(
            Credential(digest: Digest(of: Array(token.utf8)), site: "home", scope: .read, expires: 1_700_000_000))
        try await onThread {
            let backend = try BackendProcess(store: test.address)
            let answer = try backend.ask("GET", "/v1/sites/home/nodes", token: token)
            #expect(answer.status == 401 && answer.text.contains("has run out"))
        }
    }
}
