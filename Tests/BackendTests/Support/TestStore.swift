import Backend
import Glibc
import Lighting
import Platform
import Processes
import Synchronization
import Telemetry
import TestSupport

/// A store to test with, empty and with its tables made. Every test of stores runs on each kind.
struct TestStore: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case sqlite
        case postgresql
    }

    /// One server for all tests of this process; it, and its folder, go with the process.
    static let server = Mutex<PostgresServer?>(nil)

    let address: String
    let store: any RecordStore
    private let folder: TemporaryFolder?

    /// A store of a kind.
    static func new(_ kind: Kind, isMigrated: Bool = true) async throws -> TestStore {
        let test: TestStore
        switch kind {
        case .sqlite:
            let folder = try TemporaryFolder("store")
            test = try TestStore(address: "sqlite://\(folder.path)/store.sqlite", folder: folder)
        case .postgresql: test = try TestStore(address: try await onThread { try shared().newDatabase() }, folder: nil)
        }
        if isMigrated { try await test.store.migrate() }
        return test
    }

    private init(address: String, folder: TemporaryFolder?) throws {
        self.address = address
        self.folder = folder
        store = try StoreAddress(address).store()
    }

    /// Another store of the same address: another process's, so to say.
    func another() throws -> any RecordStore { try StoreAddress(address).store() }

    /// Does something to the database that this program never does.
    func alter(_ statement: String) async throws {
        let address = address
        try await onThread {
            guard address.hasPrefix("sqlite://") else {
                try TestStore.shared().run(statement, in: address)
                return
            }
            let script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()"
            let python = try ChildProcess(
                "python3", ["-c", script, String(address.dropFirst("sqlite://".count)), statement])
            guard try python.waitForEnd(within: .seconds(30)) == .exit(0) else { throw ProcessFailure(python.output) }
        }
    }

    static func shared() throws -> PostgresServer {
        try server.withLock { server in
            if let server { return server }
            let new = try PostgresServer()
            server = new
            atexit { TestStore.server.withLock { $0 = nil } }
            return new
        }
    }
}

/// Records to test with.
enum Records {
    static let now = MeshInstant(nanoseconds: 1_795_000_000_000_000_000)
    /// A day ago by this machine's clock.
    static var recent: MeshInstant { MeshInstant(nanoseconds: RealTimeClock.now) - .seconds(86_400) }

    /// A chain of records of a node, a second after one another.
    static func chain(
        _ count: Int, node: String = "stair-01", boot: String = "1f0c", site: String = "home",
        from start: MeshInstant = now
    ) throws -> [ReceivedRecord] {
        var chain = RecordChain(site: site, node: node, boot: boot)
        return try (0..<count).map { index in
            let instant = start + .seconds(index)
            let body: RecordBody =
                index % 3 == 0
                ? .motion(MotionEvent(sensor: "bottom", motion: index.isMultiple(of: 2)))
                : .log(LogLine(level: .info, text: "‘line’ \\ \"\(index)\"\t'); DROP TABLE record; --"))
            return try ReceivedRecord(line: chain.append(body, at: instant))
        }
    }
}
