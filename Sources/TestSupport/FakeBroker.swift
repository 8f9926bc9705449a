import Glibc
import Platform
import Processes

/// A TCP server on loopback that does what a script says, for what no real broker does. Each connection is served on
/// a thread of its own.
public final class FakeBroker: Sendable {
    /// One client's connection.
    public struct Peer: Sendable {
        let socket: Int32
        /// Counts connections from 0.
        public let index: Int

        /// Blocks for the next MQTT packet: its first byte, and what follows the length. Nil at the end.
        public func packet() -> (kind: UInt8, body: [UInt8])? {
            guard let kind = bytes(1)?.first else { return nil }
            var length = 0
            var shift = 0
            while true {
                guard let byte = bytes(1)?.first, shift <= 21 else { return nil }
                length |= Int(byte & 0x7F) << shift
                shift += 7
                if byte & 0x80 == 0 { break }
            }
            return bytes(length).map { (kind, $0) }
        }

        /// Sends bytes.
        public func send(_ bytes: [UInt8]) {
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                if count <= 0 { return }
                rest = rest.dropFirst(count)
            }
        }

        private func bytes(_ count: Int) -> [UInt8]? {
            var result = [UInt8](repeating: 0, count: count)
            var filled = 0
            while filled < count {
                let got = result.withUnsafeMutableBytes {
                    read(socket, $0.baseAddress.map { $0 + filled }, count - filled)
                }
                if got <= 0 { return nil }
                filled += got
            }
            return result
        }
    }

    /// The port that it listens on.
    public let port: UInt16
    private let listener: Int32
    private let sockets = Monitor<(open: Set<Int32>, isEnding: Bool)>(([], false))

    /// Listens; `serve` runs for each connection, which is closed when it returns.
    public init(_ serve: @escaping @Sendable (Peer) -> Void) throws {
        (port, listener) = try FreePort.listen(backlog: 16)
        let (listener, sockets) = (listener, sockets)
        _ = DetachedThread.start {
            var index = 0
            while true {
                let socket = accept(listener, nil, nil)
                guard socket >= 0 else { break }
                let peer = Peer(socket: socket, index: index)
                index += 1
                let isWanted = sockets.change { state in
                    if !state.isEnding { state.open.insert(socket) }
                    return !state.isEnding
                }
                guard isWanted else {
                    close(socket)
                    break
                }
                _ = DetachedThread.start {
                    serve(peer)
                    sockets.change {
                        $0.open.remove(socket)
                        close(socket)
                    }
                }
            }
            close(listener)
        }
    }

    deinit {
        sockets.change {
            $0.isEnding = true
            for socket in $0.open { shutdown(socket, Int32(SHUT_RDWR)) }
        }
        shutdown(listener, Int32(SHUT_RDWR))
    }
}
