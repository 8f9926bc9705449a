import Backend
import Glibc
import Lighting
import Mesh
import Processes
import Telemetry
import TestSupport
import Testing

/// History over HTTP.
@Suite struct HistoryEndpointTests {
    private struct Rows<Row: Decodable>: Decodable {
        var rows: [Row]
        var next: String?
    }
    private struct Activation: Decodable, Equatable {
        var at: Int64
        var zone: String
        var bars: Int
        var late: Int64
        var spread: Int64?
    }

    /// A zone's activations of late, a minute after one another, by two bars.
    private static func lights(_ count: Int, site: String = "home") throws -> [ReceivedRecord] {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        var chain = RecordChain(site: site, node: "stair-01", boot: "1f0c")
        return try (0..<count).flatMap { step in
            let activation = Int64(time.tv_sec - 3600 + step * 60) * 1_000_000_000
            return try ["a", "b"].map { bar in
                let actual = activation + (bar == "a" ? 1_000_000 : 3_500_000)
                return try ReceivedRecord(
                    line: chain.append(
                        .light(
                            FirstLight(
                                zone: "stair", bar: bar, activation: activation, planned: activation, actual: actual)),
                        at: MeshInstant(nanoseconds: actual)))
            }
        }
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `what was handed over shows within seconds, to whom it may`(kind: TestStore.Kind) async throws {
        let test = try await TestStore.new(kind)
        let backend = try await onThread { try BackendProcess(store: test.address) }
        let (write, read, all) = try await onThread {
            (
                try BackendProcess.token(store: test.address, "--site", "home"),
                try BackendProcess.token(store: test.address, "--site", "home", "--scope", "read"),
                try BackendProcess.token(store: test.address, "--site", "*", "--scope", "read")
            )
        }
        let lights = try Self.lights(5)
        _ = try await test.store.add(try Self.lights(1, site: "cabin"))
        #expect(try await onThread { try backend.post(lights.map(\.line), token: write).status } == 200)
        @Sendable func get(_ target: String, token: String? = read) async throws -> HTTPExchange {
            try await onThread { try backend.ask("GET", target, token: token) }
        }
        try await eventually(within: .seconds(30), "the activations show") {
            // Of two quarters of an hour, perhaps, which are summed up one after the other.
            try await get("/v1/sites/home/activations").text.components(of: #""bars":2"#) == 5
        }
        let page = try await get("/v1/sites/home/activations?order=newest&limit=3")
        #expect(page.status == 200, "\(page)")
        let rows = try JSON.decode(Rows<Activation>.self, from: page.body)
        try #require(rows.rows.count == 3)
        #expect(rows.rows[0].zone == "stair" && rows.rows[0].spread == 2_500_000)
        #expect(rows.rows[0].at > rows.rows[1].at && rows.next == page.header("Footlight-Next"))
        let rest = try await get("/v1/sites/home/activations?order=newest&after=\(rows.next ?? "")")
        #expect(try JSON.decode(Rows<Activation>.self, from: rest.body).rows.count == 2)
        let csv = try await get("/v1/sites/home/activations?format=csv")
        #expect(csv.text.hasPrefix("at,zone,bars,late,spread\r\n") && csv.text.split(separator: "\r\n").count == 6)
        #expect(csv.header("Content-Disposition") == "attachment; filename=\"home-activations.csv\"")
        let lines = try await get("/v1/sites/home/activations?format=ndjson")
        #expect(lines.header("Content-Type") == "application/x-ndjson")
        #expect(lines.text.split(separator: "\n").count == 5)
        let whole = try await get("/v1/sites/home/motion?timezone=Europe/Rome")
        #expect(whole.status == 200 && whole.text.components(of: "weekday") == 168)
        for target in ["nodes", "health", "sync", "log", "activities", "sync?step=quarter&from=1&to=2&zone=stair"] {
            let answer = try await get("/v1/sites/home/\(target)")
            #expect(answer.status == 200 && answer.text.hasPrefix(#"{"next":null,"rows":["#), "\(target): \(answer)")
        }
        #expect(try await get("/v1/sites/home/nodes/stair-01").text.hasPrefix(#"{"node":"stair-01""#))
        let head = try await onThread { try backend.ask("HEAD", "/v1/sites/home/nodes", token: read) }
        #expect(head.status == 200 && head.body.isEmpty)

        // Who may see what.
        #expect(try await get("/v1/sites").text.components(of: "\"site\"") == 1)
        #expect(try await get("/v1/sites", token: all).text.components(of: "\"site\"") == 2)
        #expect(try await get("/v1/sites/cabin/nodes", token: all).status == 200)
        #expect(try await get("/v1/records?site=cabin", token: all).text.contains(#""site":"cabin""#))
        for (status, text, answer) in [
            (403, "is for site home, not for cabin", try await get("/v1/sites/cabin/nodes")),
            (403, "is for site home, not for cabin", try await get("/v1/records?site=cabin")),
            (403, "is for write, not for read", try await get("/v1/sites/home/nodes", token: write)),
            (401, "no token", try await get("/v1/sites/home/nodes", token: nil)),
            (400, "name one", try await get("/v1/records", token: all)),
            (404, "no record of a node", try await get("/v1/sites/home/nodes/cellar")),
            (400, "site: is not", try await get("/v1/sites/Home/nodes")),
            (400, "node: is not", try await get("/v1/sites/home/nodes/%27")),
            (400, "zones: there is no such parameter", try await get("/v1/sites/home/activations?zones=stair")),
            (400, "from: is not before to", try await get("/v1/sites/home/log?from=5&to=5")),
            (400, "after: is not", try await get("/v1/sites/home/log?after=5")),
            (400, "order: is none of oldest, newest", try await get("/v1/sites/home/log?order=up")),
            (400, "format: is none of json, ndjson, csv", try await get("/v1/sites/home/log?format=xml")),
            (400, "no time zone", try await get("/v1/sites/home/motion?timezone=../../etc/passwd")),
            (400, "at most 8 days", try await get("/v1/sites/home/sync?step=quarter")),
        ] {
            #expect(answer.status == status && answer.text.contains(text), "\(answer)")
        }
        let refused = try await onThread {
            let child = try ChildProcess(
                Programs.path("footlight-backend"),
                ["credential", "add", "--store", test.address, "--site", "*", "--scope", "write"])
            return (try child.waitForEnd(within: .seconds(30)), child.output)
        }
        #expect(refused.0 == .exit(EX_USAGE) && refused.1.contains("* is for --scope read"))
    }
}

extension String {
    /// How often `part` is in it.
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
