import ArgumentParser
import Glibc
import TestSupport
import Testing

@testable import footlight

/// Commands as people write them: as the README has them, with slips of the pen, and their help.
@Suite struct CommandWordsTests {
    /// The calls of `footlight` that a document's blocks have, comments left out.
    private static func calls(in document: String) throws -> [[String]] {
        var isInside = false
        return try Repository.text(document).split(separator: "\n").compactMap { line in
            if line.hasPrefix("```") { isInside.toggle() }
            guard isInside, line.hasPrefix("footlight ") else { return nil }
            let words = line.split(separator: " ").prefix { !["#", ">", "|"].contains($0.prefix(1)) }
            return words.dropFirst().map { word in String(word.filter { $0 != "'" }) }
        }
    }

    @Test(arguments: ["README.md", "docs/brokers.md", "docs/replay.md", "docs/topology.md", "docs/cookbook.md"])
    func `each command that a document shows is one, with options that it has`(document: String) throws {
        let calls = try Self.calls(in: document)
        if document == "README.md" { #expect(calls.count > 10) }
        for call in calls { #expect(throws: Never.self, "\(call)") { _ = try Footlight.parseAsRoot(call) } }
    }

    @Test(
        arguments: [
            (["aply", "site.yaml"], "footlight has no command \"aply\"; did you mean apply? (footlight --help)"),
            (["fleet", "refesh", "start"], "footlight fleet has no command \"refesh\"; did you mean refresh?"),
            (
                ["fleet", "refresh", "strat", "x"],
                "footlight fleet refresh has no command \"strat\"; did you mean start?"
            ),
            (["topology", "migrat"], "footlight topology has no command \"migrat\"; did you mean migrate?"),
            (["sensor", "x"], "footlight sensor has no command \"x\"; there is only learn (footlight sensor --help)"),
        ] as [([String], String)])
    func `a command that isn't there is told of with the one that was meant`(arguments: [String], words: String)
        async throws
    {
        let result = try await CommandResult.footlight(arguments)
        #expect(result.code == 64 && result.output.isEmpty)
        #expect(result.error.contains(words), "\(result.error)")
        #expect(result.error.split(separator: "\n").count == 1, "\(result.error)")
    }

    @Test func `what is wrong with a command that is there is told as ever`() async throws {
        let missing = try await CommandResult.footlight(["apply"])
        #expect(missing.code == 64 && missing.error.contains("Missing expected argument '<FILE>'"), "\(missing.error)")
        let version = try await CommandResult.footlight(["--version"])
        #expect(version.code == 0 && version.output == "0.1.0\n", "\(version.output)")
    }

    /// All commands, by their words.
    private static func commands(
        of command: any ParsableCommand.Type = Footlight.self, _ path: [String] = []
    ) -> [[String]] {
        [path] + command.configuration.subcommands.flatMap { commands(of: $0, path + [$0._commandName]) }
    }

    @Test func `help and words about usage fit eighty columns`() async throws {
        let commands = Self.commands()
        #expect(commands.count > 40)
        for command in commands {
            let help = try await CommandResult.footlight(command + ["--help"]).succeeded()
            let wrong = try await CommandResult.footlight(command + ["--no-such-option"])
            #expect(help.output.contains("USAGE: footlight") && wrong.code == 64)
            // What is wrong stands in one line, for whoever looks for it.
            for line in (help.output + wrong.error).split(separator: "\n") where !line.hasPrefix("Error: ") {
                #expect(line.count <= 80, "\(command): \(line)")
            }
        }
    }
}
