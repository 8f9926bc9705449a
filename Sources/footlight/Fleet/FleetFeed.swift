internal import Lighting
internal import MQTT
internal import Mesh

/// What is known of a fleet, as it goes on.
actor FleetFeed {
    private struct Waiter {
        var isSo: @Sendable (FleetState) -> Bool
        var continuation: CheckedContinuation<Void, Never>
    }

    private var state: FleetState
    private var waiters: [Int: Waiter] = [:]
    private var nextWaiter = 0
    /// Whether listening has ended.
    private(set) var isOver = false

    init(site: String) { state = FleetState(site: site) }

    /// What is known now.
    var now: FleetState { state }

    /// Takes up what the broker keeps.
    func take(_ messages: [ReceivedMessage]) { for message in messages { take(message) } }

    private func take(_ message: ReceivedMessage) {
        state.take(message, at: .now)
        for (id, waiter) in waiters where waiter.isSo(state) { release(id) }
    }

    /// Takes up what comes until the connection ends or the task is cancelled.
    func listen(to messages: MQTTMessages) async throws {
        defer {
            isOver = true
            for id in waiters.keys { release(id) }
        }
        for try await message in messages { take(message) }
    }

    /// Returns as soon as `isSo` holds for what is known, after `limit`, or when listening ends.
    func wait(within limit: Duration, until isSo: @escaping @Sendable (FleetState) -> Bool) async {
        if isOver || isSo(state) { return }
        let id = nextWaiter
        nextWaiter += 1
        let timer = Task {
            try await Task.sleep(for: limit)
            self.release(id)
        }
        await withCheckedContinuation { waiters[id] = Waiter(isSo: isSo, continuation: $0) }
        timer.cancel()
    }

    private func release(_ id: Int) { waiters.removeValue(forKey: id)?.continuation.resume() }
}
