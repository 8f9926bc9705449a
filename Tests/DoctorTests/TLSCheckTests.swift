import Glibc
import Hardware
import NodeFile
import Processes
import TestSupport
import Testing

@testable import Doctor

/// With certificates made by the `openssl` command; without it there is nothing to test with.
@Suite("What the doctor finds of TLS", .enabled(if: access("/usr/bin/openssl", X_OK) == 0))
struct TLSCheckTests {
    private static func openssl(_ arguments: String, in root: FakeRoot) async throws {
        let process = try ChildProcess("openssl", arguments.split(separator: " ").map(String.init), folder: root.path)
        guard try await process.end() == .exit(0) else { throw TestFailure(process.output) }
    }

    /// A certificate for `localhost` and its key.
    private static func certificate(days: Int, in root: FakeRoot) async throws {
        try await openssl(
            "req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -out request.pem "
                + "-subj /CN=localhost -addext subjectAltName=DNS:localhost", in: root)
        try await openssl(
            "x509 -req -in request.pem -signkey key.pem -days \(days) -copy_extensions copy -out certificate.pem",
            in: root)
    }

    private func checkup(_ root: FakeRoot, port: UInt16 = 8883) throws -> Checkup {
        let text = """
            site: home
            node: stair-01
            brokers: ["mqtts://localhost:\(port)"]
            tls: {ca: /certificate.pem, certificate: /certificate.pem, key: /key.pem}
            sensors: [{name: bottom, input: simulated}]
            """
        return Checkup(try AgentFile(text: text, file: "some.yaml"), board: root.board)
    }

    @Test(arguments: [(400, Finding.Verdict.fine), (10, .warning), (-1, .fault)])
    func `dates`(_ days: Int, _ verdict: Finding.Verdict) async throws {
        let root = try FakeRoot()
        try await Self.certificate(days: days, in: root)
        let found = try await checkup(root).tls()
        #expect(found.map(\.verdict) == [verdict, verdict, .fine], "\(found)")
    }

    @Test
    func `files that aren't there, or hold something else, or are everybody's`() async throws {
        let root = try FakeRoot()
        let checkup = try checkup(root)
        #expect(await checkup.tls().map(\.verdict) == [.fault, .fault, .fault])
        try await Self.certificate(days: 400, in: root)
        try root.write("not a certificate\n", to: "/certificate.pem")
        chmod("\(root.path)/key.pem", 0o644)
        let found = await checkup.tls()
        #expect(found.map(\.verdict) == [.fault, .fault, .fault])
        #expect(found[0].found.contains("no certificate"))
    }

    @Test
    func `a broker whose certificate our authority vouches for, and one whose it doesn't`() async throws {
        let root = try FakeRoot()
        try await Self.certificate(days: 400, in: root)
        let port = try FreePort.next()
        let extra = """
            listener \(port) 127.0.0.1
            certfile \(root.path)/certificate.pem
            keyfile \(root.path)/key.pem
            allow_anonymous true
            """
        try await TestBroker.with(extra: extra) { _ in
            let found = try await checkup(root, port: port).brokers()
            #expect(found.first?.verdict == .fine, "\(found)")

            let other = try FakeRoot()
            try await Self.certificate(days: 400, in: other)
            let refused = try await checkup(other, port: port).brokers()
            #expect(refused.map(\.verdict) == [.fault], "\(refused)")
            #expect(refused[0].remedy?.contains("tls") == true, "\(refused)")
        }
    }
}
