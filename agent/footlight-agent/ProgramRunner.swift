internal import CLinux
internal import Glibc

/// Runs the operator's programs, one at a time, for all of an agent's nodes.
final class ProgramRunner {
    /// The way back, as a program and its arguments, from another agent that was installed and is to take over now; nil:
    /// none was.
    var wayBack: [String]?

    private var running: (pid: pid_t, program: String, finish: (_ failure: String?) -> Void)?

    /// Starts a program with its arguments, as an ordinary one: our blocked signals aren't its own, nor is our priority, nor
    /// our descriptors, but for the log.
    ///
    /// - Parameter finish: called when it has ended, with why it failed, if it did.
    func run(_ words: [String], finish: @escaping (_ failure: String?) -> Void) {
        guard running == nil else { return finish("another command is being run; ask again when it has ended") }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var arguments = words.map { strdup($0) } + [nil]
        defer { for word in arguments { free(word) } }
        footlight_close_on_exec()
        var pid: pid_t = 0
        let code = posix_spawnp(&pid, words[0], nil, &attributes, &arguments, environ)
        guard code == 0 else { return finish("can't start \(words[0]): \(String(cString: strerror(code)))") }
        running = (pid, words[0], finish)
    }

    /// SIGCHLD came: has it ended?
    func reap() {
        var status: Int32 = 0
        guard let running, waitpid(running.pid, &status, WNOHANG) == running.pid else { return }
        self.running = nil
        let signal = status & 0x7f
        let code = status >> 8 & 0xff
        if signal != 0 {
            running.finish("\(running.program) was ended by signal \(signal)")
        } else {
            running.finish(
                code == 0 ? nil : "\(running.program) ended with code \(code); the agent's log has what it said")
        }
    }
}
