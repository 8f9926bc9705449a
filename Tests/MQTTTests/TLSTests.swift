import Glibc
import MQTT
import Processes
import TestSupport
import Testing

/// With certificates made by the `openssl` command; without it there is nothing to test with.
@Suite(.enabled(if: access("/usr/bin/openssl", X_OK) == 0)) struct TLSTests {
    /// A broker with an `mqtts` listener too, whose certificate is for `localhost`.
    private static func withBroker(_ body: (_ port: UInt16, _ authority: String) async throws -> Void) async throws {
        var template = Array("/tmp/footlight-tls-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw TestFailure("no folder in /tmp") }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            unlink("\(folder)/key.pem")
            unlink("\(folder)/certificate.pem")
            rmdir(folder)
        }
        let openssl = try ChildProcess(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-keyout", "key.pem", "-out", "certificate.pem", "-subj", "/CN=localhost", "-addext",
                "subjectAltName=DNS:localhost",
            ], folder: folder)
        guard try await openssl.end() == .exit(0) else { throw TestFailure(openssl.output) }
        let port = try FreePort.next()
        let extra = """
            listener \(port) 127.0.0.1
            certfile \(folder)/certificate.pem
            keyfile \(folder)/key.pem
            allow_anonymous true
            """
        try await TestBroker.with(extra: extra) { _ in try await body(port, "\(folder)/certificate.pem") }
    }

    private static func outcome(host: String, port: UInt16, _ tls: TLSOptions) async throws -> (
        events: [MQTTEvent], longestWait: Duration
    ) {
        try await onThread {
            var configuration = MQTTConfiguration(
                addresses: [BrokerAddress(host: host, port: port, isEncrypted: true)], clientID: "secret")
            configuration.tls = tls
            let driver = try ConnectionDriver(configuration)
            try driver.connection.subscribe([MQTTSubscription("x")])
            try driver.connection.publish(MQTTMessage(topic: "x", text: "hush"))
            try driver.run("message or refusal") { $0.message != nil || $0.isRefused }
            try driver.close()
            return (driver.events, driver.longestWait)
        }
    }

    @Test func `speaks TLS to a broker whose authority it trusts, by name`() async throws {
        try await Self.withBroker { port, authority in
            // A busy disk may keep it waiting for the certificate's file once; a handshake that blocks does so each time.
            var waits: [Duration] = []
            while waits.isEmpty || waits.count < 3 && waits.min() ?? .zero >= .milliseconds(200) {
                let outcome = try await Self.outcome(
                    host: "localhost", port: port, TLSOptions(authorityFile: authority))
                #expect(outcome.events.contains { $0.message?.text == "hush" }, "\(outcome.events)")
                waits.append(outcome.longestWait)
            }
            #expect(waits.min() ?? .zero < .milliseconds(200), "\(waits)")
        }
    }

    @Test func `refuses a stranger's certificate, another host's, and names what to check`() async throws {
        try await Self.withBroker { port, authority in
            let stranger = try await Self.outcome(host: "localhost", port: port, TLSOptions())
            #expect(stranger.events.first { $0.isRefused }?.trouble?.code == .tls, "\(stranger.events)")
            let other = try await Self.outcome(host: "127.0.0.1", port: port, TLSOptions(authorityFile: authority))
            #expect(other.events.first { $0.isRefused }?.trouble?.code == .tls, "\(other.events)")
            let lenient = try await Self.outcome(
                host: "127.0.0.1", port: port, TLSOptions(authorityFile: authority, acceptsAnyHostName: true))
            #expect(lenient.events.contains { $0.message?.text == "hush" }, "\(lenient.events)")
            let missing = try await Self.outcome(
                host: "localhost", port: port, TLSOptions(authorityFile: "/no/such/file.pem"))
            #expect(
                missing.events.first { $0.isRefused }?.trouble?.description.contains("/no/such/file.pem") == true,
                "\(missing.events)")
        }
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `a closed port is told of as one without TLS: nobody listens there`(host: String) async throws {
        let port = try FreePort.next()
        let outcome = try await Self.outcome(host: host, port: port, TLSOptions())
        let trouble = outcome.events.first { $0.isRefused }?.trouble
        #expect(trouble?.code == .unreachable, "\(outcome.events)")
        #expect(
            trouble?.description.hasPrefix(
                "no broker at mqtts://\(host):\(port) (connection refused): nobody listens there; ") == true,
            "\(outcome.events)")
    }

    @Test func `a broker without TLS is told of as such, not by its certificate`() async throws {
        let server = try FakeBroker { $0.send(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)) }
        let outcome = try await Self.outcome(host: "127.0.0.1", port: server.port, TLSOptions())
        let trouble = outcome.events.first { $0.isRefused }?.trouble
        #expect(trouble?.code == .tls)
        #expect(trouble?.description.contains("doesn't speak TLS") == true, "\(outcome.events)")
    }

    @Test func `a server that hangs up on the handshake is told of, and no handshake spins`() async throws {
        // Once with what was sent unread, which resets the connection, and once in good order.
        for isReading in [false, true] {
            let server = try FakeBroker { peer in if isReading { _ = peer.packet() } }
            let (trouble, wakeUps) = try await onThread {
                let driver = try ConnectionDriver(
                    MQTTConfiguration(
                        addresses: [BrokerAddress(host: "127.0.0.1", port: server.port, isEncrypted: true)],
                        clientID: "secret"))
                try driver.run("refused", within: .seconds(2)) { $0.isRefused }
                try driver.close()
                return (driver.events.compactMap(\.trouble).first, driver.wakeUps)
            }
            #expect(
                trouble?.description.contains(" hung up before it answered (") == true, "\(String(describing: trouble))"
            )
            #expect(wakeUps < 50)
        }
    }
}
