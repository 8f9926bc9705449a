internal import Glibc
package import Processes

/// A running `footlight-backend serve`.
package final class BackendProcess: Sendable {
    /// Where it listens.
    package let port: UInt16
    /// The process.
    package let process: ChildProcess

    /// Starts one, and awaits that it listens.
    ///
    /// - Parameter program: another one than was built with the tests.
    package init(store: String, _ arguments: [String] = [], port: UInt16? = nil, program: String? = nil) throws {
        self.port = try port ?? FreePort.next()
        process = try ChildProcess(
            program ?? Programs.path("footlight-backend"),
            ["serve", "--listen", "127.0.0.1:\(self.port)", "--store", store] + arguments)
        try process.waitForOutput("listens at http://", within: .seconds(30))
    }

    /// Asks for something.
    package func ask(
        _ method: String, _ target: String, token: String? = nil, _ headers: [String: String] = [:], body: [UInt8] = []
    ) throws -> HTTPExchange {
        var headers = headers
        if let token { headers["Authorization"] = headers["Authorization"] ?? "Bearer \(token)" }
        return try HTTPExchange(port: port, pieces: [HTTPExchange.request(method, target, headers, body: body)])
    }

    /// Hands over records.
    package func post(_ lines: [[UInt8]], token: String, _ headers: [String: String] = [:]) throws -> HTTPExchange {
        try ask("POST", "/v1/records", token: token, headers, body: lines.reduce(into: []) { $0 += $1 + [0x0a] })
    }

    /// A new token from the command line.
    ///
    /// - Parameter program: another one than was built with the tests.
    package static func token(store: String, _ arguments: String..., program: String? = nil) throws -> String {
        let child = try ChildProcess(
            program ?? Programs.path("footlight-backend"), ["credential", "add", "--store", store] + arguments)
        guard try child.waitForEnd(within: .seconds(30)) == .exit(0) else { throw ProcessFailure(child.output) }
        return child.output.split(separator: "\n").last.map(String.init) ?? ""
    }
}
