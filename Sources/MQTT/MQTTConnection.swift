internal import Glibc
internal import Platform

/// A connection to one of several brokers, kept up for as long as it lives, driven by its owner's poll loop.
///
/// It starts no thread of libmosquitto's, and no call blocks. The owner polls ``descriptor`` (for writing too while
/// ``wantsWrite``) until ``nextTick`` at the latest, then calls ``ready(readable:writable:now:)`` or ``tick(now:)``,
/// and reads the descriptor anew, since it changes. Every connect is followed by the birth, all subscriptions, all
/// kept messages and whatever waited, in this order. It isn't Sendable: it stays on the thread that made it.
public final class MQTTConnection {
    enum Phase {
        /// No attempt until the instant.
        case waiting(until: Int64)
        case resolving(HostResolver, deadline: Int64)
        /// The socket connects (`isReaching`), or the broker hasn't answered yet.
        case joining(isReaching: Bool, deadline: Int64)
        case online(MQTTSession)
        /// Said farewell; reading out what is left, so that the farewell isn't lost to a reset.
        case lingering(Int32, deadline: Int64)
        case closed
    }

    /// The configuration that it was started with.
    public let configuration: MQTTConfiguration
    /// Attempts to connect so far.
    public internal(set) var connectionCount = 0

    var phase = Phase.waiting(until: .min)
    var policy: ReconnectPolicy
    var failBack: FailBack
    /// The question to a broker before ours, and when to look at it next.
    var probe: BrokerProbe?
    var probeTick: Int64 = .max
    var failBackWait: Int64 = .max
    var outbox: MQTTOutbox
    var handle: MosquittoHandle?
    var events: [MQTTEvent] = []
    /// The address of the attempt or connection, and the numbers of its name that are still to try.
    var address: BrokerAddress
    var candidates: [String] = []
    var versions: VersionMemory
    var subscriptions = SubscriptionList()
    var inFlightWindow: Int
    /// The library's failure in a call outside `ready` and `tick`, which is told of by the next of these.
    var failure: MosquittoHandle.Failure?
    var lastSent: Int64 = 0
    var lastReceived: Int64 = 0
    var closingDeadline: Int64?
    /// When the attempt to connect ends, whatever is tried within it.
    var attemptDeadline: Int64 = .max

    /// Prepares a connection; the first ``tick(now:)`` begins to connect.
    /// - Throws: ``MQTTError`` (`configurationInvalid`).
    public init(_ configuration: MQTTConfiguration) throws(MQTTError) {
        try configuration.check()
        self.configuration = configuration
        address = configuration.addresses[0]
        policy = ReconnectPolicy(addressCount: configuration.addresses.count, seed: configuration.seed)
        failBack = FailBack(seed: configuration.seed)
        outbox = MQTTOutbox(limit: configuration.backlogLimit, byteLimit: configuration.backlogByteLimit)
        versions = VersionMemory(allowed: configuration.versions)
        inFlightWindow = configuration.inFlightLimit
    }

    /// True if somebody is missing at this broker who may be at another of the list: an earlier one is gone back to
    /// sooner.
    public var isLonely: Bool {
        get { failBack.isLonely }
        set { failBack.isLonely = newValue }
    }

    deinit {
        if case .lingering(let socket, _) = phase { close(socket) }
    }

    /// The descriptor to poll for reading, or nil if there is only time to wait for. Ask anew after every call.
    public var descriptor: Int32? {
        switch phase {
        case .waiting, .closed: nil
        case .resolving(let resolver, _): resolver.descriptor
        case .joining, .online: handle?.descriptor
        case .lingering(let socket, _): socket
        }
    }

    /// True if the descriptor is to be polled for writing, too.
    public var wantsWrite: Bool {
        switch phase {
        case .joining(let isReaching, _): isReaching || handle?.wantsWrite == true
        case .online: handle?.wantsWrite == true
        case .waiting, .resolving, .lingering, .closed: false
        }
    }

    /// The monotonic instant in nanoseconds at which ``tick(now:)`` must be called next; in the past: at once.
    /// At rest it is a keep-alive away.
    public var nextTick: Int64 {
        if !events.isEmpty || failure != nil { return .min }
        switch phase {
        case .waiting(let instant), .resolving(_, let instant), .joining(_, let instant):
            return closingDeadline == nil ? instant : .min
        case .lingering(_, let deadline): return deadline
        case .online:
            guard let closingDeadline else { return min(keepaliveDue, failBackDue) }
            return isFlushed ? .min : min(keepaliveDue, closingDeadline)
        case .closed: return .max
        }
    }

    /// The session, while there is one.
    public var session: MQTTSession? {
        if case .online(let session) = phase { session } else { nil }
    }

    /// Messages published and not yet handed to the library or not yet acknowledged.
    public var backlogCount: Int { outbox.waitingCount + outbox.inFlightCount }

    /// True after ``disconnect(within:)`` has come to its end.
    public var isClosed: Bool {
        if case .closed = phase { true } else { false }
    }

