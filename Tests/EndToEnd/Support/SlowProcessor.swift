import Glibc
import MQTT
import Platform
import Processes
import TestSupport

/// A tenth of one of this machine's cores, for the programs that are started on it: the kernel takes the core away from them
/// for nine of ten milliseconds. Needs root and the kernel's control groups, of either version.
final class SlowProcessor: Sendable {
    /// Before whom the programs on it come.
    enum Priority: Sendable {
        /// Before nobody: they can't have real-time priority.
        case ordinary
        /// They may have real-time priority, of which they get a tenth, too. Only groups of version 1 can do that.
        case realTime
    }

    /// Whether what takes long on it is wanted: `make limits`.
    static let isWanted = getenv("FOOTLIGHT_LIMITS") != nil

    private static let period = 10_000
    private static let quota = 1_000

    private let folder: String
    private let priority: Priority

    private init(_ priority: Priority) throws {
        guard let root = Self.root else { throw TestFailure("no control groups for processors are mounted") }
        self.priority = priority
        folder = "\(root.path)/footlight-limits-\(getpid())-\(UInt32.random(in: .min ... .max))"
        guard mkdir(folder, 0o755) == 0 else {
            throw TestFailure("can't make \(folder): \(String(cString: strerror(errno)))")
        }
        do {
            try root.isOfVersion1
                ? write(["cpu.cfs_period_us": "\(Self.period)", "cpu.cfs_quota_us": "\(Self.quota)"])
                : write(["cpu.max": "\(Self.quota) \(Self.period)"])
            if priority == .realTime {
                guard root.isOfVersion1 else { throw TestFailure("control groups of version 2 can't divide real time") }
                // In this order: until it is known of how long, no more than nothing is allowed.
                try write(["cpu.rt_period_us": "\(Self.period)"])
                try write(["cpu.rt_runtime_us": "\(Self.quota)"])
            }
        } catch {
            rmdir(folder)
            throw error
        }
    }

    /// Those that can be had here; ordinary in any case: where there are no groups a test is to fail, and say so.
    static let priorities: [Priority] = {
        guard let processor = try? SlowProcessor(.realTime) else { return [.ordinary] }
        rmdir(processor.folder)
        return [.ordinary, .realTime]
    }()

    /// Runs a test with one; all programs on it are to be ended by then.
    static func with<Result: Sendable>(
        _ priority: Priority, isolation: isolated (any Actor)? = #isolation,
        _ body: (SlowProcessor) async throws -> Result
    ) async throws -> Result {
        let processor = try SlowProcessor(priority)
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(processor)) } catch { result = .failure(error) }
        // Whoever was killed just now is in it until the kernel has buried it.
        let folder = processor.folder
        try? await eventually(within: .seconds(10), "\(folder) is empty") { rmdir(folder) == 0 }
        return try result.get()
    }

    /// What starts a program on it.
    func starting(_ program: String, _ arguments: [String]) -> (program: String, arguments: [String]) {
        // Root could have real-time priority wherever it is, and the quota isn't for that.
        let limits = priority == .ordinary ? ["/usr/bin/setpriv", "--bounding-set", "-sys_nice", "--"] : []
        let script = #"echo $$ > "$0" && exec "$@""#
        return ("/bin/sh", ["-c", script, "\(folder)/cgroup.procs"] + limits + [program] + arguments)
    }

    /// What part of a core a program that never rests gets on it, by a trial of a second.
    func trial() async throws -> Double {
        let (program, arguments) = starting("/bin/sh", ["-c", "while :; do :; done"])
        let child = try ChildProcess(program, arguments)
        defer { child.signal(SIGKILL) }
        let began = (MonotonicClock.now, child.processorTime)
        try await Task.sleep(for: .seconds(1))
        return Double(child.processorTime - began.1) / Double(MonotonicClock.now - began.0)
    }

    private func write(_ values: [String: String]) throws {
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            let file = open("\(folder)/\(name)", O_WRONLY)
            defer { close(file) }
            guard file >= 0, Glibc.write(file, value, value.utf8.count) == value.utf8.count else {
                throw TestFailure("can't set \(name) to \(value): \(String(cString: strerror(errno)))")
            }
        }
    }

    /// Where groups are made.
    private static let root: (path: String, isOfVersion1: Bool)? = {
        guard let file = fopen("/proc/mounts", "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 262_144)
        let count = fread(&bytes, 1, bytes.count, file)
        let lines = String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: "\n")
        let mounts = lines.map { $0.split(separator: " ") }.filter { $0.count > 3 }
        if let mount = mounts.first(where: { $0[2] == "cgroup" && $0[3].split(separator: ",").contains("cpu") }) {
            return (String(mount[1]), true)
        }
        return mounts.first { $0[2] == "cgroup2" }.map { (String($0[1]), false) }
    }()
}

extension ChildProcess {
    /// How long it has worked so far, nanoseconds.
    var processorTime: Int64 {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(pid, &clock) == 0, clock_gettime(clock, &time) == 0 else { return 0 }
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
