internal import Glibc
internal import Platform

/// The client's thread: an owner's poll loop around a connection, which turns commands into calls and events into
/// answers. Nothing of it leaves the thread.
final class ClientLoop {
    typealias RequestID = ClientMailbox.RequestID

    struct Publishing {
        let id: RequestID
        let deadline: Int64
        let message: MQTTMessage
        let keep: Bool
        let continuation: CheckedContinuation<Void, any Error>
    }

    struct Reader {
        let filters: [String]
        let continuation: AsyncThrowingStream<ReceivedMessage, any Error>.Continuation
        /// Until the broker has answered for its filters.
        var start: (deadline: Int64, continuation: CheckedContinuation<Void, any Error>)?
    }

    let mailbox: ClientMailbox
    let connection: MQTTConnection
    var connecting: [RequestID: (deadline: Int64, continuation: CheckedContinuation<MQTTSession, any Error>)] = [:]
    /// Not handed to the connection yet: while it has no session, or enough to do.
    var queue: [Publishing] = []
    var publishing: [MQTTMessageID: Publishing] = [:]
    var readers: [RequestID: Reader] = [:]
    var lastTrouble: MQTTError?
    private var nextDeadline = Int64.max

    init(_ configuration: MQTTConfiguration, _ mailbox: ClientMailbox) throws(MQTTError) {
        self.mailbox = mailbox
        connection = try MQTTConnection(configuration)
    }

    /// Runs until the connection is closed.
    func run() {
        while !connection.isClosed {
            var entries = [
                pollfd(fd: mailbox.wakeUp.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: connection.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
            ]
            if connection.wantsWrite { entries[1].events |= Int16(POLLOUT) }
            poll(&entries, 2, timeout(until: min(connection.nextTick, nextDeadline)))
            let now = MonotonicClock.now
            let flags = Int32(entries[1].revents)
            let events =
                flags == 0
                ? connection.tick(now: now)
                : connection.ready(
                    readable: flags & (POLLIN | POLLERR | POLLHUP) != 0, writable: flags & POLLOUT != 0, now: now)
            for event in events { handle(event) }
            if entries[0].revents != 0 {
                for command in mailbox.take() { handle(command) }
            }
            advance()
            if now >= nextDeadline { expire(now: now) }
        }
        let closed = MQTTError(.closed, "the connection to \(connection.address) is closed")
        for command in mailbox.end() { handle(command) }
        failAll(closed)
    }

    private func timeout(until instant: Int64) -> Int32 {
        if instant == .max { return -1 }
        let left = max(0, max(instant, 0) - MonotonicClock.now)
        return Int32(clamping: (left + 999_999) / 1_000_000)
    }

    private func handle(_ command: ClientMailbox.Command) {
        switch command {
        case .connected(let id, let deadline, let continuation):
            if let session = connection.session {
                continuation.resume(returning: session)
            } else {
                connecting[id] = (deadline, continuation)
                nextDeadline = min(nextDeadline, deadline)
            }
        case .publish(let id, let deadline, let message, let keep, let continuation):
            queue.append(
                Publishing(id: id, deadline: deadline, message: message, keep: keep, continuation: continuation))
            nextDeadline = min(nextDeadline, deadline)
        case .read(let id, let deadline, let subscriptions, let stream, let continuation):
            readers[id] = Reader(
                filters: subscriptions.map(\.filter), continuation: stream, start: (deadline, continuation))
            nextDeadline = min(nextDeadline, deadline)
            do { try connection.subscribe(subscriptions) } catch { end(reader: id, error) }
        case .stopReading(let id): end(reader: id, nil)
        case .cancel(let id): cancel(id)
        case .close(let limit): connection.disconnect(within: limit)
        }
    }

    /// Hands over what the connection can take.
    private func advance() {
        var count = 0
        while count < queue.count, connection.session != nil,
            connection.backlogCount < max(1, connection.configuration.backlogLimit / 2)
        {
            let publishing = queue[count]
            count += 1
            do {
                let id = try connection.publish(publishing.message, keep: publishing.keep)
                if publishing.message.qos == .atMostOnce {
                    publishing.continuation.resume()
                } else {
                    self.publishing[id] = publishing
                }
            } catch {
                publishing.continuation.resume(throwing: error)
            }
        }
        queue.removeFirst(count)
    }

    /// Fails what has waited too long, and finds the next deadline.
    private func expire(now: Int64) {
        for (id, request) in connecting where now >= request.deadline {
            connecting[id] = nil
            request.continuation.resume(throwing: trouble("no session with a broker"))
        }
        let late = queue.filter { now >= $0.deadline }
        queue.removeAll { now >= $0.deadline }
        for request in late {
            request.continuation.resume(throwing: trouble("the message on \"\(request.message.topic)\" was not sent"))
        }
        for (id, request) in publishing where now >= request.deadline {
            publishing[id] = nil
            request.continuation.resume(
                throwing: trouble("the message on \"\(request.message.topic)\" was not acknowledged"))
        }
        for (id, reader) in readers {
            if let start = reader.start, now >= start.deadline {
                end(reader: id, trouble("the subscription to \(reader.filters.joined(separator: ", ")) has no answer"))
            }
        }
        let deadlines =
            connecting.values.map(\.deadline) + queue.map(\.deadline) + publishing.values.map(\.deadline)
            + readers.values.compactMap { $0.start?.deadline }
        nextDeadline = deadlines.min() ?? .max
    }

    private func trouble(_ what: String) -> MQTTError {
        if let session = connection.session {
            return MQTTError(.timedOut, "\(what) by \(session.address) in time; see the broker's log")
        }
        return lastTrouble ?? MQTTError(.timedOut, "\(what): still connecting to \(connection.address)")
    }
}
