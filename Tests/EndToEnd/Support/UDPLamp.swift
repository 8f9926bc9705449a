import Glibc
import Processes

/// A lamp on the network that takes DDP, as far as its controller sees it: an address where somebody listens, or nobody.
final class UDPLamp: Sendable {
    /// DDP's port.
    private static let port: UInt16 = 4048

    /// An address of its own within the loopback network.
    let host: String
    private let socket: Monitor<Int32>

    init() throws {
        host = "127.\(Int.random(in: 1...250)).\(Int.random(in: 1...250)).\(Int.random(in: 1...250))"
        socket = Monitor(try UDPLamp.listen(host))
    }

    deinit { turnOff() }

    /// Nobody listens any more: the kernel tells senders so.
    func turnOff() {
        socket.change {
            if $0 >= 0 { close($0) }
            $0 = -1
        }
    }

    func turnOn() throws {
        let new = try UDPLamp.listen(host)
        socket.change { $0 = new }
    }

    private static func listen(_ host: String) throws -> Int32 {
        let descriptor = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | O_CLOEXEC, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            inet_pton(AF_INET, host, &pointer.pointee.sin_addr)
            return pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard descriptor >= 0, isBound == 0 else {
            throw ProcessFailure("no UDP port \(port) on \(host): \(String(cString: strerror(errno)))")
        }
        return descriptor
    }
}
