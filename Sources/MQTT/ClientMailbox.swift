internal import Platform
internal import Synchronization

/// What tasks ask of the client's thread.
final class ClientMailbox: Sendable {
    /// Names a request, so that it can be cancelled, and a reader.
    typealias RequestID = UInt64

    enum Command: Sendable {
        case connected(RequestID, deadline: Int64, CheckedContinuation<MQTTSession, any Error>)
        case publish(RequestID, deadline: Int64, MQTTMessage, keep: Bool, CheckedContinuation<Void, any Error>)
        case read(
            RequestID, deadline: Int64, [MQTTSubscription],
            AsyncThrowingStream<ReceivedMessage, any Error>.Continuation, CheckedContinuation<Void, any Error>)
        case stopReading(RequestID)
        case cancel(RequestID)
        case close(within: Duration)
    }

    private struct State: Sendable {
        var commands: [Command] = []
        var lastID: RequestID = 0
        var isClosed = false
        var closeWaiters: [CheckedContinuation<Void, Never>] = []
    }

    let wakeUp = WakeUp()
    private let state = Mutex(State())

    func newID() -> RequestID {
        state.withLock {
            $0.lastID += 1
            return $0.lastID
        }
    }

    /// Hands a command to the thread; false if the thread has ended, and the caller must answer itself.
    func post(_ command: Command) -> Bool {
        let isOpen = state.withLock {
            if !$0.isClosed { $0.commands.append(command) }
            return !$0.isClosed
        }
        if isOpen { wakeUp.signal() }
        return isOpen
    }

    func take() -> [Command] {
        wakeUp.clear()
        return state.withLock {
            let commands = $0.commands
            $0.commands = []
            return commands
        }
    }

    /// The thread has ended: hands back the last commands, and resumes those who await it.
    func end() -> [Command] {
        let (commands, waiters) = state.withLock {
            $0.isClosed = true
            let rest = ($0.commands, $0.closeWaiters)
            $0.commands = []
            $0.closeWaiters = []
            return rest
        }
        for waiter in waiters { waiter.resume() }
        return commands
    }

    /// Awaits the thread's end.
    func ended() async {
        await withCheckedContinuation { continuation in
            let isClosed = state.withLock {
                if !$0.isClosed { $0.closeWaiters.append(continuation) }
                return $0.isClosed
            }
            if isClosed { continuation.resume() }
        }
    }
}
