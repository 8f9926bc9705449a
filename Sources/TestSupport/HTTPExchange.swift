import Glibc
import Processes

/// A request to a server on loopback, written out by hand, and its answer.
package struct HTTPExchange: Sendable {
    /// The status; 0 where the server ended the connection without one.
    package var status = 0
    /// The head's lines.
    package var head: [String] = []
    /// The body.
    package var body: [UInt8] = []

    /// The body as text.
    package var text: String { String(decoding: body, as: UTF8.self) }

    /// A header's value.
    package func header(_ name: String) -> String? {
        head.first { $0.lowercased().hasPrefix("\(name.lowercased()): ") }.map { String($0.dropFirst(name.count + 2)) }
    }

    /// Sends bytes, piece by piece with a pause before each but the first, and reads until the server closes. Blocks.
    ///
    /// - Throws: ``ProcessFailure`` where it can't connect, or after `limit`.
    package init(port: UInt16, pieces: [[UInt8]], pause: Duration = .zero, limit: Duration = .seconds(20)) throws {
        let socket = try Loopback.newSocket()
        defer { close(socket) }
        guard Loopback.withAddress(port, { connect(socket, $0, $1) }) == 0 else {
            throw ProcessFailure("can't connect to port \(port): \(String(cString: strerror(errno)))")
        }
        let deadline = Deadline(limit)
        for (index, piece) in pieces.enumerated() {
            if index > 0 {
                usleep(
                    useconds_t(pause.components.seconds * 1_000_000 + pause.components.attoseconds / 1_000_000_000_000))
            }
            // A server that has seen enough doesn't read the rest.
            guard HTTPExchange.send(piece, on: socket, deadline) else { break }
        }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, deadline.millisecondsLeft) > 0 else {
                throw ProcessFailure("no whole answer within \(limit): \(String(decoding: received, as: UTF8.self))")
            }
            let count = recv(socket, &buffer, buffer.count, 0)
            if count <= 0 { break }
            received += buffer[..<count]
        }
        let end = Array("\r\n\r\n".utf8)
        guard let place = received.indices.first(where: { received[$0...].starts(with: end) }) else { return }
        head = String(decoding: received[..<place], as: UTF8.self).split(separator: "\r\n").map(String.init)
        status = head.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        body = Array(received[(place + 4)...])
    }

    private static func send(_ bytes: [UInt8], on socket: Int32, _ deadline: Deadline) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty, !deadline.hasPassed {
            let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count <= 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// A request's bytes.
    package static func request(
        _ method: String, _ target: String, _ headers: [String: String] = [:], body: [UInt8] = []
    ) -> [UInt8] {
        var all = ["Host": "127.0.0.1", "Connection": "close"]
        if !body.isEmpty || method == "POST" { all["Content-Length"] = "\(body.count)" }
        all.merge(headers) { $1 }
        let head = "\(method) \(target) HTTP/1.1\r\n" + all.map { "\($0.key): \($0.value)\r\n" }.sorted().joined()
        return Array((head + "\r\n").utf8) + body
    }
}
