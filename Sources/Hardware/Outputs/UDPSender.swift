private import Glibc

/// Sends packets by UDP, without ever waiting.
public final class UDPSender: PacketSink {
    /// Neither waits nor raises SIGPIPE.
    private let sendFlags = Int32(MSG_NOSIGNAL | MSG_DONTWAIT)

    private let hosts: [String]
    private let port: UInt16
    private var descriptor: Int32 = -1
    private var addresses: [(storage: sockaddr_storage, length: socklen_t)] = []

    /// A sender to `hosts`, numeric addresses of one family: the `index`th packet goes to the `index`th, those left over to
    /// the last.
    public init(hosts: [String], port: UInt16) {
        self.hosts = hosts
        self.port = port
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Looks whether the network has a way to all hosts, and sends nothing.
    public func findWay() throws(HardwareError) { if descriptor < 0 { try open() } }

    /// Sends a packet.
    public func send(_ packet: [UInt8], index: Int) throws(HardwareError) {
        if descriptor < 0 { try open() }
        var address = addresses[min(index, addresses.count - 1)]
        // Where there is but one address, the socket is connected: only then is it told that nobody listens there.
        let sent =
            addresses.count == 1
            ? Glibc.send(descriptor, packet, packet.count, sendFlags)
            : withUnsafePointer(to: &address.storage) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    sendto(descriptor, packet, packet.count, sendFlags, $0, address.length)
                }
            }
        guard sent < 0 else { return }
        // A full queue loses a frame; the next is on its way.
        let error = errno
        guard error != EAGAIN, error != ENOBUFS else { return }
        // The kernel tells of the packet before, and has sent none: with this one it stays true, or ceases to be.
        if error == ECONNREFUSED { _ = Glibc.send(descriptor, packet, packet.count, sendFlags) }
        throw failure(error)
    }

    private func open() throws(HardwareError) {
        addresses = try hosts.map { host throws(HardwareError) in try resolve(host) }
        descriptor = socket(
            Int32(addresses[0].storage.ss_family),
            Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure(errno) }
        guard addresses.count == 1 else { return }
        var address = addresses[0]
        let connected = withUnsafePointer(to: &address.storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, address.length) }
        }
        guard connected == 0 else { throw failure(errno) }
    }

    private func resolve(_ host: String) throws(HardwareError) -> (storage: sockaddr_storage, length: socklen_t) {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "\(port)", &hints, &list) == 0, let info = list?.pointee, let address = info.ai_addr
        else {
            throw HardwareError(.unsuitable, "\(host) is no address; write it as numbers: 192.168.1.50")
        }
        defer { freeaddrinfo(list) }
        var storage = sockaddr_storage()
        withUnsafeMutableBytes(of: &storage) {
            $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(info.ai_addrlen)))
        }
        return (storage, info.ai_addrlen)
    }

    private func failure(_ error: Int32) -> HardwareError {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
        let place = "\(hosts[0]) port \(port)"
        let reason = String(cString: strerror(error))
        switch error {
        case ECONNREFUSED:
            return HardwareError(
                .unavailable,
                "nobody listens at \(place); is the controller on, and this protocol allowed in its settings?")
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EADDRNOTAVAIL:
            return HardwareError(
                .unavailable, "\(place) can't be reached (\(reason)); check its address and the network")
        case EACCES, EPERM:
            return HardwareError(
                .unavailable,
                "\(place) may not be sent to (\(reason)); is it a broadcast address, or does a firewall forbid it "
                    + "(nft list ruleset)?")
        default:
            return HardwareError(
                .writeFailed,
                "\(place) can't be sent to (\(reason)); look at the way there: ip route get \(hosts[0]), ip -s link")
        }
    }
}
