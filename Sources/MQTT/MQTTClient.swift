internal import Platform

/// The same connection for tasks: for everything that isn't hot. It runs on a thread of its own, so that neither a
/// slow reader nor a busy task pool holds up its keep-alive.
public final class MQTTClient: Sendable {
    /// The number of messages that a reader may fall behind by default.
    public static let defaultBufferLimit = 65_536

    /// The configuration that it was started with.
    public let configuration: MQTTConfiguration
    private let mailbox = ClientMailbox()

    private init(_ configuration: MQTTConfiguration) throws(MQTTError) {
        try configuration.check()
        self.configuration = configuration
        let mailbox = mailbox
        let isStarted = DetachedThread.start(stackBytes: 524_288) {
            if let loop = try? ClientLoop(configuration, mailbox) {  // It throws what check() above would have.
                loop.run()
            } else {
                _ = mailbox.end()
            }
        }
        if !isStarted { throw MQTTError(.configurationInvalid, "the system has no thread to give") }
    }

    /// Runs a closure with a client that connects meanwhile and, when the closure is done, publishes what waits, says
    /// farewell and is gone.
    /// - Throws: ``MQTTError`` (`configurationInvalid`), and what the closure throws.
    public static func withClient<Result>(
        _ configuration: MQTTConfiguration, isolation: isolated (any Actor)? = #isolation,
        _ body: (MQTTClient) async throws -> Result
    ) async throws -> Result {
        let client = try MQTTClient(configuration)
        do {
            let result = try await body(client)
            await client.close()
            return result
        } catch {
            await client.close()
            throw error
        }
    }

    /// Waits for a broker to accept.
    /// - Throws: ``MQTTError``: after `limit` why the last attempt failed, such as "no broker at
    ///   mqtt://127.0.0.1:1883 (connection refused): nobody listens there".
    @discardableResult
    public func connected(within limit: Duration = .seconds(5)) async throws -> MQTTSession {
        try await request { id, continuation in
            .connected(id, deadline: MonotonicClock.now + limit.nanoseconds, continuation)
        }
    }

    /// Publishes a message, as soon as there is a connection. With QoS 1 it returns when the broker has acknowledged
    /// it, with QoS 0 when it has been handed to the connection. Messages published one after the other keep their
    /// order. `keep` as in ``MQTTConnection/publish(_:keep:)``.
    ///
    /// A publish that failed by time or cancellation may have been delivered all the same.
    /// - Throws: ``MQTTError``.
    public func publish(_ message: MQTTMessage, keep: Bool = false, within limit: Duration = .seconds(10)) async throws
    {
        try PortableProfile.check(message)
        try await request { id, continuation in
            .publish(
                id, deadline: MonotonicClock.now + limit.nanoseconds, message, keep: keep, continuation)
        }
    }

    /// Subscribes, and returns when the broker has confirmed: whatever is published from then on will be read, and
    /// retained messages first. After a reconnect retained messages come again. Where filters of one client overlap,
    /// the broker may send a message once for each. A reader may fall behind by `bufferLimit` messages.
    /// - Throws: ``MQTTError``.
    public func messages(
        _ filters: [String], qos: QoS = .atLeastOnce, bufferLimit: Int = MQTTClient.defaultBufferLimit,
        within limit: Duration = .seconds(10)
    ) async throws -> MQTTMessages {
        for filter in filters { try PortableProfile.check(filter: filter) }
        let (stream, continuation) = AsyncThrowingStream.makeStream(
            of: ReceivedMessage.self, throwing: (any Error).self, bufferingPolicy: .bufferingOldest(bufferLimit))
        let subscriptions = filters.map { MQTTSubscription($0, qos: qos) }
        let mailbox = mailbox
        try await request { id, start in
            continuation.onTermination = { _ in _ = mailbox.post(.stopReading(id)) }
            return .read(
                id, deadline: MonotonicClock.now + limit.nanoseconds, subscriptions, continuation, start)
        }
        return MQTTMessages(stream: stream)
    }

    private func close() async {
        _ = mailbox.post(.close(within: .seconds(2)))
        await mailbox.ended()
    }

    private func request<Answer: Sendable>(
        _ command: (ClientMailbox.RequestID, CheckedContinuation<Answer, any Error>) -> ClientMailbox.Command
    ) async throws -> Answer {
        let id = mailbox.newID()
        return try await withTaskCancellationHandler {
            try Task.checkCancellation()
            return try await withCheckedThrowingContinuation { continuation in
                if !mailbox.post(command(id, continuation)) {
                    continuation.resume(throwing: MQTTError(.closed, "the client is closed"))
                }
            }
        } onCancel: {
            _ = mailbox.post(.cancel(id))
        }
    }
}
