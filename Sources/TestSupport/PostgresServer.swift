import Glibc
import Processes

/// A PostgreSQL server of its own: its folder, a port of loopback, no password, ended with this process.
package final class PostgresServer: Sendable {
    /// Its port.
    package let port: UInt16
    private let folder: TemporaryFolder
    private let process: Monitor<ChildProcess?>

    /// Where Debian keeps the newest server's programs; nil where there is none.
    static let programs: String? = {
        var found: [Int: String] = [:]
        for version in 9...99 where access("/usr/lib/postgresql/\(version)/bin/postgres", X_OK) == 0 {
            found[version] = "/usr/lib/postgresql/\(version)/bin"
        }
        return found.max { $0.key < $1.key }?.value
    }()

    private let furtherSettings: [String]

    /// Makes a cluster and starts a server.
    ///
    /// - Parameter path: where the certificate goes by which a client knows it; nil: it speaks no TLS.
    /// - Throws: ``ProcessFailure``.
    package init(tlsFor path: String? = nil) throws {
        guard let programs = PostgresServer.programs else {
            throw ProcessFailure("no PostgreSQL server is installed: scripts/prerequisites test")
        }
        folder = try TemporaryFolder("postgres")
        if geteuid() == 0 { try PostgresServer.giveAway(folder.path) }
        port = try FreePort.next()
        let initdb = try PostgresServer.start(
            "\(programs)/initdb",
            [
                "--pgdata=\(folder.path)/data", "--username=owner", "--auth=trust", "--encoding=UTF8", "--no-locale",
                "--no-sync",
            ], folder.path)
        guard try initdb.waitForEnd(within: .seconds(60)) == .exit(0) else {
            throw ProcessFailure("initdb: \(initdb.output)")
        }
        process = Monitor(nil)
        if let path {
            let (key, certificate) = ("\(folder.path)/data/server.key", "\(folder.path)/data/server.crt")
            let openssl = try PostgresServer.start(
                "openssl",
                [
                    "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
                    "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate,
                ], folder.path)
            guard try openssl.waitForEnd(within: .seconds(60)) == .exit(0) else { throw ProcessFailure(openssl.output) }
            chmod(key, 0o600)
            let copy = try ChildProcess("/bin/cp", [certificate, path])
            guard try copy.waitForEnd() == .exit(0) else { throw ProcessFailure(copy.output) }
        }
        furtherSettings = path == nil ? [] : ["-c", "ssl=on"]
        try restart()
    }

    deinit {
        let child = process.change { $0 }
        child?.signal(SIGQUIT)
        // Before its folder goes: what it writes meanwhile would stay.
        _ = try? child?.waitForEnd()
    }

    /// Starts the server; one that runs is killed first.
    package func restart() throws {
        try kill()
        guard let programs = PostgresServer.programs else { return }
        let server = try PostgresServer.start(
            "\(programs)/postgres",
            [
                "-D", "\(folder.path)/data", "-p", "\(port)", "-c", "listen_addresses=127.0.0.1", "-c",
                "unix_socket_directories=", "-c", "shared_buffers=16MB", "-c", "max_connections=200",
            ] + furtherSettings, folder.path)
        try server.waitForOutput("ready to accept connections", within: .seconds(60))
        process.change { $0 = server }
    }

    /// Ends it with SIGKILL, and with it all that works for it.
    package func kill() throws {
        guard let child = process.change({ $0 }) else { return }
        child.signal(SIGKILL)
        try child.waitForEnd()
        process.change { $0 = nil }
    }

    /// The address of a new, empty database.
    package func newDatabase() throws -> String {
        let name = "test_\(UInt64.random(in: .min ... .max))"
        try run("CREATE DATABASE \(name)", in: "postgres")
        return address(of: name)
    }

    /// The address of a database, for a role.
    package func address(of database: String, as role: String = "owner") -> String {
        "postgresql://\(role)@127.0.0.1:\(port)/\(database)"
    }

    /// From now on a role has to give its password, over TLS.
    package func demandPassword(of role: String) throws {
        // The first line that fits holds.
        let sed = try ChildProcess(
            "/bin/sed",
            [
                "-i", "1i hostssl all \(role) all scram-sha-256\\nhost all \(role) all reject",
                "\(folder.path)/data/pg_hba.conf",
            ])
        guard try sed.waitForEnd() == .exit(0) else { throw ProcessFailure(sed.output) }
        if geteuid() == 0 { try PostgresServer.giveAway("\(folder.path)/data/pg_hba.conf") }
        try run("SELECT pg_reload_conf()", in: "postgres")
    }

    /// Runs statements by psql, and returns what they print, unaligned.
    @discardableResult
    package func run(_ sql: String, in database: String) throws -> String {
        let address = database.contains("://") ? database : address(of: database)
        let psql = try ChildProcess(
            "psql", ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", address, "-c", sql])
        guard try psql.waitForEnd(within: .seconds(60)) == .exit(0) else {
            throw ProcessFailure("psql: \(psql.output)")
        }
        return psql.output
    }

    /// Blocks until somebody holds the table of records for himself.
    package func awaitLock(in database: String) throws {
        let question = """
            SELECT count(*) FROM pg_locks WHERE relation = 'record'::regclass AND mode = 'AccessExclusiveLock' AND granted
            """
        let deadline = Deadline(.seconds(30))
        while try run(question, in: database) != "1\n" {
            if deadline.hasPassed { throw ProcessFailure("nobody holds the table within 30 s") }
        }
    }

    /// PostgreSQL refuses to run as root.
    static func start(_ program: String, _ arguments: [String], _ folder: String) throws -> ChildProcess {
        guard geteuid() == 0 else { return try ChildProcess(program, arguments, folder: folder) }
        // Whoever changes the user is no longer told of its parent's death: it is asked for once more.
        return try ChildProcess(
            "/usr/bin/setpriv",
            ["--reuid=nobody", "--regid=nogroup", "--clear-groups", "--pdeathsig=KILL", "--", program] + arguments,
            folder: folder)
    }

    static func giveAway(_ folder: String) throws {
        guard let nobody = getpwnam("nobody"), chown(folder, nobody.pointee.pw_uid, nobody.pointee.pw_gid) == 0 else {
            throw ProcessFailure("can't give \(folder) to nobody: \(String(cString: strerror(errno)))")
        }
    }
}
