internal import Dispatch
internal import Synchronization

/// A connection to a store, on a thread of its own while it is used: C libraries wait for answers.
///
/// `@unchecked Sendable`: `connection` is touched on `queue` alone, which does one thing at a time.
final class StoreWorker<Connection>: @unchecked Sendable {
    private let queue: DispatchQueue
    private let isLost: @Sendable (any Error) -> Bool
    private let open: @Sendable () throws -> Connection
    private var connection: Connection?
    /// How many wait for it.
    private let waiting = Atomic<Int>(0)

    /// A worker that opens its connection when it is first needed.
    ///
    /// - Parameter isLost: says of what was thrown whether the connection is no longer good: then the next one begins with a
    ///   new one.
    init(
        _ label: String, isLost: @escaping @Sendable (any Error) -> Bool,
        open: @escaping @Sendable () throws -> Connection
    ) {
        queue = DispatchQueue(label: label)
        self.isLost = isLost
        self.open = open
    }

    /// How many wait for it, or are served.
    var load: Int { waiting.load(ordering: .relaxed) }

    /// Runs `body` with the connection.
    func run<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        waiting.add(1, ordering: .relaxed)
        defer { waiting.subtract(1, ordering: .relaxed) }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try self.use(body) }) }
        }
    }

    /// Has all others wait while `body` runs, which does without the connection. Blocks; not for who is served by this worker.
    func hold<Result>(_ body: () throws -> Result) rethrows -> Result { try queue.sync(execute: body) }

    /// Ends the connection, once it isn't needed.
    func close() async {
        await withCheckedContinuation { continuation in
            queue.async {
                self.connection = nil
                continuation.resume()
            }
        }
    }

    private func use<Result>(_ body: (Connection) throws -> Result) throws -> Result {
        let present = try connection ?? open()
        connection = present
        do {
            return try body(present)
        } catch {
            if isLost(error) { connection = nil }
            throw error
        }
    }
}
