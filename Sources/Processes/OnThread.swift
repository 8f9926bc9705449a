import MQTT
import Platform

/// Runs blocking code on a thread of its own, so that it takes none of the few that tasks run on.
/// Don't use `#expect` inside: return what was seen, and expect outside, where the test is known.
public func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        let isStarted = DetachedThread.start(stackBytes: 1_048_576) {
            do {
                continuation.resume(returning: try body())
            } catch {
                continuation.resume(throwing: error)
            }
        }
        if !isStarted { continuation.resume(throwing: ProcessFailure("the system has no thread to give")) }
    }
}

/// Runs an operation, and throws if it takes longer than `limit`; the operation is then cancelled.
public func withDeadline<Result: Sendable>(
    _ limit: Duration, _ what: String, _ operation: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await operation() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let result = first else {
            throw ProcessFailure("\(what): not within \(limit)")
        }
        return result
    }
}

/// Awaits a condition that no event tells of, looking every few milliseconds; throws after `limit`.
public func eventually(
    within limit: Duration, _ what: String, _ condition: @Sendable () async throws -> Bool
) async throws {
    let deadline = Deadline(limit)
    while try await !condition() {
        if deadline.hasPassed { throw ProcessFailure("\(what): not within \(limit)") }
        try await Task.sleep(for: .milliseconds(5))
    }
}
