/// The messages of one subscription, in the order that the broker sent them.
///
/// What isn't read yet is buffered, so a slow reader holds up nobody else and no keep-alive. A reader that falls
/// further behind than its limit gets what is buffered and then an ``MQTTError`` (`slowReader`): nothing is skipped
/// silently. The sequence is read by one task; it ends when the client is closed, and dropping it unsubscribes.
public struct MQTTMessages: AsyncSequence, Sendable {
    /// Reads the messages one by one.
    public struct AsyncIterator: AsyncIteratorProtocol {
        var base: AsyncThrowingStream<ReceivedMessage, any Error>.AsyncIterator

        /// The next message, or nil when the client is closed.
        /// - Throws: ``MQTTError`` (`slowReader`, or `refused` by the broker).
        public mutating func next() async throws -> ReceivedMessage? {
            try await base.next()
        }

        /// The next message, or nil when the client is closed.
        /// - Throws: ``MQTTError`` (`slowReader`, or `refused` by the broker).
        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> ReceivedMessage? {
            try await base.next(isolation: actor)
        }
    }

    let stream: AsyncThrowingStream<ReceivedMessage, any Error>

    /// Begins to read.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: stream.makeAsyncIterator())
    }
}
