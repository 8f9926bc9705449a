import Backend
import Lighting
import Platform
import Processes
import Telemetry
import TestSupport
import Testing

@testable import Backend
@testable import Fleet

/// SQL in every text that comes from outside.
@Suite struct InjectionTests {
    private static let texts = [
        "'", "\"", "\\", "' OR '1'='1", "'; DROP TABLE record; --", "') UNION SELECT token FROM credential --",
        "home' --",
        "$1", "?1", ":1", "%27%20OR%201=1", "1; SELECT pg_sleep(9)", "' || (SELECT version()) || '", "{\"$ne\":1}",
        "/*", "*", "%",
        "_", "cabin", "home/cabin", "\u{2019} OR 1=1", "'\u{1F4A1}'",
    ]

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count < 2 ? "0" : "") + digits
        }.joined()
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `in requests it finds nothing, fails nothing and changes nothing`(kind: TestStore.Kind) async throws {
        let test = try await TestStore.new(kind)
        let start = MeshInstant(nanoseconds: RealTimeClock.now - 3_600_000_000_000)
        _ = try await test.store.add(try Records.chain(30, from: start))
        _ = try await test.store.add(try Records.chain(30, node: "vault-door", site: "cabin", from: start))
        while try await test.store.summarise().done > 0 {}
        try await onThread {
            let backend = try BackendProcess(store: test.address)
            let read = try BackendProcess.token(store: test.address, "--site", "home", "--scope", "read")
            let write = try BackendProcess.token(store: test.address, "--site", "home")
            var targets: [String] = []
            for text in Self.texts.map(Self.escaped) {
                targets += [
                    "/v1/records?node=\(text)", "/v1/records?kind=\(text)", "/v1/records?from=\(text)",
                    "/v1/records?site=\(text)",
                    "/v1/records?after=1/\(text)/x/1/\(String(repeating: "0", count: 64))", "/v1/records?\(text)=1",
                    "/v1/sites?after=\(text)", "/v1/sites/\(text)/nodes", "/v1/sites/home/nodes/\(text)",
                    "/v1/sites/home/activations?zone=\(text)", "/v1/sites/home/activations?after=1/\(text)",
                    "/v1/sites/home/health?node=\(text)", "/v1/sites/home/health?after=1/\(text)/\(text)/\(text)/1",
                    "/v1/sites/home/log?after=1/\(text)/\(text)/1", "/v1/sites/home/log?order=\(text)",
                    "/v1/sites/home/log?format=\(text)",
                    "/v1/sites/home/activities?after=1/\(text)", "/v1/sites/home/motion?timezone=\(text)",
                    "/v1/sites/home/sync?step=\(text)", "/sites/home/nodes/stair-01?after=1/\(text)/\(text)/1",
                    "/sites/home?span=\(text)", "/login?next=\(text)", "/\(text)",
                ]
            }
            for target in targets {
                let answer = try backend.ask("GET", target, token: read)
                #expect(answer.status > 0 && answer.status < 500, "\(target): \(answer)")
                #expect(!answer.text.contains("vault-door"), "\(target): \(answer)")
            }
            for text in Self.texts {
                #expect(try backend.ask("GET", "/v1/sites", token: text).status == 401)
                let form = Array(
                    "token=\(Self.escaped(text))&timezone=\(Self.escaped(text))&next=\(Self.escaped(text))".utf8)
                #expect([400, 401].contains(try backend.ask("POST", "/login", body: form).status))
            }
            #expect(try backend.post([Array("x".utf8)], token: write).status == 422)
            #expect(backend.process.ending == nil)
        }
        var verification = Verification { Issue.record("\($0)") }
        #expect(try await verification.run(test.store, site: nil) == 60)
        #expect(
            try await History(store: test.store).sites(only: nil, at: RealTimeClock.now).rows.map(\.nodes) == [1, 1])
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `in records it comes back as it went in`(kind: TestStore.Kind) async throws {
        let test = try await TestStore.new(kind)
        let history = History(store: test.store)
        var chain = RecordChain(site: "home", node: "fleet-1", boot: "b.1_-")
        let start = Records.now
        var records: [ReceivedRecord] = []
        for (index, text) in Self.texts.enumerated() {
            let at = start + .seconds(index)
            let activity = Activity(
                id: text, kind: .update, node: "stair-01", cause: text, began: at.nanoseconds, status: .failed,
                step: .reboot,
                detail: text)
            for body in [
                RecordBody.log(LogLine(level: .warning, text: text)),
                .health(HealthTransition(node: "stair-01", status: .unhealthy, cause: text)),
                .activity(GroupActivity(zone: "stair", activity: activity)),
                .sample(MetricSample(name: text, value: 1, unit: String(text.prefix(4)))),
            ] { records.append(try ReceivedRecord(line: chain.append(body, at: at))) }
        }
        #expect(try await test.store.add(records) == records.count)
        while true {
            let progress = try await test.store.summarise()
            #expect(progress.faults == [])
            if progress.done == 0 { break }
        }
        let asked = HistoryQuery(site: "home", from: 0, to: .max)
        #expect(try await history.log(asked).rows.map(\.text) == Self.texts)
        #expect(try await history.health(asked).rows.map(\.cause) == Self.texts)
        let activities = try await history.activities(asked).rows
        #expect(activities.map(\.id) == Self.texts && activities.map(\.detail) == Self.texts)
        #expect(try await test.store.records(RecordQuery(site: "home")).lines == records.map(\.line))
        #expect(try await history.nodes("home").map(\.verdictCause) == [nil, Self.texts.last])
    }
}
