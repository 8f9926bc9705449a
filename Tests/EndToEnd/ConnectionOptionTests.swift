import MQTT
import Processes
import TestSupport
import Testing

@Suite struct ConnectionOptionTests {
    private static let site = "site: home\nzones: {stairs: {bars: [a]}}\n"

    @Test func `brokers are tried in turn`() async throws {
        try await TestBroker.with { broker in
            let shell = try Shell(broker.address, site: "home")
            try await shell.apply(Self.site).succeeded()
            let both = "mqtt://127.0.0.1:1,\(broker.address)"
            let result = try await shell.footlight("get", "--broker", both).succeeded()
            #expect(result.output.hasPrefix("home at \(broker.address): "))
            let wrong = try await shell.footlight("get", "--broker", "http://127.0.0.1")
            #expect(wrong.code == 64 && wrong.error.contains("neither mqtt nor mqtts"))
        }
    }

    @Test func `name and password are given, and the broker's no is told of`() async throws {
        let folder = try TemporaryFolder("password")
        let passwords = try folder.write("", to: "passwords")
        let child = try ChildProcess("mosquitto_passwd", ["-b", passwords, "owner", "secret"])
        #expect(try await child.end() == .exit(0))
        // A broker without a listener of its own asks nobody, but checks whoever gives a name.
        try await TestBroker.with(extra: "password_file \(passwords)") { broker in
            let shell = try Shell(broker.address, site: "home")
            let wrong = try folder.write("guess\n", to: "wrong", mode: 0o600)
            let refused = try await shell.footlight("get", "--username", "owner", "--password-file", wrong)
            #expect(refused.code == 77, "\(refused.error)")
            let open = try folder.write("secret\n", to: "open")
            let told = try await shell.footlight("get", "--username", "owner", "--password-file", open)
            #expect(told.code == 65 && told.error.contains("chmod o= \(open)"), "\(told.error)")
            let file = try folder.write("secret\n", to: "secret", mode: 0o600)
            try await shell.apply(Self.site, "--username", "owner", "--password-file", file).succeeded()
            try await shell.footlight("get", "--username", "owner", "--password-file", file).succeeded()
            let empty = try await shell.footlight("get", "--username", "owner", "--password-file", "/dev/null")
            #expect(empty.code == 65 && empty.error.contains("is empty"))
        }
    }

    @Test func `an encrypted broker is believed by the authority that is named, and by no other`() async throws {
        let folder = try TemporaryFolder("tls")
        let (key, certificate) = ("\(folder.path)/key.pem", "\(folder.path)/certificate.pem")
        let openssl = try ChildProcess(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=footlight-test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out",
                certificate,
            ])
        #expect(try await openssl.end() == .exit(0), "\(openssl.output)")
        let port = try FreePort.next()
        // With a listener in its configuration, mosquitto has no other.
        let listener = """
            listener \(port) 127.0.0.1
            allow_anonymous true
            certfile \(certificate)
            keyfile \(key)
            """
        try await TestBroker.with(extra: listener) { _ in
            let address = BrokerAddress(host: "127.0.0.1", port: port, isEncrypted: true)
            let shell = try Shell(address, site: "home")
            try await shell.apply(Self.site, "--ca-file", certificate).succeeded()
            let result = try await shell.footlight("get", "--ca-file", certificate).succeeded()
            #expect(result.output.hasPrefix("home at mqtts://127.0.0.1:"))
            let stranger = try await shell.footlight("get")
            #expect(stranger.code == 69 && stranger.error.contains("certificate"), "\(stranger.error)")
        }
    }

    @Test func `colours and widths are a terminal's`() async throws {
        try await TestBroker.with { broker in
            let shell = try Shell(broker.address, site: "home")
            try await shell.apply(
                "site: home\nzones: {stairs: {bars: [a], sensors: {a-node-of-a-long-name/and-sensor: first}}}\n"
            ).succeeded()
            let program = try Programs.path("footlight")
            func onTerminal(_ environment: [String: String]) async throws -> [String] {
                let call = "stty cols 50; '\(program)' get zones"
                let child = try ChildProcess(
                    "script", ["-qec", call, "/dev/null"],
                    environment: shell.environment.merging(environment) { $1 }.merging(
                        ["PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"]
                    ) { $1 })
                #expect(try await child.end() == .exit(0), "\(child.output)")
                return child.output.split(whereSeparator: \.isNewline).map { String($0) }
            }
            let coloured = try await onTerminal(["TERM": "xterm"])
            #expect(coloured.first?.hasPrefix("\u{1b}[1mZONE\u{1b}[0m") == true)
            for environment in [["TERM": "xterm", "NO_COLOR": "1"], ["TERM": "dumb"]] {
                let plain = try await onTerminal(environment)
                #expect(plain.count == 2)
                for line in plain { #expect(!line.contains("\u{1b}") && line.count <= 50) }
                #expect(plain.first?.hasSuffix("  …") == true)
            }
        }
    }
}
