internal import CMosquitto
internal import Glibc
internal import Platform

extension MQTTConnection {
    func act(on action: ReconnectPolicy.Action, now: Int64) {
        switch action {
        case .none: break
        case .wait(let until): phase = .waiting(until: until)
        case .connect(let index):
            address = configuration.addresses[index]
            events.append(.connecting(address))
            let deadline = now + configuration.connectTimeout.nanoseconds
            if HostResolver.isNumeric(address.host) {
                candidates = [address.host]
                join(deadline: deadline, now: now)
            } else {
                phase = .resolving(HostResolver(host: address.host), deadline: deadline)
            }
        }
    }

    func resolved(_ outcome: HostResolver.Outcome, deadline: Int64, now: Int64) {
        switch outcome {
        case .failed(let reason):
            refuse(unresolved(reason), now: now)
        case .found(let numbers):
            candidates = numbers
            join(deadline: deadline, now: now)
        }
    }

    /// Begins to connect to the first candidate, leaving it in the list until it has failed.
    func join(deadline: Int64, now: Int64) {
        guard let candidate = candidates.first else { return }
        attemptDeadline = deadline
        connectionCount += 1
        let version = versions.version(for: address)
        do {
            let will = configuration.will?(connectionCount)
            if let will { try PortableProfile.check(will) }
            let handle = try MosquittoHandle(configuration, address: address, version: version, will: will)
            self.handle = handle
            phase = .joining(isReaching: true, deadline: deadline)
            try handle.connect(to: candidate, of: address, keepalive: configuration.keepalive)
        } catch let error as MQTTError {
            refuse(error, now: now)
        } catch let failure as MosquittoHandle.Failure {
            lose(failure, now: now)
        } catch {
            refuse(MQTTError(.unreachable, "can't connect to \(address): \(error)"), now: now)
        }
    }

    /// The library failed: the attempt or the connection is over.
    func lose(_ failure: MosquittoHandle.Failure, now: Int64) {
        let version = handle?.version ?? .v5
        let complaint = handle?.inbox.complaint.map(TLSComplaint.init)
        switch phase {
        case .joining(var isReaching, let deadline):
            // libmosquitto 2.0.21 may begin TLS at once, and takes whatever comes of it for an error of TLS.
            let isOfTLS = failure.code == MOSQ_ERR_TLS.rawValue
            var failure = failure
            if isReaching, isOfTLS, let candidate = candidates.first {
                isReaching = Self.isRefused(candidate, port: address.port)
                if isReaching { failure = MosquittoHandle.Failure(systemError: ECONNREFUSED) }
            }
            if isReaching, candidates.count > 1 {
                candidates.removeFirst()
                handle = nil
                join(deadline: deadline, now: now)
            } else if let complaint, !complaint.isHangUp {
                refuse(disagreement(complaint), now: now)
            } else if isReaching {
                refuse(unreached(failure), now: now)
            } else {
                // What ends the handshake doesn't know of MQTT's versions yet.
                if complaint == nil, !isOfTLS { versions.hungUp(version, at: address) }
                refuse(
                    MQTTError(
                        .refused,
                        "\(address) hung up before it answered (\(failure.reason)); check that it is an MQTT broker, "
                            + "and mqtt:// or mqtts:// as it wants"), now: now)
            }
        case .online:
            let why =
                failure.code == MOSQ_ERR_KEEPALIVE.rawValue
                ? "it did not answer for \(configuration.keepalive)"
                : subscriptionSuspicion
                    ?? "the broker ended, or the network, or another client has the id \"\(configuration.clientID)\""
            lose(MQTTError(.lost, "lost \(address) (\(failure.reason)): \(why); reconnecting"), now: now)
        case .waiting, .resolving, .lingering, .closed: break
        }
    }

