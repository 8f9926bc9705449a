internal import Glibc
internal import HTTPSender
internal import MQTT
internal import Platform
internal import Processes
internal import TestSupport

/// A running instance, and who may hand over records.
final class BackendInstance: Sendable {
    /// What it takes records by.
    let token: String
    private let process: ChildProcess
    private let port: UInt16

    /// Starts one on a store, which is made, with a token for a site.
    static func start(_ programs: Programs, store: String, site: String) async throws -> BackendInstance {
        try await onThread { try BackendInstance(programs, store: store, site: site) }
    }

    private init(_ programs: Programs, store: String, site: String) throws {
        let output = try BackendInstance.run(programs, ["credential", "add", "--store", store, "--site", site])
        token = output.split(separator: "\n").last.map(String.init) ?? ""
        port = try FreePort.next()
        process = try ChildProcess(
            programs.backend, ["serve", "--listen", "127.0.0.1:\(port)", "--store", store, "--rate", "1000000"])
        try process.waitForOutput("listens at http://", within: .seconds(60))
    }

    /// What the program prints when it ends well.
    @discardableResult
    static func run(_ programs: Programs, _ arguments: [String]) throws -> String {
        let child = try ChildProcess(programs.backend, arguments)
        guard try child.waitForEnd(within: .seconds(60)) == .exit(0) else { throw BenchFailure(child.output) }
        return child.output
    }

    var residentKilobytes: Int { ProcessFigures.residentKilobytes(process.pid) }

    /// The most that it ever had.
    var largestKilobytes: Int { ProcessFigures.largestKilobytes(process.pid) }

    /// Kills it.
    func end() { process.signal(SIGKILL) }

    /// Has clients, each on a connection of its own, send all of it; all must be taken.
    func send(_ bodies: [[UInt8]], clients: Int) async throws -> (seconds: Double, latencies: [Double]) {
        try await send(bodies.map { (token, $0) }, clients: clients)
    }

    /// Has clients, each on a connection of its own, send all of it; all must be taken.
    func send(
        _ work: [(token: String, body: [UInt8])], clients: Int
    ) async throws -> (seconds: Double, latencies: [Double]) {
        let start = MonotonicClock.now
        let port = port
        let latencies = try await withThrowingTaskGroup(of: [Double].self) { group in
            for client in 0..<clients {
                let share = stride(from: client, to: work.count, by: clients).map { work[$0] }
                group.addTask {
                    try await onThread {
                        let http = try HTTPSender()
                        return try share.map { item in
                            let begin = MonotonicClock.now
                            let answer = try http.post(
                                item.body, to: "http://127.0.0.1:\(port)/v1/records",
                                headers: [
                                    "Authorization: Bearer \(item.token)", "Content-Type: application/x-ndjson",
                                    "Content-Encoding: gzip",
                                ], withinSeconds: 60)
                            guard answer.status == 200 else {
                                throw BenchFailure("\(answer.status) \(String(decoding: answer.body, as: UTF8.self))")
                            }
                            return Double(MonotonicClock.now - begin) / 1e9
                        }
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        return (Double(MonotonicClock.now - start) / 1e9, latencies)
    }
}
