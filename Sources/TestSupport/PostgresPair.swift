import Glibc
import Processes

/// Two PostgreSQL servers, of which one is the other's synchronous standby: what was acknowledged is on both. On AWS RDS does
/// this with two availability zones.
package final class PostgresPair: Sendable {
    private struct State: Sendable {
        /// Which of the two takes writes.
        var primary = 0
        var processes: [ChildProcess?] = [nil, nil]
        /// Whether the other has had all that was ever acknowledged.
        var isStandbyWhole = false
    }

    private static let programs = PostgresServer.programs
    /// Where their folders are; a disk in memory, where one can be had.
    private let disk: SmallDisk?
    private let temporary: TemporaryFolder
    private let folder: String
    private let ports: [UInt16]
    private let state = Monitor(State())

    /// Starts both.
    ///
    /// - Throws: ``ProcessFailure``.
    package init() throws {
        guard let programs = PostgresPair.programs else {
            throw ProcessFailure("no PostgreSQL server is installed: scripts/prerequisites test")
        }
        temporary = try TemporaryFolder("pair")
        disk = SmallDisk.isPossible ? try SmallDisk(at: "\(temporary.path)/disk", kilobytes: 900_000) : nil
        folder = disk?.path ?? temporary.path
        if geteuid() == 0 {
            try PostgresServer.giveAway(temporary.path)
            try PostgresServer.giveAway(folder)
        }
        ports = [try FreePort.next(), try FreePort.next()]
        try run(
            "\(programs)/initdb",
            "--pgdata=\(data(0))", "--username=owner", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        try start(0)
        try rebuildStandby()
    }

    deinit {
        let processes = state.change { $0.processes }
        for process in processes {
            process?.signal(SIGQUIT)
            _ = try? process?.waitForEnd()
        }
    }

    /// The address of a database, with both hosts: libpq takes the one that takes writes.
    package func address(of database: String) -> String {
        "postgresql://owner@127.0.0.1:\(ports[0]),127.0.0.1:\(ports[1])/\(database)"
    }

    /// Kills the primary, promotes the standby, and makes a new standby of the other's folder.
    ///
    /// - Throws: ``ProcessFailure``, also where the standby hasn't all that was acknowledged.
    package func failOver() throws {
        guard state.change({ $0.isStandbyWhole }) else { throw ProcessFailure("the standby isn't whole yet") }
        let old = state.change { $0.primary }
        try kill(old)
        try ensureRunning(1 - old)
        state.change {
            $0.isStandbyWhole = false
            $0.primary = 1 - old
        }
        try run("\(PostgresPair.programs ?? "")/pg_ctl", "promote", "-w", "-t", "60", "-D", data(1 - old))
    }

    /// Kills the standby: until it is back nothing that is written is acknowledged.
    package func killStandby() throws { try kill(1 - state.change { $0.primary }) }

    /// Kills the primary; the same starts again.
    package func killPrimary() throws { try kill(state.change { $0.primary }) }

    /// Takes all room from the disk of both; false where that can't be done here.
    package func fillDisk() throws -> Bool {
        try disk?.fill()
        return disk != nil
    }

    /// Has both run, and awaits that the standby has all.
    ///
    /// - Throws: ``ProcessFailure``.
    package func restore() throws {
        disk?.makeRoom()
        let (primary, isWhole) = state.change { ($0.primary, $0.isStandbyWhole) }
        try ensureRunning(primary)
        if isWhole { try ensureRunning(1 - primary) } else { try rebuildStandby() }
        try awaitStandby()
    }

    /// Runs statements by psql at the primary, and returns what they print, unaligned.
    @discardableResult
    package func run(_ sql: String, in database: String) throws -> String {
        let psql = try ChildProcess(
            "psql",
            [
                "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d",
                "\(address(of: database))?target_session_attrs=read-write", "-c", sql,
            ])
        guard try psql.waitForEnd(within: .seconds(120)) == .exit(0) else {
            throw ProcessFailure("psql: \(psql.output)")
        }
        return psql.output
    }

    private func data(_ index: Int) -> String { "\(folder)/\(index == 0 ? "a" : "b")" }

    private func start(_ index: Int) throws {
        let server = try PostgresServer.start(
            "\(PostgresPair.programs ?? "")/postgres",
            [
                "-D", data(index), "-p", "\(ports[index])", "-c", "listen_addresses=127.0.0.1", "-c",
                "unix_socket_directories=", "-c", "shared_buffers=16MB", "-c", "max_connections=80", "-c",
                "synchronous_standby_names=*", "-c", "max_wal_size=96MB", "-c", "min_wal_size=64MB", "-c",
                "wal_keep_size=64MB", "-c", "wal_receiver_timeout=5s", "-c", "wal_sender_timeout=5s",
            ], folder)
        try server.waitForOutput(
            "ready to accept connections", "ready to accept read-only connections", within: .seconds(60))
        state.change { $0.processes[index] = server }
    }

    private func ensureRunning(_ index: Int) throws {
        guard let process = state.change({ $0.processes[index] }), process.ending == nil else {
            return try start(index)
        }
    }

    private func kill(_ index: Int) throws {
        guard let process = state.change({ $0.processes[index] }) else { return }
        process.signal(SIGKILL)
        try process.waitForEnd()
        state.change { $0.processes[index] = nil }
    }

    private func rebuildStandby() throws {
        let primary = state.change { $0.primary }
        let standby = 1 - primary
        try kill(standby)
        try run("/bin/rm", "-rf", data(standby))
        try run(
            "\(PostgresPair.programs ?? "")/pg_basebackup", "--host=127.0.0.1", "--port=\(ports[primary])",
            "--username=owner", "--pgdata=\(data(standby))", "--write-recovery-conf", "--checkpoint=fast", "--no-sync")
        try start(standby)
        try awaitStandby()
        state.change { $0.isStandbyWhole = true }
    }

    private func awaitStandby() throws {
        let question = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = 'sync'"
        let deadline = Deadline(.seconds(60))
        while (try? run(question, in: "postgres")) != "1\n" {
            if deadline.hasPassed { throw ProcessFailure("the standby doesn't follow within 60 s") }
            usleep(100_000)
        }
    }

    private func run(_ program: String, _ arguments: String...) throws {
        let child = try PostgresServer.start(program, arguments, folder)
        guard try child.waitForEnd(within: .seconds(120)) == .exit(0) else {
            throw ProcessFailure("\(program): \(child.output)")
        }
    }
}
