import Glibc
import Processes

/// A lamp on the network, as far as its controller sees it: an address where somebody listens, or nobody.
final class UDPLamp: Sendable {
    /// An address of its own within the loopback network.
    let host: String
    private let port: UInt16
    private let socket: Monitor<Int32>

    /// A lamp at this port; DDP's, by default.
    init(port: UInt16 = 4048) throws {
        self.port = port
        host = "127.\(Int.random(in: 1...250)).\(Int.random(in: 1...250)).\(Int.random(in: 1...250))"
        socket = Monitor(try UDPLamp.listen(host, port))
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
        let new = try UDPLamp.listen(host, port)
        socket.change { $0 = new }
    }

    /// The packets that have come since the last look.
    func packets() -> [[UInt8]] {
        socket.change { descriptor in
            var packets: [[UInt8]] = []
            var bytes = [UInt8](repeating: 0, count: 2048)
            while true {
                let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
                guard count >= 0 else { return packets }
                packets.append(Array(bytes.prefix(count)))
            }
        }
    }

    private static func listen(_ host: String, _ port: UInt16) throws -> Int32 {
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
