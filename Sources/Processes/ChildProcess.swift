import Glibc
import MQTT
import Platform

/// A program started by this one, its output captured, ended when the object goes or this process dies.
///
/// Its methods block with a deadline; from a task, call them inside ``onThread(_:)`` or use the async ones.
public final class ChildProcess: Sendable {
    /// The way in which a process ended.
    public enum Ending: Sendable, Hashable {
        /// By itself, with this code.
        case exit(Int32)
        /// By this signal.
        case signal(Int32)
    }

    private struct State: Sendable {
        var output: [UInt8] = []
        /// How much of the output had been read by when.
        var arrivals: [(count: Int, instant: Int64)] = []
        var isOutputComplete = false
        var ending: Ending?
    }

    /// The program and its arguments, for messages.
    public let name: String
    /// Its process id. It stays valid until ``ending`` is there.
    public let pid: Int32
    private let state = Monitor(State())

    /// Starts a program. A name without a slash is looked for in `PATH`, `/usr/sbin` and `/sbin`.
    /// - Throws: ``ProcessFailure`` if it can't be found or started.
    public init(
        _ program: String, _ arguments: [String] = [], folder: String? = nil, environment: [String: String]? = nil
    )
        throws
    {
        let path = try Self.find(program)
        let started = try Spawner.spawn(
            path, arguments, folder: folder, environment: environment ?? Self.ownEnvironment)
        name = ([program] + arguments).joined(separator: " ")
        pid = started.pid
        let (state, pid, output) = (state, started.pid, started.output)
        _ = DetachedThread.start {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(output, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { break }
                state.change {
                    $0.output += buffer[..<count]
                    $0.arrivals.append(($0.output.count, MonotonicClock.now))
                }
            }
            close(output)
            state.change { $0.isOutputComplete = true }
        }
        _ = DetachedThread.start {
            var info = siginfo_t()
            // Awaited without reaping, then reaped with the lock held: nobody signals a pid that is another's by now.
            while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) == -1, errno == EINTR {}
            state.change {
                var status: Int32 = 0
                waitpid(pid, &status, 0)
                let signal = status & 0x7F
                $0.ending = signal == 0 ? .exit((status >> 8) & 0xFF) : .signal(signal)
            }
        }
    }

    deinit {
        signal(SIGKILL)
    }

    /// The way in which it ended, or nil while it runs.
    public var ending: Ending? { state.change { $0.ending } }

    /// Everything it has written so far, to standard output and error.
    public var output: String { state.change { String(decoding: $0.output, as: UTF8.self) } }

    /// The whole lines among ``output``, each with the instant by which it had been read, nanoseconds of the monotonic
    /// clock.
    public var lines: [(instant: Int64, text: String)] {
        let state = state.change { $0 }
        var arrivals = state.arrivals[...]
        var start = 0
        return state.output.indices.filter { state.output[$0] == 0x0a }.map { end in
            while let first = arrivals.first, first.count <= end { arrivals.removeFirst() }
            defer { start = end + 1 }
            return (arrivals.first?.instant ?? 0, String(decoding: state.output[start..<end], as: UTF8.self))
        }
    }

    /// Sends a signal, if it still runs.
    public func signal(_ number: Int32) {
        state.change { if $0.ending == nil { _ = kill(pid, number) } }
    }

    /// Blocks until it has ended and all its output is there.
    /// - Throws: ``ProcessFailure`` after `limit`; it goes on running then.
    @discardableResult
    public func waitForEnd(within limit: Duration = .seconds(10)) throws -> Ending {
        let ending = state.wait(within: limit) { $0.isOutputComplete ? $0.ending : nil }
        guard let ending else { throw ProcessFailure("\(name) did not end within \(limit); it wrote:\n\(output)") }
        return ending
    }

    /// Blocks until its output contains a text, or one of several.
    /// - Throws: ``ProcessFailure`` after `limit`, or when it ends without.
    public func waitForOutput(_ texts: String..., within limit: Duration = .seconds(10)) throws {
        let isThere = state.wait(within: limit) { state -> Bool? in
            let output = String(decoding: state.output, as: UTF8.self)
            if texts.contains(where: { output.contains($0) }) { return true }
            return state.isOutputComplete && state.ending != nil ? false : nil
        }
        guard isThere == true else {
            throw ProcessFailure(
                "\(name) did not write \"\(texts.joined(separator: "\" or \""))\" within \(limit); it wrote:\n\(output)"
            )
        }
    }

    /// Whether it blocks a signal, by /proc/PID/status: an agent reads what it waits for, and before that would end by it.
    package func blocks(_ number: Int32) -> Bool {
        guard let file = fopen("/proc/\(pid)/status", "r") else { return false }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 8192)
        let count = fread(&bytes, 1, bytes.count, file)
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("SigBlk:") }),
            let blocked = UInt64(line.dropFirst(7).drop { $0.isWhitespace }, radix: 16)
        else { return false }
        return blocked & (1 << UInt64(number - 1)) != 0
    }

    /// The last lines that it wrote.
    package func lastLines(_ count: Int) -> [Substring] { output.split(separator: "\n").suffix(count) }

    /// Ends it: SIGTERM, and SIGKILL if it takes longer than `limit`. Blocks until it is gone.
    @discardableResult
    public func stop(within limit: Duration = .seconds(5)) throws -> Ending {
        signal(SIGTERM)
        if let ending = state.wait(within: limit, for: { $0.ending }) { return ending }
        signal(SIGKILL)
        return try waitForEnd()
    }

    /// Awaits its end as ``waitForEnd(within:)`` does.
    @discardableResult
    public func end(within limit: Duration = .seconds(10)) async throws -> Ending {
        try await onThread { try self.waitForEnd(within: limit) }
    }

    private static let ownEnvironment: [String: String] = {
        var result: [String: String] = [:]
        var place = environ
        while let entry = place.pointee {
            let parts = String(cString: entry).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { result[String(parts[0])] = String(parts[1]) }
            place += 1
        }
        return result
    }()

    private static func find(_ program: String) throws -> String {
        if program.contains("/") { return program }
        let folders = (ownEnvironment["PATH"] ?? "").split(separator: ":").map { String($0) } + ["/usr/sbin", "/sbin"]
        for folder in folders where access("\(folder)/\(program)", X_OK) == 0 { return "\(folder)/\(program)" }
        throw ProcessFailure("\(program) is not installed (looked in \(folders.joined(separator: ", ")))")
    }
}
