private import Glibc
package import Processes

/// A program of ours under strace, which writes down each call that has to do with the network.
///
/// Calls of `timerfd_create` are written too, so that nothing seen of the network isn't because nothing is seen.
package final class TracedProcess: Sendable {
    /// strace itself, with the program's output.
    package let process: ChildProcess
    private let folder: TemporaryFolder
    private let name: String

    /// Whether strace is installed.
    package static let isPossible = access("/usr/bin/strace", X_OK) == 0

    /// Starts a program; its calls go to the file `name` in `folder`.
    package init(_ program: String, _ arguments: [String], calls name: String, in folder: TemporaryFolder) throws {
        (self.name, self.folder) = (name, folder)
        let trace = ["-f", "-qq", "-e", "trace=%network,timerfd_create", "-o", "\(folder.path)/\(name)"]
        process = try ChildProcess("strace", trace + [try Programs.path(program)] + arguments)
    }

    deinit {
        // strace alone would leave the program.
        signal(SIGKILL)
        process.signal(SIGKILL)
    }

    /// The calls so far, a line each, with the thread's id before it.
    package func calls() throws -> String { String(decoding: try folder.contents(of: name), as: UTF8.self) }

    /// Awaits that the program's loop runs.
    package func awaitLoop() async throws {
        try await eventually(within: .seconds(20), "its loop runs") { try self.calls().contains("timerfd_create") }
    }

    /// Sends the program a signal, once its loop runs.
    package func signal(_ number: Int32) {
        guard process.ending == nil, let pid = (try? calls()).flatMap({ Int32($0.prefix { $0.isNumber }) }) else {
            return
        }
        kill(pid, number)
    }
}
