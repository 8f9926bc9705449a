internal import Configuration
internal import Lighting
internal import MQTT
internal import Mesh
internal import Processes

/// What a site says, as it says it.
actor MeshFeed {
    private var observer: MeshObserver
    private var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
    private var nextListener = 0

    init(site: String) {
        observer = MeshObserver(site: site, clock: CivilClock.system(timeZone: nil, from: .now) ?? .utc)
    }

    /// Listens until the connection ends or the task is cancelled.
    func listen(to client: MQTTClient) async throws {
        for try await message in try await client.messages(observer.filters) {
            observer.take(topic: message.topic, payload: message.payload, at: .now)
            for listener in listeners.values { listener.yield() }
        }
    }

    /// What is known now.
    var now: MeshObserver { observer }

    /// What a zone's bars show now.
    func lights(of zone: String) -> [MeshObserver.Bar] { observer.lights(of: zone, at: .now) }

    /// A signal after each message, and one at once: something may be known already.
    func changes() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = nextListener
        nextListener += 1
        listeners[id] = continuation
        continuation.yield()
        continuation.onTermination = { _ in Task { await self.forget(id) } }
        return stream
    }

    private func forget(_ id: Int) { listeners[id] = nil }

    /// Waits until `condition` holds for what is known.
    ///
    /// - Throws: `ProcessFailure` after `limit`.
    func wait(
        within limit: Duration, for what: String, until condition: @escaping @Sendable (MeshObserver) -> Bool
    ) async throws {
        try await withDeadline(limit, what) {
            let changes = await self.changes()
            if condition(await self.now) { return }
            for await _ in changes where condition(await self.now) { return }
            throw CancellationError()
        }
    }
}
