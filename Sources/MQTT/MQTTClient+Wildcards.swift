extension MQTTClient {
    /// Returns whether the broker sends a retained message to who subscribes with a wildcard; it keeps and forgets one
    /// of our own for that, below `footlight-echo/`.
    /// - Throws: ``MQTTError``.
    public func keepsRetainedForWildcards(within limit: Duration = .seconds(2)) async throws -> Bool {
        let base = "footlight-echo/check-\(String(UInt64.random(in: .min ... .max), radix: 16))"
        let topic = "\(base)/kept"
        try await publish(MQTTMessage(topic: topic, text: "kept", retain: true))
        let came = try await first(on: "\(base)/+", within: limit, where: { $0.retained }) != nil
        try await publish(MQTTMessage(topic: topic, payload: [], retain: true))
        return came
    }

    /// The first message of a subscription that satisfies `isIt`; nil if none comes. `start`: once the broker has
    /// confirmed the subscription.
    /// - Throws: ``MQTTError``, and what `start` throws.
    public func first(
        on filter: String, qos: QoS = .atLeastOnce, within limit: Duration,
        after start: @escaping @Sendable () async throws -> Void = {},
        where isIt: @escaping @Sendable (ReceivedMessage) -> Bool = { _ in true }
    ) async throws -> ReceivedMessage? {
        let messages = try await messages([filter], qos: qos)
        return try await withThrowingTaskGroup(of: ReceivedMessage?.self) { group in
            group.addTask {
                for try await message in messages where isIt(message) { return message }
                return nil
            }
            group.addTask {
                try await start()
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}
