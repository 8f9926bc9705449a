import Glibc

/// Finds loopback ports for test servers, below the range that the kernel takes for outgoing connections: else a
/// client's port could take a stopped broker's place, or a connect to a closed port could meet itself.
public enum FreePort {
    private static let given = Monitor<Set<UInt16>>([])

    /// A port that nothing listens on, given once only in this process. Another process may take it meanwhile.
    ///
    /// - Throws: ``ProcessFailure``.
    public static func next() throws -> UInt16 {
        let (port, socket) = try listen(backlog: 1)
        close(socket)
        return port
    }

    /// Listens on a free port, which nobody can take meanwhile.
    ///
    /// - Throws: ``ProcessFailure``.
    public static func listen(backlog: Int32) throws -> (port: UInt16, socket: Int32) {
        for _ in 0..<1000 {
            let port = UInt16.random(in: 20_000..<32_000)
            guard given.change({ $0.insert(port).inserted }) else { continue }
            if let socket = try? Loopback.listen(port: port, backlog: backlog) { return (port, socket) }
        }
        throw ProcessFailure("no free port between 20000 and 32000")
    }
}
