import Glibc
import MQTT
import Processes
import TestSupport
import Testing

/// What becomes of the terminal that a command is started at, and of a pipe that nobody reads any more.
@Suite struct TerminalTests {
    private static let screen = "\u{1b}[?1049h"

    private static func withSite(_ body: (Shell) async throws -> Void) async throws {
        try await TestBroker.with { broker in
            let shell = try Shell(broker.address, site: "home")
            try await shell.apply("site: home\nzones: {stairs: {bars: [a]}}\n").succeeded()
            try await body(shell)
        }
    }

    /// Starts `script` in a shell whose standard input is a terminal; its `$1` is `footlight`.
    private static func start(_ script: String, at terminal: PseudoTerminal, _ shell: Shell) throws -> ChildProcess {
        try ChildProcess(
            "/bin/sh", ["-c", "exec <\"$2\"; \(script)", "sh", try Programs.path("footlight"), terminal.path],
            environment: shell.environment.merging(["PATH": "/usr/bin:/bin", "TERM": "xterm"]) { $1 })
    }

    @Test(arguments: ["watch stairs", "health --watch"])
    func `into a pipe a live command leaves the keyboard's terminal alone, and writes no codes`(
        command: String
    ) async throws {
        try await Self.withSite { shell in
            let terminal = try PseudoTerminal()
            #expect(terminal.isAtPrompt)
            let child = try Self.start("\"$1\" \(command) | cat", at: terminal, shell)
            try await onThread { try child.waitForOutput("stairs", within: .seconds(15)) }
            #expect(terminal.isAtPrompt)
            #expect(!child.output.contains("\u{1b}"), "\(child.output)")
            #expect(terminal.heard().isEmpty)
        }
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
    func `whoever is ended while it draws gives the terminal back as it was`(ending: Int32) async throws {
        try await Self.withSite { shell in
            let terminal = try PseudoTerminal()
            let child = try Self.start("exec \"$1\" watch stairs >\"$2\"", at: terminal, shell)
            let heard = Monitor("")
            @Sendable func listen() -> String {
                heard.change {
                    $0 += String(decoding: terminal.heard(), as: UTF8.self)
                    return $0
                }
            }
            try await eventually(within: .seconds(15), "it draws") {
                listen().contains(Self.screen) && !terminal.isAtPrompt
            }
            child.signal(ending)
            #expect(try await child.end() == .signal(ending))
            #expect(terminal.isAtPrompt)
            #expect(listen().hasSuffix("\u{1b}[?25h\u{1b}[?1049l"), "\(listen().suffix(80).debugDescription)")
        }
    }

    @Test func `who watches for a reader that has gone ends, as any program in a pipe`() async throws {
        var plan = StaircasePlan()
        plan.bars = 1
        try await Staircase.with(plan) { stairs in
            let child = try ChildProcess(
                "/bin/sh", ["-c", "\"$1\" watch stairs | head -n 1", "sh", try Programs.path("footlight")],
                environment: stairs.environment.merging(["PATH": "/usr/bin:/bin"]) { $1 })
            try await onThread { try child.waitForOutput("stairs dark", within: .seconds(15)) }
            // With the next change it finds out.
            try await stairs.footlight("on", "stairs").succeeded()
            #expect(try await child.end(within: .seconds(15)) == .exit(0))
        }
    }

    @Test func `a server that hangs up in the TLS handshake ends a command with a word, not by a signal`() async throws
    {
        let server = try FakeBroker { _ in }
        for _ in 0..<4 {
            let result = try await CommandResult.footlight(["get", "--broker", "mqtts://127.0.0.1:\(server.port)"])
            #expect(result.code == 77, "\(result)")
            #expect(result.error.contains("hung up before it answered"), "\(result.error)")
        }
    }
}
