import Glibc
import Processes

/// A lamp on the network, as far as its controller sees it: a UDP port that somebody listens on, or nobody.
final class UDPLamp: Sendable {
    let port: UInt16
    private let socket: Monitor<Int32>

    init() throws {
        port = try FreePort.next()
        socket = Monitor(try UDPLamp.listen(port))
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
        let new = try UDPLamp.listen(port)
        socket.change { $0 = new }
    }

    private static func listen(_ port: UInt16) throws -> Int32 {
        let descriptor = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | O_CLOEXEC, 0)
        guard descriptor >= 0, Loopback.withAddress(port, { bind(descriptor, $0, $1) }) == 0 else {
            throw ProcessFailure("no UDP port \(port): \(String(cString: strerror(errno)))")
        }
        return descriptor
    }
}