    /// What a broker is asked to subscribe to when it ends the connection, may be why: some do that instead of saying no. It
    /// answers in order, so it is the first that it hasn't answered for. Nil: it has answered for all.
    var subscriptionSuspicion: String? {
        guard let first = subscriptions.firstUnanswered else { return nil }
        let filters = first.map { "\"\($0)\"" }.joined(separator: ", ")
        return
            "the broker ended it before it answered the subscription to \(filters); if it does so each time, it refuses one "
            + "of these: check its access list, and rename topics with a \".\" or a space, or use mosquitto"
    }

    /// The attempt came to nothing.
    func refuse(_ error: MQTTError, now: Int64) {
        handle = nil
        candidates = []
        events.append(.refused(error))
        if closingDeadline != nil { return finish() }
        act(on: policy.handle(.failed, at: now), now: now)
    }

    /// The connection ended.
    func lose(_ error: MQTTError, now: Int64) {
        endSession(error)
        act(on: failBack.handle(.lost, at: now), now: now)
        if closingDeadline != nil { return finish() }
        act(on: policy.handle(.lost, at: now), now: now)
    }

    /// Leaves the connection to whoever else has this client id, and connects again after a while. The will is published,
    /// as it is of any connection that ends without a farewell; ``MQTTEvent/disconnected(_:)`` tells `why`.
    public func giveWay(for time: Duration, because why: String) {
        guard session != nil, closingDeadline == nil else { return }
        let now = MonotonicClock.now
        lose(MQTTError(.lost, why), now: now)
        phase = .waiting(until: now + time.nanoseconds)
    }

    func endSession(_ error: MQTTError) {
        handle = nil
        probe = nil
        subscriptions.lost()
        events.append(.disconnected(error))
        tell(of: outbox.lost())
    }

    /// Whether a broker's no means that it doesn't speak this version.
    static func isVersionRefused(_ code: UInt8) -> Bool { code == 0x84 || code == 0x01 }

    /// The broker said no.
    func refused(code: UInt8, now: Int64) {
        guard case .joining = phase, let handle else { return }
        if Self.isVersionRefused(code), versions.refuse(handle.version, at: address) {
            self.handle = nil
            return join(deadline: attemptDeadline, now: now)
        }
        let reason = Self.reason(code, handle.version)
        refuse(
            MQTTError(.refused, "\(address) refuses us: \(reason.text); \(reason.remedy)"), now: now)
    }

    /// How long the broker may take to answer in this version: where there is another to try, half of what is left.
    func answerDeadline(_ version: MQTTVersion, now: Int64) -> Int64 {
        let left = attemptDeadline - now
        return versions.hasAnother(than: version, at: address) ? now + left / 2 : attemptDeadline
    }

    /// The attempt, or the part of it that is for one version, has taken too long.
    func timedOut(isReaching: Bool, now: Int64) {
        if !isReaching, let version = handle?.version, versions.wasSilent(version, at: address), now < attemptDeadline {
            handle = nil
            return join(deadline: attemptDeadline, now: now)
        }
        refuse(silent(isReaching: isReaching), now: now)
    }

    /// Whether a socket is connected.
    static func hasPeer(_ socket: Int32) -> Bool {
        var address = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(socket, $0, &size) }
        } == 0
    }

    /// Whether nobody listens at a number of a host's, as far as the system knows that at once.
    static func isRefused(_ number: String, port: UInt16) -> Bool {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(number, "\(port)", &hints, &found) == 0, let found else { return false }
        defer { freeaddrinfo(found) }
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(found.pointee.ai_family, kind, 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        if Glibc.connect(descriptor, found.pointee.ai_addr, found.pointee.ai_addrlen) == 0 { return false }
        return errno == ECONNREFUSED || socketError(descriptor) == ECONNREFUSED
    }

    /// The pending error of a socket that was connecting.
    static func socketError(_ descriptor: Int32?) -> Int32? {
        guard let descriptor else { return ENOTCONN }
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return errno }
        return code == 0 ? nil : code
    }
}

extension MosquittoHandle.Failure {
    /// A failure of the system's, not of the library's.
    init(systemError: Int32) {
        self.init(code: Int32(MOSQ_ERR_ERRNO.rawValue), systemError: systemError)
    }
}
