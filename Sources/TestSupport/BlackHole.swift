import Glibc
import Processes

/// A loopback port that answers nothing, not even with a refusal: its queue of connections is full, and the kernel
/// throws further attempts away.
public final class BlackHole: Sendable {
    /// The port.
    public let port: UInt16
    private let sockets: [Int32]

    /// Opens the hole.
    public init() throws {
        let (port, listener) = try FreePort.listen(backlog: 0)
        self.port = port
        var all = [listener]
        for _ in 0..<4 {
            let filler = try Loopback.newSocket()
            _ = fcntl(filler, F_SETFL, O_NONBLOCK)
            _ = Loopback.withAddress(port) { connect(filler, $0, $1) }
            all.append(filler)
        }
        sockets = all
    }

    deinit {
        for socket in sockets { close(socket) }
    }
}
