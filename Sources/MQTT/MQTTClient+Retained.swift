extension MQTTClient {
    /// Reads the state that the broker keeps below some filters: each topic's latest payload, sorted by topic.
    ///
    /// It is complete when an echo is back: after the broker has confirmed the subscription, a message is published
    /// to a topic of our own that is subscribed to as well. A broker queues what it sends one client at one QoS in
    /// order, so the echo comes after the retained messages; the confirmation alone does not (mosquitto sends 20, and
    /// the rest as they are acknowledged). The user needs leave to publish and read `footlight-echo/#`.
    /// - Throws: ``MQTTError``; `timedOut` if the echo doesn't come.
    public func retained(_ filters: [String], within limit: Duration = .seconds(5)) async throws -> [ReceivedMessage] {
        let name = configuration.clientID.utf8.prefix(64).map { byte -> Character in
            let character = Character(Unicode.Scalar(byte))
            return character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
        }
        let token = Array("\(UInt64.random(in: .min ... .max))".utf8)
        let echo = "footlight-echo/\(String(name))"
        let messages = try await messages(filters + [echo], within: limit)
        try await publish(MQTTMessage(topic: echo, payload: token), within: limit)
        return try await withThrowingTaskGroup(of: [ReceivedMessage]?.self) { group in
            group.addTask {
                var state: [String: ReceivedMessage] = [:]
                for try await message in messages {
                    if message.topic == echo {
                        if message.payload == token { return state.values.sorted { $0.topic < $1.topic } }
                    } else if message.retained || state[message.topic] != nil {
                        state[message.topic] = message.payload.isEmpty ? nil : message
                    }
                }
                throw MQTTError(.closed, "the client was closed while the state was being read")
            }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let state = first else {
                throw MQTTError(
                    .timedOut,
                    "the broker did not send \"\(echo)\" back within \(limit), so it isn't known whether its state is "
                        + "complete; let this user publish and read footlight-echo/# in the broker's access list")
            }
            return state
        }
    }
}
