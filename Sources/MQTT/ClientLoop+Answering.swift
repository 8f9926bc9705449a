extension ClientLoop {
    func handle(_ event: MQTTEvent) {
        switch event {
        case .connected(let session):
            lastTrouble = nil
            for request in connecting.values { request.continuation.resume(returning: session) }
            connecting = [:]
        case .subscribed:
            for (id, reader) in readers {
                reader.start?.continuation.resume()
                readers[id]?.start = nil
            }
        case .subscriptionRefused(let filter, let error):
            for (id, reader) in readers where reader.filters.contains(filter) { end(reader: id, error) }
        case .message(let message): deliver(message)
        case .delivered(let id): publishing.removeValue(forKey: id)?.continuation.resume()
        case .dropped(let id, let topic, let reason):
            let code: MQTTError.Code = if case .refused = reason { .refused } else { .undelivered }
            publishing.removeValue(forKey: id)?.continuation.resume(
                throwing: MQTTError(code, "the message on \"\(topic)\" was not delivered: \(reason)"))
        case .refused(let error), .disconnected(let error): lastTrouble = error
        case .connecting, .oversized, .closed: break
        }
    }

    private func deliver(_ message: ReceivedMessage) {
        for (id, reader) in readers where reader.filters.contains(where: { TopicFilter.matches($0, message.topic) }) {
            switch reader.continuation.yield(message) {
            case .enqueued: break
            case .dropped:
                end(
                    reader: id,
                    MQTTError(
                        .slowReader,
                        "the reader of \(reader.filters.joined(separator: ", ")) fell too far behind; read faster, or "
                            + "ask for a larger buffer"))
            case .terminated: end(reader: id, nil)
            @unknown default: break
            }
        }
    }

    /// Ends a reader, and its subscriptions unless another reader shares them.
    func end(reader id: RequestID, _ error: (any Error)?) {
        guard let reader = readers.removeValue(forKey: id) else { return }
        reader.start?.continuation.resume(throwing: error ?? CancellationError())
        reader.continuation.finish(throwing: error)
        let unused = reader.filters.filter { filter in !readers.values.contains { $0.filters.contains(filter) } }
        connection.unsubscribe(unused)
    }

    func cancel(_ id: RequestID) {
        connecting.removeValue(forKey: id)?.continuation.resume(throwing: CancellationError())
        if let place = queue.firstIndex(where: { $0.id == id }) {
            queue.remove(at: place).continuation.resume(throwing: CancellationError())
        }
        if let messageID = publishing.first(where: { $0.value.id == id })?.key {
            publishing.removeValue(forKey: messageID)?.continuation.resume(throwing: CancellationError())
        }
        if readers[id]?.start != nil { end(reader: id, nil) }
    }

    func failAll(_ error: MQTTError) {
        for request in connecting.values { request.continuation.resume(throwing: error) }
        for request in queue { request.continuation.resume(throwing: error) }
        for request in publishing.values { request.continuation.resume(throwing: error) }
        for reader in readers.values {
            reader.start?.continuation.resume(throwing: error)
            reader.continuation.finish()
        }
        connecting = [:]
        queue = []
        publishing = [:]
        readers = [:]
    }
}