    /// The descriptor became readable or writable (an error or a hang-up of the peer counts as readable).
    /// It reads a bounded amount at a time; what is left makes the descriptor readable again.
    public func ready(readable: Bool, writable: Bool, now: Int64) -> [MQTTEvent] {
        switch phase {
        case .resolving(let resolver, let deadline):
            if let outcome = resolver.outcome { resolved(outcome, deadline: deadline, now: now) }
        case .joining(let isReaching, let deadline):
            exchange(now: now) { handle throws(MosquittoHandle.Failure) in
                if isReaching {
                    if let trouble = Self.socketError(handle.descriptor) {
                        // Who resets a connection was there.
                        if trouble == ECONNRESET { self.phase = .joining(isReaching: false, deadline: deadline) }
                        throw MosquittoHandle.Failure(systemError: trouble)
                    }
                    guard writable else { return }
                    // Beginning TLS takes the socket's error away: no peer may mean that nobody listens, or that who did hung up.
                    if let socket = handle.descriptor, !Self.hasPeer(socket), let candidate = self.candidates.first,
                        Self.isRefused(candidate, port: self.address.port)
                    {
                        throw MosquittoHandle.Failure(systemError: ECONNREFUSED)
                    }
                    self.phase = .joining(
                        isReaching: false, deadline: self.answerDeadline(handle.version, now: now))
                }
                _ = try handle.read()  // A TLS handshake goes on by reading, whichever way it waited.
                // The library takes a reset in a TLS handshake for a reason to go on, for ever.
                if let socket = handle.descriptor, !Self.hasPeer(socket) {
                    throw MosquittoHandle.Failure(systemError: ECONNRESET)
                }
                if handle.descriptor != nil, handle.wantsWrite { try handle.write() }
            }
        case .online:
            exchange(now: now) { handle throws(MosquittoHandle.Failure) in
                if writable {
                    self.lastSent = now
                    try handle.write()
                }
                if readable { try self.readAll(handle, now: now) }
            }
        case .lingering(let socket, _):
            if Self.isReadOut(socket) { finish() }
        case .waiting, .closed: break
        }
        return tick(now: now)
    }

    /// Does what is due: connects, keeps alive, gives up, closes.
    public func tick(now: Int64) -> [MQTTEvent] {
        if let failure {
            self.failure = nil
            lose(failure, now: now)
        }
        switch phase {
        case .waiting(let until):
            if closingDeadline != nil {
                finish()
            } else if now >= until {
                act(on: policy.handle(until == .min ? .start : .due, at: now), now: now)
            }
        case .resolving(_, let deadline):
            if now >= deadline || closingDeadline != nil {
                refuse(unresolved("no answer from the name server"), now: now)
            }
        case .joining(let isReaching, let deadline):
            if closingDeadline != nil {
                handle = nil
                finish()
            } else if now >= deadline {
                timedOut(isReaching: isReaching, now: now)
            }
        case .online:
            if now >= keepaliveDue {
                exchange(now: now) { handle throws(MosquittoHandle.Failure) in
                    try handle.keepAlive()
                    self.lastSent = now
                    self.lastReceived = now
                }
            }
            if session != nil { lookBack(now: now) }
            if let closingDeadline, session != nil, isFlushed || now >= closingDeadline { farewell(now: now) }
        case .lingering(_, let deadline):
            if now >= deadline { finish() }
        case .closed: break
        }
        defer { events.removeAll() }
        return events
    }

    /// Publishes a message, at once if there is a connection. `keep`: it is state, published again after every
    /// reconnect until another on its topic takes its place, or an empty one makes it forgotten; it must be retained.
    ///
    /// While there is no connection, QoS 0 messages are dropped unless retained, of retained ones the latest per topic
    /// waits, and other QoS 1 messages wait up to ``MQTTConfiguration/backlogLimit``; ``MQTTEvent/dropped(_:topic:_:)``
    /// tells of each loss. A kept message is told as delivered after every reconnect.
    /// - Throws: ``MQTTError`` if the message is outside the ``PortableProfile``, or the connection is closed.
    @discardableResult
    public func publish(_ message: MQTTMessage, keep: Bool = false) throws(MQTTError) -> MQTTMessageID {
        try PortableProfile.check(message)
        if keep, !message.retain {
            throw MQTTError(
                .topicInvalid, "can't keep the message on \"\(message.topic)\": only retained ones are state")
        }
        if isClosed || closingDeadline != nil {
            throw MQTTError(.closed, "can't publish on \"\(message.topic)\": the connection is closed")
        }
        let (id, drops) = outbox.add(message, keep: keep)
        tell(of: drops)
        pump()
        return id
    }

    /// Ends the connection in good order: publishes what waits, awaits acknowledgements, says farewell (so that the
    /// will isn't published). ``MQTTEvent/closed`` follows within the given time; without a connection, at once.
    public func disconnect(within limit: Duration) {
        guard closingDeadline == nil, !isClosed else { return }
        closingDeadline = MonotonicClock.now + limit.nanoseconds
    }
}
