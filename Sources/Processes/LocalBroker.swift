import Glibc
public import MQTT

/// A real mosquitto on a loopback port of its own, run with the configuration of `broker-config/`, in a folder of its
/// own, ended when the object goes or the process dies.
///
/// Its methods block with deadlines of seconds; in a task use ``with(extra:_:)`` and ``onThread(_:)``.
public final class LocalBroker: Sendable {
    /// The port, the same after every restart.
    public let port: UInt16
    private let folder: String
    private let process: Monitor<ChildProcess?>

    /// `mqtt://127.0.0.1:<port>`.
    public var address: BrokerAddress { BrokerAddress(host: "127.0.0.1", port: port) }
    /// Its process, for whoever measures it; nil while it is stopped.
    public var pid: Int32? { process.change { $0?.pid } }
    /// The text that it has logged since its last start.
    public var log: String { process.change { $0?.output ?? "" } }

    /// Starts a broker and waits until it takes connections.
    /// - Parameters:
    ///   - configuration: the path of its configuration, which names no listener.
    ///   - extra: further lines of configuration.
    /// - Throws: ``ProcessFailure``.
    public init(configuration path: String, extra: String = "") throws {
        var template = Array("/tmp/footlight-broker-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw ProcessFailure("no folder for a broker in /tmp") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var configuration = try Self.read(path) + "\n" + extra + "\n"
        // Started by root it would become the user "mosquitto", who can't write here; and the kernel forgets to end
        // a child together with its parent when the child changes its user.
        if geteuid() == 0 { configuration += "user root\n" }
        try Self.write(configuration, to: "\(folder)/mosquitto.conf")
        var last: any Error = ProcessFailure("no free port")
        for _ in 0..<5 {
            do {
                let port = try FreePort.next()
                process = Monitor(try Self.start(folder: folder, port: port))
                self.port = port
                return
            } catch {
                last = error  // Another process may have been quicker to take the port.
            }
        }
        throw last
    }

    deinit {
        process.change { $0?.signal(SIGKILL) }
        for name in ["mosquitto.conf", "mosquitto.db", "mosquitto.db.new"] { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    /// Ends it in good order; it saves its memory.
    public func stop() throws {
        try process.change { $0 }?.stop()
        process.change { $0 = nil }
    }

    /// Ends it with SIGKILL; what it had not saved is lost.
    public func kill() throws {
        signal(SIGKILL)
        try process.change { $0 }?.waitForEnd()
        process.change { $0 = nil }
    }

    /// Has it save its memory now (SIGUSR1), and waits until it has: a later ``kill()`` takes it back to here.
    /// - Throws: ``ProcessFailure``.
    public func save() throws {
        let before = try? Self.identity(of: "\(folder)/mosquitto.db")
        signal(SIGUSR1)
        let deadline = Deadline(.seconds(10))
        while true {
            let now = try? Self.identity(of: "\(folder)/mosquitto.db")
            if let now, now != before { return }
            if deadline.hasPassed { throw ProcessFailure("the broker saved nothing within 10 s") }
            usleep(2000)
        }
    }

    /// Which file it is: each time it is saved, another.
    private static func identity(of path: String) throws -> [Int] {
        var file = stat()
        guard stat(path, &file) == 0 else { throw ProcessFailure("can't look at \(path)") }
        return [Int(file.st_ino), file.st_mtim.tv_sec, file.st_mtim.tv_nsec]
    }

    /// Sends it a signal, such as SIGSTOP to make it fall silent.
    public func signal(_ number: Int32) {
        process.change { $0?.signal(number) }
    }

    /// Starts it again on the same port, after ``kill()`` if it still runs.
    public func restart(wipingMemory: Bool) throws {
        try kill()
        if wipingMemory { unlink("\(folder)/mosquitto.db") }
        let next = try Self.start(folder: folder, port: port)
        process.change { $0 = next }
    }

    private static func start(folder: String, port: UInt16) throws -> ChildProcess {
        let child = try ChildProcess("mosquitto", ["-c", "mosquitto.conf", "-p", "\(port)"], folder: folder)
        try child.waitForOutput(" running", within: .seconds(10))
        guard !child.output.contains("Error") else {
            throw ProcessFailure("mosquitto has no listener on port \(port):\n\(child.output)")
        }
        return child
    }

    private static func read(_ path: String) throws -> String {
        guard let file = fopen(path, "r") else {
            throw ProcessFailure("can't read \(path): \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    private static func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "w") else { throw ProcessFailure("can't write \(path)") }
        defer { fclose(file) }
        _ = Array(text.utf8).withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    }
}
