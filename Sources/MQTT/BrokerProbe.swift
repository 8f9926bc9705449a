internal import CMosquitto
internal import Glibc

/// A question to a broker whether it takes connections: a connection of another name, without a will, that ends with
/// the broker's answer. It is looked at every ``interval`` while it lasts, and none of its calls blocks.
final class BrokerProbe {
    enum Outcome {
        case accepted
        case refused(code: UInt8)
        case hungUp
        /// It took the connection and said nothing.
        case mute
        case unreachable
    }

    /// How often to look: every 20 ms.
    static let interval: Int64 = 20_000_000
    /// How long a question may take: 2 s.
    static let patience: Int64 = 2_000_000_000

    let address: BrokerAddress
    let version: MQTTVersion
    private let configuration: MQTTConfiguration
    private let deadline: Int64
    private var resolver: HostResolver?
    private var candidates: [String] = []
    private var handle: MosquittoHandle?
    private var isReaching = true

    init(_ configuration: MQTTConfiguration, address: BrokerAddress, version: MQTTVersion, now: Int64) {
        self.address = address
        self.version = version
        var configuration = configuration
        // The same name would end the other's connection there.
        let ending = "-probe"
        let limit = PortableProfile.clientIDByteLimit - ending.utf8.count
        configuration.clientID = String(decoding: configuration.clientID.utf8.prefix(limit), as: UTF8.self) + ending
        configuration.sessionExpirySeconds = 0
        self.configuration = configuration
        deadline = now + Self.patience
        if HostResolver.isNumeric(address.host) {
            candidates = [address.host]
        } else {
            resolver = HostResolver(host: address.host)
        }
    }

    /// Goes on as far as it can. The outcome, once there is one.
    func outcome(now: Int64) -> Outcome? {
        if let resolver {
            guard let answer = resolver.outcome else { return now >= deadline ? .unreachable : nil }
            guard case .found(let numbers) = answer else { return .unreachable }
            candidates = numbers
            self.resolver = nil
        }
        while true {
            if handle == nil, !reachNext() { return .unreachable }
            do throws(MosquittoHandle.Failure) {
                if let outcome = try goOn() { return outcome }
                guard now >= deadline else { return nil }
                return isReaching ? .unreachable : .mute
            } catch {
                handle = nil
                guard isReaching else { return .hungUp }
            }
        }
    }

    /// Begins to connect to the next number; false if there is none left.
    private func reachNext() -> Bool {
        while !candidates.isEmpty {
            let candidate = candidates.removeFirst()
            isReaching = true
            guard let handle = try? MosquittoHandle(configuration, address: address, version: version, will: nil) else {
                return false
            }
            self.handle = handle
            if (try? handle.connect(to: candidate, of: address, keepalive: configuration.keepalive)) != nil {
                return true
            }
        }
        handle = nil
        return false
    }

    private func goOn() throws(MosquittoHandle.Failure) -> Outcome? {
        guard let handle, let socket = handle.descriptor else {
            throw MosquittoHandle.Failure(systemError: ECONNRESET)
        }
        var entry = pollfd(
            fd: socket, events: Int16(POLLIN | (isReaching || handle.wantsWrite ? POLLOUT : 0)), revents: 0)
        guard poll(&entry, 1, 0) > 0 else { return nil }
        if isReaching {
            if let trouble = MQTTConnection.socketError(socket) {
                throw MosquittoHandle.Failure(systemError: trouble)
            }
            guard entry.revents & Int16(POLLOUT) != 0 else { return nil }
            isReaching = false
        }
        _ = try handle.read()
        let items = handle.inbox.take()
        for item in items {
            switch item {
            case .accepted:
                try? handle.disconnect()
                return .accepted
            case .refused(let code): return .refused(code: code)
            default: break
            }
        }
        guard let socket = handle.descriptor, MQTTConnection.hasPeer(socket) else {
            throw MosquittoHandle.Failure(systemError: ECONNRESET)
        }
        if handle.wantsWrite { try handle.write() }
        return nil
    }
}
