import Glibc
import MQTT
import Platform

/// The one thread that starts all child processes. The kernel's parent-death signal comes when the *thread* that
/// started a child ends, so a thread that lives as long as the process must start them.
enum Spawner {
    private typealias Work = @Sendable () -> Void

    private typealias CloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
    private typealias ChangeFolder =
        @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>) -> Int32

    // GNU's functions, which Swift's Glibc module leaves out.
    private static let closeFrom = unsafeBitCast(
        dlsym(nil, "posix_spawn_file_actions_addclosefrom_np"), to: CloseFrom?.self)
    private static let changeFolder = unsafeBitCast(
        dlsym(nil, "posix_spawn_file_actions_addchdir_np"), to: ChangeFolder?.self)

    private static let queue: Monitor<[Work]> = {
        let queue = Monitor<[Work]>([])
        _ = DetachedThread.start {
            while true {
                let work = queue.wait(within: .seconds(3600)) { $0.isEmpty ? nil : $0.removeFirst() }
                work?()
            }
        }
        return queue
    }()

    /// Starts a program, its standard input empty, its output on a pipe. Returns its pid and the pipe.
    static func spawn(_ path: String, _ arguments: [String], folder: String?, environment: [String: String])
        throws -> (pid: pid_t, output: Int32)
    {
        let outcome = Monitor<Result<(pid: pid_t, output: Int32), ProcessFailure>?>(nil)
        let work: Work = {
            let result = start(path, arguments, folder: folder, environment: environment)
            outcome.change { $0 = result }
        }
        queue.change { $0.append(work) }
        guard let result = outcome.wait(within: .seconds(30), for: { $0 }) else {
            throw ProcessFailure("starting \(path) took too long")
        }
        return try result.get()
    }

    private static func start(_ path: String, _ arguments: [String], folder: String?, environment: [String: String])
        -> Result<(pid: pid_t, output: Int32), ProcessFailure>
    {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return .failure(ProcessFailure("no pipe for \(path)")) }
        _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
        defer { close(ends[1]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
        // A socket inherited by a child would stay open when its owner closes it.
        _ = closeFrom?(&actions, 3)
        if let folder { _ = changeFolder?(&actions, folder) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        let words = ["/usr/bin/setpriv", "--pdeathsig", "KILL", "--", path] + arguments
        var argv = words.map { strdup($0) } + [nil]
        var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for word in argv + envp { free(word) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, words[0], &actions, &attributes, &argv, &envp)
        guard code == 0 else {
            close(ends[0])
            return .failure(ProcessFailure("can't start \(path): \(String(cString: strerror(code)))"))
        }
        return .success((pid, ends[0]))
    }
}
