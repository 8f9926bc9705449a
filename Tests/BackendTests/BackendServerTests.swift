import Backend
import Glibc
import Gzip
import Lighting
import MQTT
import Mesh
import Platform
import Processes
import Telemetry
import TestSupport
import Testing

/// The program as it is run, over HTTP.
@Suite struct BackendServerTests {
    private static func recent(_ count: Int, site: String = "home", node: String = "stair-01") throws -> [[UInt8]] {
        let start = MeshInstant(nanoseconds: RealTimeClock.now) - .seconds(100_000)
        return try Records.chain(count, node: node, site: site, from: start).map(\.line)
    }

    /// A request's body.
    private static func body(_ lines: [[UInt8]]) -> [UInt8] {
        var body: [UInt8] = []
        for line in lines { body += line + [0x0a] }
        return body
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `takes records once, hands them out to whoever may read, and says how it is`(
        kind: TestStore.Kind
    ) async throws {
        let test = try await TestStore.new(kind)
        try await onThread {
            let backend = try BackendProcess(store: test.address)
            let write = try BackendProcess.token(store: test.address, "--site", "home")
            let reader = try BackendProcess.token(store: test.address, "--site", "home", "--scope", "read")
            let lines = try Self.recent(30)
            let first = try backend.post(lines, token: write)
            #expect(first.status == 200 && first.text == #"{"new":30,"taken":30}"#, "\(first)")
            let body = Self.body(lines)
            let packed = Gzip.packed(body)
            let second = try backend.ask(
                "POST", "/v1/records", token: write,
                ["Content-Encoding": "gzip", "Content-Type": "application/x-ndjson"], body: packed)
            #expect(second.text == #"{"new":0,"taken":30}"#)

            let page = try backend.ask("GET", "/v1/records?limit=20&node=stair-01", token: reader)
            #expect(page.status == 200 && page.header("Content-Type") == "application/x-ndjson")
            let next = try #require(page.header("Footlight-Next"))
            let rest = try backend.ask("GET", "/v1/records?limit=20&node=stair-01&after=\(next)", token: reader)
            let read = page.body + rest.body
            #expect(read == body)
            #expect(rest.header("Footlight-Next") == nil)

            let health = try backend.ask("GET", "/health")
            #expect(health.status == 200 && health.text.contains(#""status":"pass""#))
            #expect(try backend.ask("GET", "/ready").status == 200)
        }
    }

    @Test func `says no with the right status, and why`() async throws {
        let test = try await TestStore.new(.sqlite)
        let backend = try await onThread { try BackendProcess(store: test.address) }
        let (write, read, cabin) = try await onThread {
            (
                try BackendProcess.token(store: test.address, "--site", "home"),
                try BackendProcess.token(store: test.address, "--site", "home", "--scope", "read", "--days", "1"),
                try BackendProcess.token(store: test.address, "--site", "cabin")
            )
        }
        try await onThread {
            let lines = try Self.recent(2)
            let body = Self.body(lines)
            func expect(
                _ status: Int, _ text: String, _ answer: HTTPExchange, location: SourceLocation = #_sourceLocation
            ) {
                #expect(answer.status == status && answer.text.contains(text), "\(answer)", sourceLocation: location)
            }
            func post(_ body: [UInt8], token: String? = write, _ headers: [String: String] = [:]) throws -> HTTPExchange
            {
                try backend.ask("POST", "/v1/records", token: token, headers, body: body)
            }
            func get(_ query: String, token: String? = read) throws -> HTTPExchange {
                try backend.ask("GET", "/v1/records?\(query)", token: token)
            }
            expect(401, "no token", try post(body, token: nil))
            expect(401, "no token", try post(body, ["Authorization": "Basic aG9tZTp4"]))
            expect(401, "unknown", try post(body, token: "footlight_wrong"))
            expect(401, "unknown", try post(body, token: "' OR 1=1 --"))
            expect(401, "unknown", try post(body, token: String(write.dropLast())))
            expect(403, "for read, not for write", try post(body, token: read))
            expect(422, "is home, the credential is cabin's", try post(body, token: cabin))
            expect(400, "no record", try post([]))
            expect(422, "is not JSON", try post(Array("[1, 2\n".utf8)))
            expect(422, "nests deeper than 8 levels", try post(Array(String(repeating: "[", count: 64).utf8)))
            expect(422, "site: is missing", try post(Array("{\"version\":1}".utf8)))
            expect(400, "gzip", try post(body, ["Content-Encoding": "gzip"]))
            expect(415, "Content-Encoding", try post(body, ["Content-Encoding": "deflate"]))
            expect(415, "Content-Type", try post(body, ["Content-Type": "text/html"]))
            let bomb = Gzip.packed([UInt8](repeating: 0x20, count: (16 << 20) + 1))
            expect(413, "unpacked", try post(bomb, ["Content-Encoding": "gzip"]))
            expect(413, "more than 1048576 bytes", try post([UInt8](repeating: 0x20, count: (1 << 20) + 1)))
            expect(413, "more than 1048576 bytes", try post(body, ["Content-Length": "99999999"]))
            expect(413, "more than 10000 records", try post(Array(String(repeating: "{}\n", count: 10_001).utf8)))
            expect(401, "no token", try get("", token: nil))
            expect(403, "for write, not for read", try get("", token: write))
            expect(400, "from: is no whole number", try get("from=yesterday"))
            expect(400, "to: is no whole number", try get("to=-1"))
            expect(400, "limit: is no whole number of 1 to 10000", try get("limit=10001"))
            expect(400, "limit", try get("limit=0"))
            expect(400, "node: is not", try get("node=%27%20OR%201%3D1"))
            expect(400, "kind: is not", try get("kind=A"))
            expect(400, "after: is not", try get("after=1/2/3"))
            expect(200, "", try get("node=nobody"))
            expect(404, "nothing at this path", try backend.ask("GET", "/v1/record"))
            expect(405, "takes POST, GET, HEAD", try backend.ask("DELETE", "/v1/records", token: write))
            expect(400, "", try HTTPExchange(port: backend.port, pieces: [Array("nonsense\r\n\r\n".utf8)]))
            // A body in pieces, without a length.
            let chunk = Array("\(String(body.count, radix: 16))\r\n".utf8) + body + Array("\r\n0\r\n\r\n".utf8)
            let head = HTTPExchange.request(
                "POST", "/v1/records", ["Authorization": "Bearer \(write)", "Transfer-Encoding": "chunked"])
            let open = Array(String(decoding: head, as: UTF8.self).replacing("Content-Length: 0\r\n", with: "").utf8)
            expect(200, #""new":2"#, try HTTPExchange(port: backend.port, pieces: [open, chunk]))

            #expect(backend.process.ending == nil)
            #expect(try post(body).text == #"{"new":0,"taken":2}"#)
            backend.process.signal(SIGTERM)
        }
    }

    @Test func `a token that is taken back is no longer good within seconds`() async throws {
        let test = try await TestStore.new(.sqlite)
        let backend = try await onThread { try BackendProcess(store: test.address) }
        let token = try await onThread { try BackendProcess.token(store: test.address, "--site", "home") }
        let lines = try Self.recent(1)
        #expect(try await onThread { try backend.post(lines, token: token).status } == 200)
        let id = Credential(digest: Digest(of: Array(token.utf8)), site: "home", scope: .write, expires: nil).id
        #expect(try await test.store.revoke(credential: id))
        try await eventually(within: .seconds(30), "the token is refused") {
            try await onThread { try backend.post(lines, token: token).status } == 401
        }
    }

    @Test func `is unhealthy without its store, loses nothing, and is well again with it`() async throws {
        let server = try await onThread { try PostgresServer() }
        let address = try await onThread { try server.newDatabase() }
        try await onThread {
            let backend = try BackendProcess(store: address)
            let token = try BackendProcess.token(store: address, "--site", "home")
            let lines = try Self.recent(40)
            #expect(try backend.post(Array(lines[..<10]), token: token).status == 200)
            try server.kill()
            let answer = try backend.post(Array(lines[10..<20]), token: token)
            #expect(answer.status == 503 && answer.header("Retry-After") == "5", "\(answer)")
            #expect(!answer.text.contains("127.0.0.1"))
            let health = try backend.ask("GET", "/health")
            #expect(health.status == 503 && health.text.contains(#""status":"fail""#), "\(health)")
            try server.restart()
            #expect(try backend.ask("GET", "/health").status == 200)
            #expect(try backend.post(lines, token: token).text == #"{"new":30,"taken":40}"#)
            #expect(try server.run("SELECT count(*) FROM record", in: address) == "40\n")

            // One that takes its time.
            let lock = try ChildProcess(
                "psql", ["-d", address, "-c", "BEGIN; LOCK TABLE record; SELECT 'locked', pg_sleep(9)"])
            try server.awaitLock(in: address)
            let slow = try backend.ask("GET", "/health")
            #expect(slow.status == 503 && slow.text.contains("4 s"), "\(slow)")
            lock.signal(SIGKILL)
        }
    }

    @Test func `SIGTERM ends it when what was begun is done, and it says so beforehand`() async throws {
        let test = try await TestStore.new(.sqlite)
        try await onThread {
            let backend = try BackendProcess(store: test.address, ["--drain", "2"])
            let token = try BackendProcess.token(store: test.address, "--site", "home")
            let lines = try Self.recent(3)
            backend.process.signal(SIGTERM)
            try backend.process.waitForOutput("asked to end")
            let ready = try backend.ask("GET", "/ready")
            #expect(ready.status == 503 && ready.text.contains("about to end"))
            #expect(try backend.ask("GET", "/health").status == 200)
            // Half a body comes before the end of the drain, half after it.
            let request = HTTPExchange.request(
                "POST", "/v1/records", ["Authorization": "Bearer \(token)"],
                body: Self.body(lines))
            let answer = try HTTPExchange(
                port: backend.port, pieces: [Array(request.dropLast(100)), Array(request.suffix(100))],
                pause: .seconds(3))
            #expect(answer.text == #"{"new":3,"taken":3}"#, "\(answer)")
            #expect(try backend.process.waitForEnd(within: .seconds(20)) == .exit(0))
        }
    }

    @Test func `kill -9 of one of two instances, again and again, loses nothing that was acknowledged`() async throws {
        let test = try await TestStore.new(.postgresql)
        try await onThread {
            var backends = try [BackendProcess(store: test.address), BackendProcess(store: test.address)]
            let token = try BackendProcess.token(store: test.address, "--site", "home")
            let lines = try Self.recent(300)
            var acknowledged = 0
            var failures = 0
            let deadline = Deadline(.seconds(120))
            for start in stride(from: 0, to: 300, by: 10) {
                let victim = Int.random(in: 0...1)
                if start % 60 == 30 {
                    // In the midst of what it does.
                    DetachedKill.after(microseconds: .random(in: 0...10_000), backends[victim].process)
                }
                var instance = victim
                while true {
                    let answer = try? backends[instance].post(Array(lines[start..<start + 10]), token: token)
                    if answer?.status == 200 { break }
                    if deadline.hasPassed {
                        throw ProcessFailure("record \(start): nobody took it: \(failures) failures")
                    }
                    failures += 1
                    // A kill that came late may have left none.
                    for (index, backend) in backends.enumerated() where backend.process.ending != nil {
                        backends[index] = try BackendProcess(store: test.address)
                    }
                    instance = 1 - instance
                }
                acknowledged += 10
            }
            let verify = try ChildProcess(
                Programs.path("footlight-backend"), ["verify", "--site", "home"],
                environment: ["FOOTLIGHT_STORE": test.address, "PATH": "/usr/bin"])
            #expect(try verify.waitForEnd() == .exit(0))
            #expect(verify.output == "\(acknowledged) records: all are whole\n")
        }
    }

    @Test func `what was issued is listed, for programs too`() async throws {
        struct Row: Decodable, Equatable {
            var id: String
            var site: String
            var scope: String
            var expires: Int64?
            var good: Bool
        }
        let test = try await TestStore.new(.sqlite)
        let ends = Credential(digest: Digest(of: [1]), site: "cabin", scope: .write, expires: 1_000_000_000)
        let endless = Credential(digest: Digest(of: [2]), site: "home", scope: .read, expires: nil)
        func list(_ further: String...) async throws -> String {
            let list = try ChildProcess(
                Programs.path("footlight-backend"), ["credential", "list"] + further,
                environment: ["FOOTLIGHT_STORE": test.address, "PATH": "/usr/bin"])
            #expect(try await list.end(within: .seconds(30)) == .exit(0), "\(list.output)")
            return list.output
        }
        #expect(try await list("--json") == "[]\n")
        for credential in [ends, endless] { try await test.store.add(credential) }
        #expect(try await list().contains("\(endless.id)  home  read  no end\n"))
        let rows = try JSON.decode([Row].self, from: Array(try await list("--json").utf8))
        #expect(
            rows.sorted { $0.site < $1.site } == [
                Row(id: ends.id, site: "cabin", scope: "write", expires: 1_000_000_000, good: false),
                Row(id: endless.id, site: "home", scope: "read", expires: nil, good: true),
            ])
    }

    @Test func `what is wrong with its arguments or its store ends it with a message`() async throws {
        try await onThread { () throws in
            func output(_ arguments: [String], _ code: Int32, location: SourceLocation = #_sourceLocation) throws
                -> String
            {
                let child = try ChildProcess(Programs.path("footlight-backend"), arguments, environment: ["PATH": ""])
                #expect(try child.waitForEnd(within: .seconds(30)) == .exit(code), sourceLocation: location)
                return child.output
            }
            #expect(try output(["serve"], EX_USAGE).contains("FOOTLIGHT_STORE"))
            #expect(try output(["serve", "--store", "mysql://user:secret@x/y"], EX_USAGE).contains("sqlite:///"))
            #expect(!(try output(["serve", "--store", "mysql://user:secret@x/y"], EX_USAGE).contains("secret")))
            #expect(try output(["serve", "--store", "sqlite:///x", "--listen", "x"], EX_USAGE).contains("HOST:PORT"))
            #expect(
                try output(["serve", "--store", "sqlite:///nowhere/at/all"], EX_TEMPFAIL).contains("/nowhere/at/all"))
            #expect(
                try output(["verify", "--store", "postgresql://x@127.0.0.1:1/x"], EX_TEMPFAIL).contains("refused"))
            #expect(
                try output(["credential", "add", "--store", "sqlite:///x", "--site", "A"], EX_USAGE).contains("a-z"))
        }
    }
}

/// A kill that comes while its owner does something else.
private enum DetachedKill {
    static func after(microseconds: useconds_t, _ process: ChildProcess) {
        // No task: where tests keep all of their threads busy, it might sleep for minutes.
        _ = DetachedThread.start {
            usleep(microseconds)
            process.signal(SIGKILL)
        }
    }
}
