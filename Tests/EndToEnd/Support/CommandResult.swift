import FoundationEssentials
import Mesh
import Processes
import TestSupport

/// What a run of `footlight` came to.
struct CommandResult: Sendable {
    /// How it was called, for messages.
    let call: String
    /// Its exit code; nil if a signal ended it.
    let code: Int32?
    /// What it wrote to standard output.
    let output: String
    /// What it wrote to standard error.
    let error: String

    /// Runs `footlight` to its end, with nothing in its environment but `environment`.
    ///
    /// - Throws: `TestFailure` if it takes longer than `limit`.
    static func footlight(
        _ arguments: [String], of release: Release = .present, environment: [String: String] = [:],
        within limit: Duration = .seconds(20)
    ) async throws -> CommandResult {
        let folder = try TemporaryFolder("command")
        // The shell parts what a child otherwise writes into one pipe.
        let script = "program=$1 error=$2; shift 2; exec \"$program\" \"$@\" 2>\"$error\""
        let child = try ChildProcess(
            "/bin/sh", ["-c", script, "sh", try release.path("footlight"), folder.path + "/error"] + arguments,
            environment: environment)
        let ending = try await child.end(within: limit)
        let error = String(decoding: try folder.contents(of: "error"), as: UTF8.self)
        let code: Int32? = if case .exit(let code) = ending { code } else { nil }
        return CommandResult(
            call: "footlight " + arguments.joined(separator: " "), code: code, output: child.output, error: error)
    }

    /// The output as JSON of a type.
    func json<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(output.utf8))
        } catch {
            throw TestFailure("\(call) printed no such JSON (\(error)):\n\(output)\(self.error)")
        }
    }

    /// Itself, if it went well.
    ///
    /// - Throws: `TestFailure` with all that it wrote.
    @discardableResult
    func succeeded() throws -> CommandResult {
        guard code == 0 else {
            throw TestFailure("\(call) ended with \(code.map { "\($0)" } ?? "a signal"):\n\(output)\(error)")
        }
        return self
    }
}
